package advx.engine.kernel;

/**
 * y = eˣ, element by element.
 *
 * <p>x = n·ln 2 + r with n whole and |r| ≤ ½ ln 2 (n by adding and subtracting 1.5·2²³, ln 2 in two
 * parts); eʳ = 1 + r + r²·q(r), q the minimax polynomial of degree 4; times 2ⁿ in two steps, so
 * that subnormal results are rounded once.
 */
public final class Exp {
  /** From here on the result is infinite. */
  static final float ABOVE = 89;

  /** Down from here the result rounds to zero. */
  static final float BELOW = -104;

  static final float LOG2_E = 0x1.715476p0f;
  static final float MAGIC = 0x1.8p23f;
  static final int MAGIC_BITS = 0x4B400000;
  static final float MINUS_LN2_HIGH = -0x1.62e430p-1f;
  static final float MINUS_LN2_LOW = 0x1.05c610p-29f;
  static final float C0 = 0x1.fffffcp-2f;
  static final float C1 = 0x1.555492p-3f;
  static final float C2 = 0x1.5558f2p-5f;
  static final float C3 = 0x1.123a20p-7f;
  static final float C4 = 0x1.6a23d0p-10f;

  private Exp() {}

  /** Writes eˣ of {@code x[from … from+n−1]} to {@code y[to … to+n−1]}; may be the same array. */
  public static void exp(float[] x, int from, float[] y, int to, int n) {
    scalar(x, from, y, to, n);
  }

  static void scalar(float[] x, int from, float[] y, int to, int n) {
    for (int i = 0; i < n; i++) {
      y[to + i] = exp(x[from + i]);
    }
  }

  static float exp(float x) {
    float t = Math.fma(x, LOG2_E, MAGIC);
    float n = t - MAGIC;
    float r = Math.fma(n, MINUS_LN2_LOW, Math.fma(n, MINUS_LN2_HIGH, x));
    float q = Math.fma(C4, r, C3);
    q = Math.fma(q, r, C2);
    q = Math.fma(q, r, C1);
    q = Math.fma(q, r, C0);
    float p = Math.fma(q, r * r, r) + 1;
    int k = Float.floatToRawIntBits(t) - MAGIC_BITS;
    float y = p * power(k >> 1) * power(k - (k >> 1));
    return x > ABOVE ? Float.POSITIVE_INFINITY : x < BELOW ? 0 : y;
  }

  /** 2ᵏ for −127 < k < 128. */
  private static float power(int k) {
    return Float.intBitsToFloat((k + 127) << 23);
  }
}
