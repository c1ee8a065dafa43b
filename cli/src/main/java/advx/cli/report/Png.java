package advx.cli.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Portable Network Graphics, the small part that is needed here: 8 bits a sample, grey or RGB, no
 * row filters, no interlacing. A page holds hundreds of pictures, made in memory; {@code
 * javax.imageio} would load the windowing toolkit for them.
 *
 * @param samples height·width·channels, row by row
 */
record Png(int width, int height, int channels, byte[] samples) {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int GREY = 0;
  private static final int RGB = 2;
  private static final long LARGEST = 1L << 28;

  /** The file. */
  byte[] encode() {
    var out = new ByteArrayOutputStream();
    out.writeBytes(SIGNATURE);
    byte type = (byte) (channels == 1 ? GREY : RGB);
    chunk(out, "IHDR", header(type).array());
    chunk(out, "IDAT", deflated());
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private ByteBuffer header(byte type) {
    byte[] depthTypeCompressionFilterInterlace = {8, type, 0, 0, 0};
    return ByteBuffer.allocate(13)
        .putInt(width)
        .putInt(height)
        .put(depthTypeCompressionFilterInterlace);
  }

  private byte[] deflated() {
    int row = width * channels;
    byte[] raw = new byte[height * (1 + row)];
    for (int y = 0; y < height; y++) {
      System.arraycopy(samples, y * row, raw, y * (1 + row) + 1, row);
    }
    var out = new ByteArrayOutputStream();
    try (var deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
      deflater.setInput(raw);
      deflater.finish();
      byte[] part = new byte[1 << 13];
      while (!deflater.finished()) {
        out.write(part, 0, deflater.deflate(part));
      }
    }
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String name, byte[] data) {
    byte[] type = name.getBytes(StandardCharsets.US_ASCII);
    var crc = new CRC32();
    crc.update(type);
    crc.update(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(type);
    out.writeBytes(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IOException if it is anything else; the message completes "it is ..."
   */
  static Png decode(byte[] file) throws IOException {
    if (file.length < 8 || !Arrays.equals(file, 0, 8, SIGNATURE, 0, 8)) {
      throw new IOException("no PNG picture");
    }
    ByteBuffer in = ByteBuffer.wrap(file).position(8);
    ByteBuffer header = null;
    var data = new ByteArrayOutputStream();
    while (in.remaining() >= 12) {
      int length = in.getInt();
      byte[] type = new byte[4];
      in.get(type);
      if (length < 0 || length > in.remaining() - 4) {
        throw new IOException("cut short");
      }
      ByteBuffer content = in.slice(in.position(), length);
      in.position(in.position() + length + 4);
      switch (new String(type, StandardCharsets.US_ASCII)) {
        case "IHDR" -> header = content;
        case "IDAT" -> data.write(file, content.arrayOffset(), length);
        default -> {
          // Nothing else changes the pixels.
        }
      }
    }
    if (header == null || header.remaining() != 13) {
      throw new IOException("without a header");
    }
    return inflated(header, data.toByteArray());
  }

  private static Png inflated(ByteBuffer header, byte[] data) throws IOException {
    int width = header.getInt();
    int height = header.getInt();
    int depth = header.get();
    int type = header.get();
    int channels = type == GREY ? 1 : 3;
    boolean known = depth == 8 && (type == GREY || type == RGB) && header.get(12) == 0;
    if (!known || width < 1 || height < 1 || (long) width * height * channels > LARGEST) {
      throw new IOException("a PNG picture of a kind that this program does not write");
    }
    int row = width * channels;
    byte[] raw = new byte[height * (1 + row)];
    try (var inflater = new Inflater()) {
      inflater.setInput(data);
      int at = 0;
      int n = 1;
      while (at < raw.length && n > 0) {
        n = inflater.inflate(raw, at, raw.length - at);
        at += n;
      }
      if (at < raw.length) {
        throw new IOException("cut short");
      }
    } catch (DataFormatException e) {
      throw new IOException("damaged", e);
    }
    byte[] samples = new byte[height * row];
    for (int y = 0; y < height; y++) {
      if (raw[y * (1 + row)] != 0) {
        throw new IOException("a PNG picture of a kind that this program does not write");
      }
      System.arraycopy(raw, y * (1 + row) + 1, samples, y * row, row);
    }
    return new Png(width, height, channels, samples);
  }
}
