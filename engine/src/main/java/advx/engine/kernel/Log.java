package advx.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * y = ln x, element by element: −∞ at ±0, NaN below.
 *
 * <p>x = 2ᵉ·(1+f) with 1+f in [¾, 1½); ln x = e·ln 2 + f − ½f² + f³·p(f), p the minimax polynomial
 * of degree 8, ln 2 in two parts.
 *
 * <p>Error below 0.9 ulp, measured over every seventh float against {@link StrictMath} in double.
 * NaN stays NaN.
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
    if (Lanes.VECTOR) {
      Simd.log(x, from, y, to, n);
    } else {
      scalar(x, from, y, to, n);
    }
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

  /** The same on vectors, in line: see {@link Exp.Simd}. */
  static final class Simd {
    static final FloatVector V_LN2_HIGH = FloatVector.broadcast(Species.F, LN2_HIGH);
    static final FloatVector V_LN2_LOW = FloatVector.broadcast(Species.F, LN2_LOW);
    static final FloatVector V_C0 = FloatVector.broadcast(Species.F, C0);
    static final FloatVector V_C1 = FloatVector.broadcast(Species.F, C1);
    static final FloatVector V_C2 = FloatVector.broadcast(Species.F, C2);
    static final FloatVector V_C3 = FloatVector.broadcast(Species.F, C3);
    static final FloatVector V_C4 = FloatVector.broadcast(Species.F, C4);
    static final FloatVector V_C5 = FloatVector.broadcast(Species.F, C5);
    static final FloatVector V_C6 = FloatVector.broadcast(Species.F, C6);
    static final FloatVector V_C7 = FloatVector.broadcast(Species.F, C7);
    static final FloatVector V_C8 = FloatVector.broadcast(Species.F, C8);
    static final FloatVector V_MINUS_HALF = FloatVector.broadcast(Species.F, -0.5f);
    private static final FloatVector V_NORMAL = FloatVector.broadcast(Species.F, Float.MIN_NORMAL);
    private static final FloatVector V_UP = FloatVector.broadcast(Species.F, 0x1p23f);
    private static final FloatVector V_23 = FloatVector.broadcast(Species.F, 23);
    private static final FloatVector V_NAN = FloatVector.broadcast(Species.F, Float.NaN);
    private static final FloatVector V_MINUS_INFINITY =
        FloatVector.broadcast(Species.F, Float.NEGATIVE_INFINITY);
    private static final IntVector V_LOWEST = IntVector.broadcast(Species.I, LOWEST);
    private static final IntVector V_FRACTION = IntVector.broadcast(Species.I, 0x7FFFFF);

    private Simd() {}

    static void log(float[] x, int from, float[] y, int to, int n) {
      int bound = Species.F.loopBound(n);
      for (int i = 0; i < bound; i += Species.L) {
        FloatVector v = FloatVector.fromArray(Species.F, x, from + i);
        VectorMask<Float> small = v.compare(VectorOperators.LT, V_NORMAL);
        IntVector bits = v.blend(v.mul(V_UP), small).reinterpretAsInts().sub(V_LOWEST);
        // The exponent becomes a float as the low bits of 1.5·2²³ + e.
        IntVector exponent = bits.lanewise(VectorOperators.ASHR, 23);
        IntVector magic = Exp.Simd.V_MAGIC.reinterpretAsInts();
        FloatVector e = exponent.add(magic).reinterpretAsFloats().sub(Exp.Simd.V_MAGIC);
        e = e.blend(e.sub(V_23), small);
        FloatVector f = bits.and(V_FRACTION).add(V_LOWEST).reinterpretAsFloats();
        f = f.sub(Exp.Simd.V_ONE);
        FloatVector p = V_C8.fma(f, V_C7).fma(f, V_C6);
        p = p.fma(f, V_C5).fma(f, V_C4).fma(f, V_C3);
        p = p.fma(f, V_C2).fma(f, V_C1).fma(f, V_C0);
        FloatVector square = f.mul(f);
        FloatVector sum = e.fma(V_LN2_LOW, f.mul(square).mul(p));
        sum = square.fma(V_MINUS_HALF, sum).add(f);
        sum = e.fma(V_LN2_HIGH, sum);
        sum = sum.blend(V_MINUS_INFINITY, v.compare(VectorOperators.EQ, Exp.Simd.V_ZERO));
        sum = sum.blend(V_NAN, v.compare(VectorOperators.LT, Exp.Simd.V_ZERO));
        sum = v.blend(sum, v.compare(VectorOperators.LT, Exp.Simd.V_INFINITY));
        sum.intoArray(y, to + i);
      }
      scalar(x, from + bound, y, to + bound, n - bound);
    }
  }
}
