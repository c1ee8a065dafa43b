package advx.engine.kernel;

/**
 * y = ln(1 + eˣ) = max(x, 0) + ln(1 + t), t = e^−|x|, element by element.
 *
 * <p>ln(1+t) keeps its digits for small t: it is the polynomial of {@link Log} in t itself below ½,
 * and ln 2 + that of (t−1)/2 from there on.
 */
public final class Softplus {
  private Softplus() {}

  /** Writes softplus of {@code x[from …]} to {@code y[to …]}, n numbers; may be the same array. */
  public static void softplus(float[] x, int from, float[] y, int to, int n) {
    scalar(x, from, y, to, n);
  }

  static void scalar(float[] x, int from, float[] y, int to, int n) {
    for (int i = 0; i < n; i++) {
      y[to + i] = softplus(x[from + i]);
    }
  }

  static float softplus(float x) {
    float t = Exp.exp(-Math.abs(x));
    boolean large = t >= 0.5f;
    float log = Log.log(large ? 1f : 0f, large ? (t - 1) * 0.5f : t);
    return (x > 0 ? x : 0) + log;
  }
}
