package advx.engine.kernel;

/**
 * y = ln x, element by element: −∞ at ±0, NaN below.
 *
 * <p>x = 2ᵉ·(1+f) with 1+f in [¾, 1½); ln x = e·ln 2 + f − ½f² + f³·p(f), p the minimax polynomial
 * of degree 8, ln 2 in two parts.
 */
public final class Log {
  static final int LOWEST = 0x3F400000;
  static final float LN2_HIGH = 0x1.62e430p-1f;
  static final float LN2_LOW = -0x1.05c610p-29f;
  static final float C0 = 0x1.55555ap-2f;
  static final float C1 = -0x1.00006ep-2f;
  static final float C2 = 0x1.999788p-3f;
  static final float C3 = -0x1.5519b8p-3f;
  static final float C4 = 0x1.24609cp-3f;
  static final float C5 = -0x1.04aa36p-3f;
  static final float C6 = 0x1.df4252p-4f;
  static final float C7 = -0x1.756632p-4f;
  static final float C8 = 0x1.349ddep-5f;

  private Log() {}

  /** Writes ln of {@code x[from … from+n−1]} to {@code y[to … to+n−1]}; may be the same array. */
  public static void log(float[] x, int from, float[] y, int to, int n) {
    scalar(x, from, y, to, n);
  }

  static void scalar(float[] x, int from, float[] y, int to, int n) {
    for (int i = 0; i < n; i++) {
      y[to + i] = log(x[from + i]);
    }
  }

  static float log(float x) {
    boolean small = x < Float.MIN_NORMAL;
    int bits = Float.floatToRawIntBits(small ? x * 0x1p23f : x) - LOWEST;
    float e = (bits >> 23) - (small ? 23 : 0);
    float f = Float.intBitsToFloat((bits & 0x7FFFFF) + LOWEST) - 1;
    float y = log(e, f);
    return !(x < Float.POSITIVE_INFINITY)
        ? x
        : x < 0 ? Float.NaN : x == 0 ? Float.NEGATIVE_INFINITY : y;
  }

  /** e·ln 2 + ln(1+f) for f in [−¼, ½]. */
  static float log(float e, float f) {
    float p = Math.fma(C8, f, C7);
    p = Math.fma(p, f, C6);
    p = Math.fma(p, f, C5);
    p = Math.fma(p, f, C4);
    p = Math.fma(p, f, C3);
    p = Math.fma(p, f, C2);
    p = Math.fma(p, f, C1);
    p = Math.fma(p, f, C0);
    float square = f * f;
    float y = Math.fma(e, LN2_LOW, f * square * p);
    y = Math.fma(square, -0.5f, y) + f;
    return Math.fma(e, LN2_HIGH, y);
  }
}
