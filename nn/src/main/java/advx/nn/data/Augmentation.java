package advx.nn.data;

import advx.engine.InputException;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tensor;

/**
 * Random crops and flips of training images: each image gets a border of zeros, a window of its old
 * size is cut out at random, and mirrored left to right every second time.
 *
 * <p>What becomes of an image is drawn by (seed, epoch, its index in the data set) and nothing
 * else, so that it does not depend on the batch, the threads, or interruptions. On CIFAR-10 the
 * border is 2 and there are flips (Madry et al. 2018, the authors' code).
 *
 * @param border pixels on each side; 0 for no crop
 * @param flip whether images may be mirrored
 */
public record Augmentation(int border, boolean flip) {
  public Augmentation {
    if (border < 0 || border > 1024) {
      throw new InputException(
          "Random crops with a border of %d pixels are not possible: give a number from 0 up."
              .formatted(border));
    }
  }

  /**
   * Changes the images in place, [samples, channels·height·width].
   *
   * @param samples the index in the data set of each row
   * @param room one image's numbers, overwritten
   */
  public void apply(
      Tensor images, Dataset.Info info, long seed, int epoch, int[] samples, float[] room) {
    int n = images.columns();
    RandomStream random = new RandomStream(seed, Purpose.AUGMENTATION, 0, epoch, 0);
    for (int row = 0; row < images.rows(); row++) {
      random.restart(epoch, samples[row]);
      int down = random.nextInt(2 * border + 1) - border;
      int right = random.nextInt(2 * border + 1) - border;
      boolean mirrored = random.nextInt() < 0 && flip;
      System.arraycopy(images.data(), row * n, room, 0, n);
      move(room, images.data(), row * n, info, down, right, mirrored);
    }
  }

  /** y[r][c] = x[r + down][c + right], with c counted from the right if mirrored. */
  private static void move(
      float[] x, float[] y, int at, Dataset.Info info, int down, int right, boolean mirrored) {
    int h = info.height();
    int w = info.width();
    for (int line = 0; line < info.channels() * h; line++) {
      int from = line % h + down;
      int start = (line - line % h + from) * w;
      for (int c = 0; c < w; c++) {
        int column = (mirrored ? w - 1 - c : c) + right;
        boolean inside = from >= 0 && from < h && column >= 0 && column < w;
        y[at + line * w + c] = inside ? x[start + column] : 0;
      }
    }
  }

  /** One line, for the hash of a training run. */
  public String describe() {
    return "crop border=%d%s".formatted(border, flip ? " flip" : "");
  }
}
