package advx.cli;

import advx.engine.Workers;
import advx.nn.data.Dataset;
import advx.nn.data.Splits;
import advx.nn.data.Strokes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with the four files of MNIST's form, and few embedded digits in them. */
public final class TinyData {
  private TinyData() {}

  /** Writes 600 images to train and validate on and 100 to test on; returns the folder. */
  public static Path write(Path folder) {
    try (Workers workers = new Workers(1)) {
      Splits splits = Strokes.dataset(600, 100, 1, workers);
      Files.createDirectories(folder);
      write(folder, "train", splits.full());
      write(folder, "t10k", splits.test());
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path folder, String part, Dataset data) throws IOException {
    int n = data.size();
    int d = data.features();
    ByteBuffer images = ByteBuffer.allocate(16 + n * d);
    images.putInt(0x803).putInt(n).putInt(28).putInt(28);
    for (float pixel : data.images(0, n).data()) {
      images.put((byte) Math.round(255 * pixel));
    }
    ByteBuffer labels = ByteBuffer.allocate(8 + n).putInt(0x801).putInt(n);
    for (int label : data.labels()) {
      labels.put((byte) label);
    }
    Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
  }
}
