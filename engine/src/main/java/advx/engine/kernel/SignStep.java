package advx.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The step of the fast gradient sign method, in one pass: out = x + ε·sign(g), sign(0) = 0 and
 * sign(NaN) = NaN (Goodfellow, Shlens, Szegedy: Explaining and Harnessing Adversarial Examples,
 * §4).
 *
 * <p>The compiler vectorises the plain loop in some JVMs and not in others, and never the clipped
 * one.
 */
public final class SignStep {
  private SignStep() {}

  /** out = x + ε·sign(g), n numbers; out may be x or g. */
  public static void step(
      float[] x, int xAt, float[] g, int gAt, float epsilon, float[] out, int outAt, int n) {
    if (Lanes.VECTOR) {
      Simd.step(x, xAt, g, gAt, epsilon, out, outAt, n);
    } else {
      scalarStep(x, xAt, g, gAt, epsilon, out, outAt, n);
    }
  }

  static void scalarStep(
      float[] x, int xAt, float[] g, int gAt, float epsilon, float[] out, int outAt, int n) {
    for (int i = 0; i < n; i++) {
      out[outAt + i] = Math.fma(epsilon, Math.signum(g[gAt + i]), x[xAt + i]);
    }
  }

  /** out = min(max(x + ε·sign(g), low), high), n numbers; NaN stays NaN; out may be x or g. */
  public static void clippedStep(
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
    if (Lanes.VECTOR) {
      Simd.clippedStep(x, xAt, g, gAt, epsilon, low, high, out, outAt, n);
    } else {
      scalarClippedStep(x, xAt, g, gAt, epsilon, low, high, out, outAt, n);
    }
  }

  static void scalarClippedStep(
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
    for (int i = 0; i < n; i++) {
      float moved = Math.fma(epsilon, Math.signum(g[gAt + i]), x[xAt + i]);
      out[outAt + i] = Math.min(Math.max(moved, low), high);
    }
  }

  /** sign(g) is ±1 where g is above or below 0, and elsewhere g itself: 0, or NaN. */
  static final class Simd {
    private static final FloatVector ZERO = FloatVector.zero(Species.F);
    private static final FloatVector ONE = FloatVector.broadcast(Species.F, 1);
    private static final FloatVector MINUS_ONE = FloatVector.broadcast(Species.F, -1);

    private Simd() {}

    static void step(
        float[] x, int xAt, float[] g, int gAt, float epsilon, float[] out, int outAt, int n) {
      FloatVector e = FloatVector.broadcast(Species.F, epsilon);
      int bound = Species.F.loopBound(n);
      for (int i = 0; i < bound; i += Species.L) {
        FloatVector v = FloatVector.fromArray(Species.F, g, gAt + i);
        FloatVector sign = v.blend(ONE, v.compare(VectorOperators.GT, ZERO));
        sign = sign.blend(MINUS_ONE, v.compare(VectorOperators.LT, ZERO));
        e.fma(sign, FloatVector.fromArray(Species.F, x, xAt + i)).intoArray(out, outAt + i);
      }
      scalarStep(x, xAt + bound, g, gAt + bound, epsilon, out, outAt + bound, n - bound);
    }

    static void clippedStep(
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
      FloatVector e = FloatVector.broadcast(Species.F, epsilon);
      int bound = Species.F.loopBound(n);
      for (int i = 0; i < bound; i += Species.L) {
        FloatVector v = FloatVector.fromArray(Species.F, g, gAt + i);
        FloatVector sign = v.blend(ONE, v.compare(VectorOperators.GT, ZERO));
        sign = sign.blend(MINUS_ONE, v.compare(VectorOperators.LT, ZERO));
        FloatVector moved = e.fma(sign, FloatVector.fromArray(Species.F, x, xAt + i));
        moved.max(low).min(high).intoArray(out, outAt + i);
      }
      scalarClippedStep(
          x, xAt + bound, g, gAt + bound, epsilon, low, high, out, outAt + bound, n - bound);
    }
  }
}
