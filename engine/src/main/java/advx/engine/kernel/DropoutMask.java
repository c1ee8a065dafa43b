package advx.engine.kernel;

import advx.engine.Philox;
import advx.engine.Purpose;

/**
 * The dropout mask of one sample: scale where a unit is kept, 0 where it is dropped.
 *
 * <p>Element e takes 16 bits: half e mod 2 (low first) of word (e/2) mod 4 of the {@link Philox}
 * block with counter (e/8, sample, step, stream of DROPOUT and the layer). It is kept if they are
 * below round(keep·65536).
 */
public final class DropoutMask {
  private DropoutMask() {}

  /**
   * Writes {@code mask[row·columns … row·columns + columns−1]}.
   *
   * @param row where in the batch the sample stands; no part of the random numbers
   * @param sample its index in the data set
   * @param keep probability of being kept, 0 to 1
   */
  public static void mask(
      float[] mask,
      int row,
      int columns,
      long seed,
      int sample,
      int step,
      int layer,
      float keep,
      float scale) {
    if (!(keep >= 0 && keep <= 1)) {
      throw new IllegalArgumentException(
          "DropoutMask: got keep probability " + keep + ", expected 0 to 1");
    }
    int stream = Philox.stream(Purpose.DROPOUT, layer);
    int below = Math.round(keep * 65536);
    scalar(mask, row * columns, columns, seed, sample, step, stream, below, scale);
  }

  static void scalar(
      float[] mask,
      int at,
      int n,
      long seed,
      int sample,
      int step,
      int stream,
      int below,
      float scale) {
    int[] words = new int[4];
    for (int e = 0; e < n; e++) {
      if ((e & 7) == 0) {
        Philox.block(e >> 3, sample, step, stream, seed, words, 0);
      }
      int draw = words[(e >> 1) & 3] >>> ((e & 1) << 4) & 0xFFFF;
      mask[at + e] = draw < below ? scale : 0;
    }
  }
}
