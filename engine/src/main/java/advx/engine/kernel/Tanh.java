package advx.engine.kernel;

/**
 * y = tanh x, element by element.
 *
 * <p>With a = |x|: a + a³·p(a²) below 0.625, p the minimax polynomial of degree 4; 1 − 2/(e²ᵃ + 1)
 * from there on; then the sign of x.
 */
public final class Tanh {
  static final float EDGE = 0.625f;
  static final float C0 = -0x1.555532p-2f;
  static final float C1 = 0x1.110726p-3f;
  static final float C2 = -0x1.b83c5ap-5f;
  static final float C3 = 0x1.52269cp-6f;
  static final float C4 = -0x1.75e1ccp-8f;

  private Tanh() {}

  /** Writes tanh of {@code x[from … from+n−1]} to {@code y[to … to+n−1]}; may be the same array. */
  public static void tanh(float[] x, int from, float[] y, int to, int n) {
    scalar(x, from, y, to, n);
  }

  static void scalar(float[] x, int from, float[] y, int to, int n) {
    for (int i = 0; i < n; i++) {
      y[to + i] = tanh(x[from + i]);
    }
  }

  static float tanh(float x) {
    float a = Math.abs(x);
    float y;
    if (a < EDGE) {
      float square = a * a;
      float p = Math.fma(C4, square, C3);
      p = Math.fma(p, square, C2);
      p = Math.fma(p, square, C1);
      p = Math.fma(p, square, C0);
      y = Math.fma(p, a * square, a);
    } else {
      y = 1 - 2 / (Exp.exp(a + a) + 1);
    }
    return Math.copySign(y, x);
  }
}
