package advx.attacks;

import advx.engine.kernel.Extremes;
import java.nio.IntBuffer;
import java.util.Arrays;

/** Counts the gradients of each sample of a batch; threads may count different samples at once. */
public final class GradientCounter {
  private int[] taken = {};
  private int[] zero = {};
  private int[] nan = {};
  private int[] infinite = {};

  /** Nothing counted, of this many samples. */
  void start(int samples) {
    if (taken.length != samples) {
      taken = new int[samples];
      zero = new int[samples];
      nan = new int[samples];
      infinite = new int[samples];
    }
    Arrays.fill(taken, 0);
    Arrays.fill(zero, 0);
    Arrays.fill(nan, 0);
    Arrays.fill(infinite, 0);
  }

  /**
   * Counts the gradient g[at … at+n−1] of one sample.
   *
   * @return the largest |gᵢ|; NaN if one is NaN
   */
  public float add(int row, float[] g, int at, int n) {
    float max = Extremes.magnitude(g, at, n);
    taken[row]++;
    zero[row] += max == 0 ? 1 : 0;
    nan[row] += Float.isNaN(max) ? 1 : 0;
    infinite[row] += max == Float.POSITIVE_INFINITY ? 1 : 0;
    return max;
  }

  /** Counts gradients of which nothing but their number is known. */
  void add(int row, int gradients) {
    taken[row] += gradients;
  }

  /** The numbers that a sample's counts take in {@link #save}. */
  static final int NUMBERS = 4;

  void save(IntBuffer out) {
    out.put(taken).put(zero).put(nan).put(infinite);
  }

  void restore(IntBuffer in) {
    in.get(taken).get(zero).get(nan).get(infinite);
  }

  GradientCount of(int row) {
    return new GradientCount(taken[row], zero[row], nan[row], infinite[row]);
  }
}
