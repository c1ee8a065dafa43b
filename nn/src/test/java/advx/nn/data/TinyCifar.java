package advx.nn.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Files in the form of CIFAR-10's binary version with few images in them. */
final class TinyCifar {
  /** Four images for training in each of five files, three for testing. */
  static Map<String, byte[]> files() {
    Map<String, byte[]> files = new TreeMap<>();
    for (int part = 1; part <= 5; part++) {
      files.put("data_batch_" + part + ".bin", records(4, part));
    }
    files.put("test_batch.bin", records(3, 6));
    return files;
  }

  /** Image i of a part has label (part + i) mod 10 and the bytes part·7 + i·5 + place. */
  private static byte[] records(int n, int part) {
    byte[] bytes = new byte[n * 3073];
    for (int i = 0; i < n; i++) {
      bytes[i * 3073] = (byte) ((part + i) % 10);
      for (int j = 0; j < 3072; j++) {
        bytes[i * 3073 + 1 + j] = (byte) (part * 7 + i * 5 + j);
      }
    }
    return bytes;
  }

  static Path folder(Path folder, Map<String, byte[]> files) throws IOException {
    Files.createDirectories(folder);
    for (var file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    return folder;
  }

  /** The archive as it is published: a folder's entry, a text, the six files. */
  static byte[] tar(Map<String, byte[]> files) throws IOException {
    var out = new ByteArrayOutputStream();
    out.write(header("cifar-10-batches-bin/", 0, '5'));
    Map<String, byte[]> all = new TreeMap<>(files);
    all.put("readme.html", "<html></html>".getBytes(StandardCharsets.UTF_8));
    for (var file : all.entrySet()) {
      byte[] bytes = file.getValue();
      out.write(header("cifar-10-batches-bin/" + file.getKey(), bytes.length, '0'));
      out.write(Arrays.copyOf(bytes, (bytes.length + 511) / 512 * 512));
    }
    out.write(new byte[1024]);
    return out.toByteArray();
  }

  static byte[] header(String name, long size, char type) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, "0000644");
    put(header, 124, "%011o".formatted(size));
    put(header, 136, "00000000000");
    put(header, 148, "        ");
    header[156] = (byte) type;
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xFF;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private TinyCifar() {}
}
