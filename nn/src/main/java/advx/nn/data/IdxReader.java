package advx.nn.data;

import advx.engine.InputException;
import advx.engine.Tensor;
import advx.nn.io.FileErrors;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads IDX files of bytes, compressed with gzip or not (told by their first bytes, not by their
 * names).
 *
 * <pre>
 * 00 00 08 n      two zeros, the type (08: unsigned byte), the number of axes
 * n sizes         4 bytes each, the largest first
 * data            row-major
 * </pre>
 *
 * Source: LeCun, Cortes, Burges: The MNIST database of handwritten digits, "File formats".
 */
public final class IdxReader {
  private static final int UNSIGNED_BYTE = 8;
  private static final int GZIP = 0x1f8b;

  /** Deflate makes at most 1032 bytes out of one. */
  private static final long HIGHEST_RATIO = 1032;

  private IdxReader() {}

  /** The sizes of the axes and the bytes. */
  static final class Idx {
    final int[] sizes;
    final byte[] bytes;

    Idx(int[] sizes, byte[] bytes) {
      this.sizes = sizes;
      this.bytes = bytes;
    }
  }

  /**
   * A data set of grey images, byte b becoming b/255 in [0, 1].
   *
   * @param comparable whether figures measured on it may be held against the papers'
   * @throws InputException with a sentence if a file cannot be read, is damaged, or does not fit
   *     the other
   */
  public static Dataset images(
      String name, int classes, boolean comparable, Path imageFile, Path labelFile) {
    Idx images = read(imageFile, 3, "images");
    Idx labels = read(labelFile, 1, "labels");
    int n = images.sizes[0];
    if (labels.sizes[0] != n) {
      throw new InputException(
          "%s holds %d labels, but %s holds %d images; take both files from the same place."
              .formatted(labelFile, labels.sizes[0], imageFile, n));
    }
    int[] label = new int[n];
    for (int i = 0; i < n; i++) {
      label[i] = labels.bytes[i] & 0xFF;
      if (label[i] >= classes) {
        throw new InputException(
            "%s: label %d is %d, but labels go from 0 to %d; fetch the file again."
                .formatted(labelFile, i, label[i], classes - 1));
      }
    }
    int height = images.sizes[1];
    int width = images.sizes[2];
    var info = new Dataset.Info(name, classes, height, width, 1, 0, 1, comparable);
    Tensor pixels = Tensor.of(unit(images.bytes), n, height * width);
    return new Dataset(info, pixels, label);
  }

  /** b/255 for each byte. */
  static float[] unit(byte[] bytes) {
    float[] level = new float[256];
    for (int b = 0; b < 256; b++) {
      level[b] = b / 255f;
    }
    float[] unit = new float[bytes.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = level[bytes[i] & 0xFF];
    }
    return unit;
  }

  /**
   * Reads one file.
   *
   * @param axes how many it must have
   * @param what "images" or "labels", for the sentences
   */
  static Idx read(Path file, int axes, String what) {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      long length = Files.size(file);
      raw.mark(2);
      boolean compressed = ((raw.read() << 8) | raw.read()) == GZIP;
      raw.reset();
      InputStream in = compressed ? new GZIPInputStream(raw, 1 << 16) : raw;
      return read(file, new DataInputStream(in), axes, what, compressed, length);
    } catch (EOFException e) {
      throw damaged(file, "is cut short");
    } catch (ZipException e) {
      throw damaged(file, "is damaged: its compressed data do not unpack");
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }

  private static Idx read(
      Path file, DataInputStream in, int axes, String what, boolean compressed, long length)
      throws IOException {
    int magic = in.readInt();
    if (magic >>> 8 != UNSIGNED_BYTE) {
      throw damaged(
          file,
          "is no IDX file of bytes: it begins with %08x, not with 0000080%d"
              .formatted(magic, axes));
    }
    if ((magic & 0xFF) != axes) {
      throw new InputException(
          "%s has %d axes, but %s have %d; check that the files are not mixed up."
              .formatted(file, magic & 0xFF, what, axes));
    }
    int[] sizes = new int[axes];
    long total = 1;
    for (int i = 0; i < axes; i++) {
      sizes[i] = in.readInt();
      if (sizes[i] <= 0 || total * sizes[i] > Integer.MAX_VALUE - 8) {
        throw damaged(file, "claims impossible sizes " + Arrays.toString(sizes));
      }
      total *= sizes[i];
    }
    long most = compressed ? length * HIGHEST_RATIO : length - 4 - 4L * axes;
    if (total > most) {
      throw damaged(
          file,
          "is cut short: it claims %d bytes of %s, and cannot hold more than %d"
              .formatted(total, what, most));
    }
    byte[] bytes = new byte[(int) total];
    int got = in.readNBytes(bytes, 0, bytes.length);
    if (got < bytes.length) {
      throw damaged(
          file, "is cut short: it ends after %d of %d bytes of %s".formatted(got, total, what));
    }
    if (in.read() >= 0) {
      throw damaged(
          file, "is damaged: bytes follow after its %d bytes of %s".formatted(total, what));
    }
    return new Idx(sizes, bytes);
  }

  private static InputException damaged(Path file, String what) {
    return new InputException("%s %s; delete the file and fetch it again.".formatted(file, what));
  }
}
