package advx.engine.kernel;

/**
 * The step of the fast gradient sign method, in one pass: out = x + ε·sign(g), sign(0) = 0 and
 * sign(NaN) = NaN (Goodfellow, Shlens, Szegedy: Explaining and Harnessing Adversarial Examples,
 * §4).
 */
public final class SignStep {
  private SignStep() {}

  /** out = x + ε·sign(g), n numbers; out may be x or g. */
  public static void step(
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
    for (int i = 0; i < n; i++) {
      float moved = Math.fma(epsilon, Math.signum(g[gAt + i]), x[xAt + i]);
      out[outAt + i] = Math.min(Math.max(moved, low), high);
    }
  }
}
