package advx.cli;

import advx.engine.Purpose;
import advx.engine.RandomStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with the six files of CIFAR-10's form, and few easy images in them. */
public final class TinyCifar {
  private TinyCifar() {}

  /** Writes 200 images to train and validate on and 40 to test on; returns the folder. */
  public static Path write(Path folder) {
    try {
      Files.createDirectories(folder);
      for (int part = 1; part <= 5; part++) {
        Files.write(folder.resolve("data_batch_" + part + ".bin"), records(part));
      }
      Files.write(folder.resolve("test_batch.bin"), records(6));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Image i is of class i mod 10: noise, and a bright band at a height of the class's own. */
  private static byte[] records(int part) {
    RandomStream random = new RandomStream(7, Purpose.TEST, part, 0, 0);
    byte[] bytes = new byte[40 * 3073];
    for (int i = 0; i < 40; i++) {
      int label = i % 10;
      bytes[i * 3073] = (byte) label;
      for (int j = 0; j < 3072; j++) {
        int row = j % 1024 / 32;
        int level = (int) (120 * random.uniform()) + (row / 3 == label ? 130 : 0);
        bytes[i * 3073 + 1 + j] = (byte) level;
      }
    }
    return bytes;
  }
}
