package advx.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * One of many small steps along the sign of a gradient, with bounds of each number's own: x ←
 * min(max(x + ε·sign(g), low), high), sign(0) = 0 and sign(NaN) = NaN (Madry et al.: Towards Deep
 * Learning Models Resistant to Adversarial Attacks, 2018, §2.1).
 */
public final class BoundedStep {
  private BoundedStep() {}

  /** All arrays at {@code at}, n numbers; in place. */
  public static void step(
      float[] x, float[] g, float epsilon, float[] low, float[] high, int at, int n) {
    if (Lanes.VECTOR) {
      Simd.step(x, g, epsilon, low, high, at, n);
    } else {
      scalarStep(x, g, epsilon, low, high, at, n);
    }
  }

  static void scalarStep(
      float[] x, float[] g, float epsilon, float[] low, float[] high, int at, int n) {
    for (int i = at; i < at + n; i++) {
      float moved = Math.fma(epsilon, Math.signum(g[i]), x[i]);
      x[i] = Math.min(Math.max(moved, low[i]), high[i]);
    }
  }

  static final class Simd {
    private static final FloatVector ZERO = FloatVector.zero(Species.F);
    private static final FloatVector ONE = FloatVector.broadcast(Species.F, 1);
    private static final FloatVector MINUS_ONE = FloatVector.broadcast(Species.F, -1);

    private Simd() {}

    static void step(
        float[] x, float[] g, float epsilon, float[] low, float[] high, int at, int n) {
      FloatVector e = FloatVector.broadcast(Species.F, epsilon);
      int bound = at + Species.F.loopBound(n);
      for (int i = at; i < bound; i += Species.L) {
        FloatVector v = FloatVector.fromArray(Species.F, g, i);
        FloatVector sign = v.blend(ONE, v.compare(VectorOperators.GT, ZERO));
        sign = sign.blend(MINUS_ONE, v.compare(VectorOperators.LT, ZERO));
        e.fma(sign, FloatVector.fromArray(Species.F, x, i))
            .max(FloatVector.fromArray(Species.F, low, i))
            .min(FloatVector.fromArray(Species.F, high, i))
            .intoArray(x, i);
      }
      scalarStep(x, g, epsilon, low, high, bound, at + n - bound);
    }
  }
}
