package advx.nn.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads the regular files of a tar archive one after the other, as a stream.
 *
 * <pre>
 * header   512 bytes: name at 0 (100), size at 124 (12, octal), checksum at 148 (8, octal),
 *          type at 156, "ustar" at 257, prefix of the name at 345 (155)
 * data     size bytes, and zeros up to a multiple of 512
 * </pre>
 *
 * Folders, links and extended headers are passed over. Source: POSIX.1-2024, pax, "ustar
 * Interchange Format".
 */
final class Tar {
  private static final int BLOCK = 512;

  private final InputStream in;
  private final byte[] header = new byte[BLOCK];
  private long left;
  private int padding;
  private String name = "";
  private long size;

  Tar(InputStream in) {
    this.in = in;
  }

  /** What is wrong with an archive, as the end of a sentence. */
  static final class Damaged extends IOException {
    private static final long serialVersionUID = 1;

    Damaged(String what) {
      super(what);
    }
  }

  /** Goes to the next regular file; false after the last. */
  boolean next() throws IOException {
    while (true) {
      in.skipNBytes(left + padding);
      left = 0;
      padding = 0;
      int got = in.readNBytes(header, 0, BLOCK);
      if (got == 0 || (got == BLOCK && empty())) {
        return false;
      }
      if (got < BLOCK) {
        throw new EOFException();
      }
      if (octal(148, 8) != checksum()) {
        throw new Damaged("is damaged: a header of the archive has a wrong checksum");
      }
      size = octal(124, 12);
      left = size;
      padding = (int) (-size & (BLOCK - 1));
      if (header[156] == '0' || header[156] == 0) {
        String prefix = text(257, 5).equals("ustar") ? text(345, 155) : "";
        name = prefix.isEmpty() ? text(0, 100) : prefix + "/" + text(0, 100);
        return true;
      }
    }
  }

  /** The present file's name, its folders before it. */
  String name() {
    return name;
  }

  long size() {
    return size;
  }

  /** The present file's bytes. */
  byte[] read() throws IOException {
    byte[] bytes = new byte[Math.toIntExact(left)];
    if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
      throw new EOFException();
    }
    left = 0;
    return bytes;
  }

  private boolean empty() {
    for (byte b : header) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private String text(int at, int length) {
    int end = at;
    while (end < at + length && header[end] != 0) {
      end++;
    }
    return new String(header, at, end - at, StandardCharsets.UTF_8);
  }

  private long octal(int at, int length) throws Damaged {
    long value = 0;
    for (char c : text(at, length).trim().toCharArray()) {
      if (c < '0' || c > '7') {
        throw new Damaged("is damaged: a header of the archive holds no octal number");
      }
      value = 8 * value + (c - '0');
    }
    return value;
  }

  /** The sum of the header's bytes, its own eight taken as spaces. */
  private long checksum() {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xFF;
    }
    return sum;
  }
}
