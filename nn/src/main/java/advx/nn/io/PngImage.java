package advx.nn.io;

import advx.engine.InputException;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A picture read from a PNG file of any kind: 1 to 16 bits, grey, colour or palette.
 *
 * <p>Samples are taken as they stand in the file, without any correction for a display: a byte b is
 * b/255, so that a file written by {@link Png} gives the same bytes again.
 *
 * @param channels 1, or 3 if any pixel has a colour
 * @param planes channel by channel, each row by row, 0 black to 1 white
 */
public record PngImage(int width, int height, int channels, float[] planes) {
  private static final long SIGNATURE = 0x89504E470D0A1A0AL;

  /** Where a file says how wide it is; the height follows. */
  private static final int WIDTH_AT = 16;

  /** Nothing that a model looks at is larger, and a small file can claim to be huge. */
  private static final long MOST_PIXELS = 1L << 24;

  private static final int OPAQUE = 255;

  /** A chunk without its content: length, name, checksum. */
  private static final int CHUNK = 12;

  /** The name IEND. */
  private static final int END = 0x49454E44;

  /** Reads a file; fails with a sentence if it is no PNG picture, damaged or transparent. */
  public static PngImage read(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
    ByteBuffer header = ByteBuffer.wrap(bytes);
    if (bytes.length < WIDTH_AT + 8 || header.getLong(0) != SIGNATURE) {
      throw new InputException(
          "Cannot read %s: it is no PNG picture; save the picture as PNG.".formatted(file));
    }
    long width = header.getInt(WIDTH_AT);
    long height = header.getInt(WIDTH_AT + 4);
    if (width < 1 || height < 1 || width > MOST_PIXELS || width * height > MOST_PIXELS) {
      throw new InputException(
          "Cannot read %s: its size, %d×%d pixels, is none that a picture for a model has; scale it down."
              .formatted(file, width, height));
    }
    if (!whole(bytes)) {
      throw damaged(file, null);
    }
    return of(decode(file, bytes), file);
  }

  /**
   * Whether every chunk is there, with its checksum, up to the end: the decoder of the platform
   * leaves what is missing black, and says nothing.
   */
  private static boolean whole(byte[] bytes) {
    ByteBuffer file = ByteBuffer.wrap(bytes);
    int at = Long.BYTES;
    while (at + CHUNK <= file.limit()) {
      int length = file.getInt(at);
      if (length < 0 || length > file.limit() - at - CHUNK) {
        return false;
      }
      var crc = new CRC32();
      crc.update(bytes, at + Integer.BYTES, length + Integer.BYTES);
      if ((int) crc.getValue() != file.getInt(at + 2 * Integer.BYTES + length)) {
        return false;
      }
      if (file.getInt(at + Integer.BYTES) == END) {
        return true;
      }
      at += CHUNK + length;
    }
    return false;
  }

  private static BufferedImage decode(Path file, byte[] bytes) {
    try {
      // It closes the stream, and keeps it in memory: another kind would write a file.
      var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes));
      BufferedImage image = ImageIO.read(in);
      if (image != null) {
        return image;
      }
    } catch (IOException | RuntimeException e) {
      // The decoder of the platform fails in many ways over damaged files.
      throw damaged(file, e);
    }
    throw damaged(file, null);
  }

  private static InputException damaged(Path file, Exception cause) {
    return new InputException(
        "Cannot read %s: the picture is damaged; save it again as PNG.".formatted(file), cause);
  }

  private static PngImage of(BufferedImage image, Path file) {
    int width = image.getWidth();
    int height = image.getHeight();
    int plane = width * height;
    float[] rgb = new float[3 * plane];
    for (int i = 0; i < plane; i++) {
      if (alpha(image, i % width, i / width) < 1) {
        throw new InputException(
            "%s has transparent pixels: give it a background first.".formatted(file));
      }
      for (int c = 0; c < 3; c++) {
        rgb[c * plane + i] = sample(image, i % width, i / width, c);
      }
    }
    boolean grey = true;
    for (int i = 0; i < plane && grey; i++) {
      grey = rgb[i] == rgb[plane + i] && rgb[i] == rgb[2 * plane + i];
    }
    return new PngImage(width, height, grey ? 1 : 3, grey ? Arrays.copyOf(rgb, plane) : rgb);
  }

  /** A palette holds its colours; else the bands are grey, or red, green, blue, and then alpha. */
  private static float sample(BufferedImage image, int x, int y, int channel) {
    if (image.getColorModel() instanceof IndexColorModel) {
      return (image.getRGB(x, y) >> (8 * (2 - channel)) & 0xff) / 255f;
    }
    int band = image.getRaster().getNumBands() < 3 ? 0 : channel;
    return band(image, x, y, band);
  }

  private static float alpha(BufferedImage image, int x, int y) {
    if (!image.getColorModel().hasAlpha()) {
      return 1;
    }
    return image.getColorModel() instanceof IndexColorModel
        ? (image.getRGB(x, y) >>> 24) / (float) OPAQUE
        : band(image, x, y, image.getRaster().getNumBands() - 1);
  }

  private static float band(BufferedImage image, int x, int y, int band) {
    int bits = image.getSampleModel().getSampleSize(band);
    return image.getRaster().getSample(x, y, band) / (float) ((1 << bits) - 1);
  }
}
