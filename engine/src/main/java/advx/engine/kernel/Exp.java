package advx.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * y = eˣ, element by element.
 *
 * <p>x = n·ln 2 + r with n whole and |r| ≤ ½ ln 2 (n by adding and subtracting 1.5·2²³, ln 2 in two
 * parts); eʳ = 1 + r + r²·q(r), q the minimax polynomial of degree 4; times 2ⁿ in two steps, so
 * that subnormal results are rounded once.
 *
 * <p>Error below 0.9 ulp, measured over every seventh float against {@link StrictMath} in double.
 * NaN stays NaN.
 */
public final class Exp {
  /** From here on the result is infinite. */
  static final float ABOVE = 89;

  /** Down from here the result rounds to zero. */
  static final float BELOW = -104;

  static final float LOG2_E = 0x1.715476p0f;
  static final float MAGIC = 0x1.8p23f;
  private static final int ONE_BITS = 0x3F800000;
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
    if (Lanes.VECTOR) {
      Simd.exp(x, from, y, to, n);
    } else {
      scalar(x, from, y, to, n);
    }
  }

  static void scalar(float[] x, int from, float[] y, int to, int n) {
    for (int i = 0; i < n; i++) {
      y[to + i] = exp(x[from + i]);
    }
  }

  static float exp(float x) {
    float t = Math.fma(x, LOG2_E, MAGIC);
    float n = t - MAGIC;
    float high = Math.fma(n, MINUS_LN2_HIGH, x);
    float low = n * MINUS_LN2_LOW;
    float r = high + low;
    float q = Math.fma(C4, r, C3);
    q = Math.fma(q, r, C2);
    q = Math.fma(q, r, C1);
    q = Math.fma(q, r, C0);
    float p = Math.fma(q, r * r, low) + high + 1;
    int k = Float.floatToRawIntBits(t);
    float y = p * power(k >> 1) * power(k - (k >> 1));
    return x > ABOVE ? Float.POSITIVE_INFINITY : x < BELOW ? 0 : y;
  }

  /** 2ᵏ for −127 < k < 128 in the low nine bits. */
  private static float power(int k) {
    return Float.intBitsToFloat((k << 23) + ONE_BITS);
  }

  /**
   * The same on vectors. Written in line here and in the kernels that need eˣ on the way: a helper
   * that the compiler once fails to inline turns each vector into an object on the heap.
   */
  static final class Simd {
    static final FloatVector V_LOG2_E = FloatVector.broadcast(Species.F, LOG2_E);
    static final FloatVector V_MAGIC = FloatVector.broadcast(Species.F, MAGIC);
    static final FloatVector V_MINUS_LN2_HIGH = FloatVector.broadcast(Species.F, MINUS_LN2_HIGH);
    static final FloatVector V_MINUS_LN2_LOW = FloatVector.broadcast(Species.F, MINUS_LN2_LOW);
    static final FloatVector V_C0 = FloatVector.broadcast(Species.F, C0);
    static final FloatVector V_C1 = FloatVector.broadcast(Species.F, C1);
    static final FloatVector V_C2 = FloatVector.broadcast(Species.F, C2);
    static final FloatVector V_C3 = FloatVector.broadcast(Species.F, C3);
    static final FloatVector V_C4 = FloatVector.broadcast(Species.F, C4);
    static final FloatVector V_ABOVE = FloatVector.broadcast(Species.F, ABOVE);
    static final FloatVector V_BELOW = FloatVector.broadcast(Species.F, BELOW);
    static final FloatVector V_ZERO = FloatVector.zero(Species.F);
    static final FloatVector V_ONE = FloatVector.broadcast(Species.F, 1);
    static final FloatVector V_INFINITY = FloatVector.broadcast(Species.F, Float.POSITIVE_INFINITY);

    private Simd() {}

    static void exp(float[] x, int from, float[] y, int to, int n) {
      int bound = Species.F.loopBound(n);
      for (int i = 0; i < bound; i += Species.L) {
        FloatVector v = FloatVector.fromArray(Species.F, x, from + i);
        FloatVector t = v.fma(V_LOG2_E, V_MAGIC);
        FloatVector whole = t.sub(V_MAGIC);
        FloatVector high = whole.fma(V_MINUS_LN2_HIGH, v);
        FloatVector low = whole.mul(V_MINUS_LN2_LOW);
        FloatVector r = high.add(low);
        FloatVector q = V_C4.fma(r, V_C3);
        q = q.fma(r, V_C2).fma(r, V_C1).fma(r, V_C0);
        FloatVector p = q.fma(r.mul(r), low).add(high).add(V_ONE);
        IntVector k = t.reinterpretAsInts();
        IntVector half = k.lanewise(VectorOperators.ASHR, 1);
        IntVector rest = k.sub(half);
        IntVector one = V_ONE.reinterpretAsInts();
        half = half.lanewise(VectorOperators.LSHL, 23).add(one);
        rest = rest.lanewise(VectorOperators.LSHL, 23).add(one);
        FloatVector e = p.mul(half.reinterpretAsFloats()).mul(rest.reinterpretAsFloats());
        e = e.blend(V_INFINITY, v.compare(VectorOperators.GT, V_ABOVE));
        e = e.blend(V_ZERO, v.compare(VectorOperators.LT, V_BELOW));
        e.intoArray(y, to + i);
      }
      scalar(x, from + bound, y, to + bound, n - bound);
    }
  }
}
