package advx.engine.kernel;

/**
 * y = 1/(1 + e⁻ˣ), element by element, as t/(1+t) with t = eˣ for negative x and 1/(1+t) with t =
 * e⁻ˣ otherwise, so that small results keep their digits.
 */
public final class Sigmoid {
  private Sigmoid() {}

  /** Writes σ of {@code x[from … from+n−1]} to {@code y[to … to+n−1]}; may be the same array. */
  public static void sigmoid(float[] x, int from, float[] y, int to, int n) {
    scalar(x, from, y, to, n);
  }

  static void scalar(float[] x, int from, float[] y, int to, int n) {
    for (int i = 0; i < n; i++) {
      y[to + i] = sigmoid(x[from + i]);
    }
  }

  static float sigmoid(float x) {
    float t = Exp.exp(-Math.abs(x));
    return (x < 0 ? t : 1) / (1 + t);
  }
}
