package advx.engine.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The sign step that never leaves its ball: out = x + ε·sign(g), where a sum that rounding would
 * carry farther than |ε| from x is the next float towards x instead. Where g is 0 or NaN, out = x.
 *
 * <p>{@link SignStep} rounds to nearest, which is right for training; an attack may not exceed its
 * budget, not by one unit in the last place.
 *
 * <p>The vector bodies turn x by the sign of g, so that every step goes up. Where ε is a float, t =
 * x + ε overshoots if t − ε > x or t − x > ε: neither difference is rounded above what it exceeds,
 * and one of the two is exact (Sterbenz). Any other ε takes the sum in double.
 */
public final class BallStep {
  /** Smaller and larger ε go by double, so that nothing in float is subnormal or infinite. */
  private static final double LEAST = 0x1p-60;

  private static final double MOST = 0x1p60;

  private BallStep() {}

  /**
   * x + d in float, rounded towards x where rounding to nearest would go farther than |d|: never
   * outside the ball, not by one unit in the last place.
   */
  public static float add(float x, double d) {
    float to = (float) (x + d);
    if (d > 0 && (double) to - x > d) {
      return Math.nextDown(to);
    }
    if (d < 0 && (double) to - x < d) {
      return Math.nextUp(to);
    }
    return to;
  }

  /**
   * out = x + ε·sign(g) within the ball, n numbers; out may be x or g.
   *
   * @param epsilon negative to descend
   */
  public static void step(
      float[] x, int xAt, float[] g, int gAt, double epsilon, float[] out, int outAt, int n) {
    float low = Float.NEGATIVE_INFINITY;
    float high = Float.POSITIVE_INFINITY;
    clippedStep(x, xAt, g, gAt, epsilon, low, high, out, outAt, n);
  }

  /** The same, then low where it is at most low, high where it is at least high; NaN stays NaN. */
  public static void clippedStep(
      float[] x,
      int xAt,
      float[] g,
      int gAt,
      double epsilon,
      float low,
      float high,
      float[] out,
      int outAt,
      int n) {
    double size = Math.abs(epsilon);
    if (!Lanes.VECTOR) {
      scalarStep(x, xAt, g, gAt, epsilon, low, high, out, outAt, n);
    } else if (size == (float) size && size >= LEAST && size <= MOST) {
      Simd.step(x, xAt, g, gAt, (float) epsilon, low, high, out, outAt, n);
    } else {
      Simd.stepInDouble(x, xAt, g, gAt, epsilon, low, high, out, outAt, n);
    }
  }

  /** The twin. */
  static void scalarStep(
      float[] x,
      int xAt,
      float[] g,
      int gAt,
      double epsilon,
      float low,
      float high,
      float[] out,
      int outAt,
      int n) {
    for (int i = 0; i < n; i++) {
      float slope = g[gAt + i];
      float from = x[xAt + i];
      float to = slope > 0 ? add(from, epsilon) : slope < 0 ? add(from, -epsilon) : from;
      out[outAt + i] = to <= low ? low : to >= high ? high : to;
    }
  }

  static final class Simd {
    private static final IntVector SIGN = IntVector.broadcast(Species.I, Integer.MIN_VALUE);
    private static final IntVector HALF_SIGN = IntVector.broadcast(Species.HALF_I, 1 << 31);

    private Simd() {}

    /**
     * Differences below half a unit of ε in double are none, as in {@link #add}: hence x + rest. A
     * number that does not move cannot overshoot. Turned back, a sum of 0 is −0: hence + 0.
     */
    static void step(
        float[] x,
        int xAt,
        float[] g,
        int gAt,
        float epsilon,
        float low,
        float high,
        float[] out,
        int outAt,
        int n) {
      int turn = epsilon < 0 ? Integer.MIN_VALUE : 0;
      FloatVector e = FloatVector.broadcast(Species.F, Math.abs(epsilon));
      FloatVector rest = FloatVector.broadcast(Species.F, (float) (Math.ulp((double) epsilon) / 2));
      int bound = Species.F.loopBound(n);
      for (int i = 0; i < bound; i += Species.L) {
        FloatVector slope = FloatVector.fromArray(Species.F, g, gAt + i);
        FloatVector from = FloatVector.fromArray(Species.F, x, xAt + i);
        IntVector sign = slope.reinterpretAsInts().lanewise(VectorOperators.XOR, turn).and(SIGN);
        IntVector turned = from.reinterpretAsInts().lanewise(VectorOperators.XOR, sign);
        FloatVector v = turned.reinterpretAsFloats();
        var moves = slope.abs().compare(VectorOperators.GT, 0f);
        FloatVector t = v.add(e, moves);
        var over = t.sub(e).compare(VectorOperators.GT, v.add(rest));
        over = over.or(t.sub(v).compare(VectorOperators.GT, e));
        IntVector bits = t.reinterpretAsInts();
        IntVector unit = bits.lanewise(VectorOperators.ASHR, 31).or(1);
        bits = bits.sub(unit, over.cast(Species.I)).lanewise(VectorOperators.XOR, sign);
        FloatVector to = bits.reinterpretAsFloats().add(0f, moves);
        to = to.blend(low, to.compare(VectorOperators.LE, low));
        to.blend(high, to.compare(VectorOperators.GE, high)).intoArray(out, outAt + i);
      }
      int left = n - bound;
      scalarStep(x, xAt + bound, g, gAt + bound, epsilon, low, high, out, outAt + bound, left);
    }

    static void stepInDouble(
        float[] x,
        int xAt,
        float[] g,
        int gAt,
        double epsilon,
        float low,
        float high,
        float[] out,
        int outAt,
        int n) {
      int turn = epsilon < 0 ? Integer.MIN_VALUE : 0;
      DoubleVector e = DoubleVector.broadcast(Species.D, Math.abs(epsilon));
      int bound = Species.HALF.loopBound(n);
      for (int i = 0; i < bound; i += Species.L / 2) {
        FloatVector slope = FloatVector.fromArray(Species.HALF, g, gAt + i);
        FloatVector from = FloatVector.fromArray(Species.HALF, x, xAt + i);
        IntVector sign =
            slope.reinterpretAsInts().lanewise(VectorOperators.XOR, turn).and(HALF_SIGN);
        IntVector turned = from.reinterpretAsInts().lanewise(VectorOperators.XOR, sign);
        DoubleVector v =
            (DoubleVector)
                turned.reinterpretAsFloats().convertShape(VectorOperators.F2D, Species.D, 0);
        DoubleVector sum = v.add(e);
        FloatVector t = (FloatVector) sum.convertShape(VectorOperators.D2F, Species.HALF, 0);
        DoubleVector wide = (DoubleVector) t.convertShape(VectorOperators.F2D, Species.D, 0);
        var over = wide.sub(v).compare(VectorOperators.GT, e).cast(Species.HALF_I);
        var none = sum.compare(VectorOperators.EQ, 0.0).cast(Species.HALF_I);
        IntVector bits = t.reinterpretAsInts();
        IntVector unit = bits.lanewise(VectorOperators.ASHR, 31).or(1);
        bits = bits.sub(unit, over).lanewise(VectorOperators.XOR, sign).blend(0, none);
        var moves = slope.abs().compare(VectorOperators.GT, 0f);
        FloatVector to = from.blend(bits.reinterpretAsFloats(), moves);
        to = to.blend(low, to.compare(VectorOperators.LE, low));
        to.blend(high, to.compare(VectorOperators.GE, high)).intoArray(out, outAt + i);
      }
      int left = n - bound;
      scalarStep(x, xAt + bound, g, gAt + bound, epsilon, low, high, out, outAt + bound, left);
    }
  }
}
