package advx.nn.data;

import advx.engine.InputException;
import advx.nn.io.FileErrors;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads the binary version of CIFAR-10: files of records without a header.
 *
 * <pre>
 * 1 byte        label, 0 … 9
 * 3·1024 bytes  the red, the green and the blue plane, each row-major
 * </pre>
 *
 * Source: Krizhevsky: The CIFAR-10 dataset, "Binary version".
 */
final class CifarReader {
  static final int SIDE = 32;
  static final int FEATURES = 3 * SIDE * SIDE;
  private static final int RECORD = 1 + FEATURES;
  private static final int LABELS = 10;

  /** Six times the length of a published file: more is none of its members. */
  private static final long LARGEST = 6L * 10_000 * RECORD;

  private CifarReader() {}

  /** The bytes of the named files, from a folder or a tar archive compressed with gzip. */
  static Map<String, byte[]> files(Path place, List<String> names) {
    Map<String, byte[]> files = Files.isDirectory(place) ? folder(place, names) : archive(place);
    for (String name : names) {
      if (!files.containsKey(name)) {
        throw damaged(place, "holds no " + name);
      }
    }
    return files;
  }

  private static Map<String, byte[]> folder(Path folder, List<String> names) {
    Map<String, byte[]> files = new TreeMap<>();
    for (String name : names) {
      Path file = folder.resolve(name);
      try {
        files.put(name, Files.readAllBytes(file));
      } catch (IOException e) {
        throw FileErrors.cannotRead(file, e);
      }
    }
    return files;
  }

  private static Map<String, byte[]> archive(Path file) {
    Map<String, byte[]> files = new TreeMap<>();
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        InputStream in = new GZIPInputStream(raw, 1 << 16)) {
      Tar tar = new Tar(in);
      while (tar.next()) {
        String name = tar.name().substring(tar.name().lastIndexOf('/') + 1);
        if (name.endsWith(".bin")) {
          if (tar.size() > LARGEST) {
            throw damaged(file, "claims %d bytes for %s".formatted(tar.size(), name));
          }
          files.put(name, tar.read());
        }
      }
      in.transferTo(java.io.OutputStream.nullOutputStream()); // to meet the checksum at the end
    } catch (EOFException e) {
      throw damaged(file, "is cut short");
    } catch (ZipException e) {
      throw damaged(file, "is damaged: its compressed data do not unpack");
    } catch (Tar.Damaged e) {
      throw damaged(file, e.getMessage());
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
    return files;
  }

  /** How many images a file holds. */
  static int records(Path place, String name, Map<String, byte[]> files) {
    int length = files.get(name).length;
    if (length == 0 || length % RECORD != 0) {
      throw damaged(
          place.resolve(name),
          "is cut short or damaged: it has %d bytes, but images of %d bytes each make it up"
              .formatted(length, RECORD));
    }
    return length / RECORD;
  }

  /**
   * Reads one file's images into the rows from {@code at} on.
   *
   * @param high what the byte 255 becomes
   * @return the row after the last
   */
  static int read(
      Path place, String name, byte[] bytes, float high, float[] x, int[] labels, int at) {
    float[] level = new float[256];
    for (int b = 0; b < 256; b++) {
      level[b] = high == 255 ? b : b / 255f * high;
    }
    int row = at;
    for (int from = 0; from < bytes.length; from += RECORD) {
      int label = bytes[from] & 0xFF;
      if (label >= LABELS) {
        throw damaged(
            place.resolve(name),
            "is damaged: image %d has label %d, but labels go from 0 to %d"
                .formatted(from / RECORD, label, LABELS - 1));
      }
      labels[row] = label;
      for (int i = 0; i < FEATURES; i++) {
        x[row * FEATURES + i] = level[bytes[from + 1 + i] & 0xFF];
      }
      row++;
    }
    return row;
  }

  private static InputException damaged(Path file, String what) {
    return new InputException("%s %s; delete it and fetch it again.".formatted(file, what));
  }
}
