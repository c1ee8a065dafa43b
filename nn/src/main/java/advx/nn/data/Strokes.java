package advx.nn.data;

import advx.engine.Tensor;
import advx.engine.Workers;
import java.util.Arrays;

/**
 * The embedded data set: handwritten digits, 28×28 grey in [0, 1], drawn by the program, so that
 * everything runs without a download.
 *
 * <pre>
 * way of writing → jittered points → curve → elastic → slant, size, turn, place → pen → bytes/255
 * </pre>
 *
 * <p>Sample i depends on the seed, on i and on whether it is for training or testing, and on
 * nothing else; a label is never wrong. All arithmetic is in double with StrictMath: the same bits
 * everywhere. Figures measured on it are not comparable with the papers'.
 */
public final class Strokes {
  public static final int TRAIN = 60_000;
  public static final int TEST = 10_000;

  static final int SIDE = 28;
  static final int DIGITS = 10;

  private static final int PIXELS = SIDE * SIDE;
  private static final int CHUNK = 250;

  private Strokes() {}

  /** The data set in full size: 50,000 for training, 10,000 for validation, 10,000 for testing. */
  public static Splits dataset(long seed, Workers workers) {
    return dataset(TRAIN, TEST, seed, workers);
  }

  /**
   * The first samples of the data set; a sixth of the training samples, the last, is for
   * validation.
   */
  public static Splits dataset(int trainSize, int testSize, long seed, Workers workers) {
    Dataset full = draw("embedded digits", trainSize, seed, 0, workers);
    Dataset test = draw("embedded digits test", testSize, seed, 1, workers);
    return Splits.of(full, trainSize / 6, test);
  }

  /** Training and test samples draw from streams of different steps. */
  private static Dataset draw(String name, int n, long seed, int step, Workers workers) {
    Tensor images = Tensor.zeros(n, PIXELS);
    int[] labels = new int[n];
    Hand[] hands = new Hand[workers.threads()];
    Arrays.setAll(hands, w -> new Hand(SIDE, seed));
    workers.run(
        (n + CHUNK - 1) / CHUNK,
        (chunk, worker) -> {
          int end = Math.min(n, (chunk + 1) * CHUNK);
          for (int i = chunk * CHUNK; i < end; i++) {
            labels[i] = hands[worker].write(step, i, images.data(), i * PIXELS);
          }
        });
    var info = new Dataset.Info(name, DIGITS, SIDE, SIDE, 1, 0, 1, false);
    return new Dataset(info, images, labels);
  }
}
