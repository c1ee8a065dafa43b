package advx.nn.io;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures as PNG files. */
public final class Png {
  private Png() {}

  /**
   * Writes a grey picture, atomically.
   *
   * @param pixels row by row, 0 black to 1 white; what lies outside is clamped, NaN is black
   */
  public static void grey(Path file, int width, int height, float[] pixels) {
    write(file, image(width, height, 1, pixels));
  }

  /**
   * Writes a picture in colour, atomically.
   *
   * @param pixels row by row, red, green and blue of each pixel one after the other, 0 to 1
   */
  public static void rgb(Path file, int width, int height, float[] pixels) {
    write(file, image(width, height, 3, pixels));
  }

  private static BufferedImage image(int width, int height, int channels, float[] pixels) {
    if (pixels.length != width * height * channels) {
      throw new IllegalArgumentException(
          "Png: got %d numbers, expected %d×%d×%d"
              .formatted(pixels.length, height, width, channels));
    }
    int type = channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    var image = new BufferedImage(width, height, type);
    for (int i = 0; i < pixels.length; i++) {
      int pixel = i / channels;
      int level = Math.round(Math.clamp(pixels[i], 0, 1) * 255);
      image.getRaster().setSample(pixel % width, pixel / width, i % channels, level);
    }
    return image;
  }

  private static void write(Path file, BufferedImage image) {
    AtomicFile.write(
        file,
        out -> {
          try (var stream = new MemoryCacheImageOutputStream(out)) {
            if (!ImageIO.write(image, "png", stream)) {
              throw new IOException("this Java has no PNG writer");
            }
          }
        });
  }
}
