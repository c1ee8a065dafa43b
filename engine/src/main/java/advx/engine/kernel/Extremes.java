package advx.engine.kernel;

/** The largest of some numbers, and where it stands. NaN counts as larger than all others. */
public final class Extremes {
  private Extremes() {}

  /** The maximum of {@code x[at … at+n−1]}; NaN if one is NaN, −∞ if there are none. */
  public static float max(float[] x, int at, int n) {
    return scalarMax(x, at, n);
  }

  /**
   * The lowest i in 0 … n−1 at which {@code x[at + i]} is the maximum: of equal numbers (−0 equals
   * +0) the first, the first NaN if there is one; −1 if n is 0.
   */
  public static int argmax(float[] x, int at, int n) {
    return scalarArgmax(x, at, n);
  }

  static float scalarMax(float[] x, int at, int n) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, x[at + i]);
    }
    return max;
  }

  static int scalarArgmax(float[] x, int at, int n) {
    return n == 0 ? -1 : first(scalarMax(x, at, n), x, at);
  }

  private static int first(float max, float[] x, int at) {
    boolean nan = Float.isNaN(max);
    int i = 0;
    while (nan ? !Float.isNaN(x[at + i]) : x[at + i] != max) {
      i++;
    }
    return i;
  }
}
