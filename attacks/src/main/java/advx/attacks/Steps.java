package advx.attacks;

import advx.engine.kernel.BallStep;

/**
 * The step δ with ‖δ‖ ≤ ε that climbs a linear function of gradient g most: max ⟨g, δ⟩ = ε·‖g‖ in
 * the dual norm.
 *
 * <pre>
 *  norm  δ                                   ⟨g, δ⟩ for g = [1, −2], ε = 1
 *  L∞    ε·sign(g), sign(0) = 0              3
 *  L2    ε·g/‖g‖₂                            √5
 *  L1    ε·sign(gₖ) at k = argmax |gᵢ|, else 0   2
 * </pre>
 *
 * <p>Of equal largest |gᵢ| the lowest index takes the whole L1 budget. A gradient of zeros, or with
 * a NaN, gives no direction: δ = 0. Infinite elements give the direction of the limit: all equal,
 * and all finite ones nothing beside them in L2 and L1.
 */
public final class Steps {
  private Steps() {}

  /**
   * Writes δ for the gradient g[at … at+n−1] to {@code delta[0 … n−1]}, n its length.
   *
   * @param epsilon the norm of δ; negative to descend
   */
  public static void steepest(Norm norm, float[] g, int at, double epsilon, double[] delta) {
    int largest = largest(g, at, delta.length);
    float peak = Math.abs(g[at + largest]);
    java.util.Arrays.fill(delta, 0);
    if (peak == 0 || Float.isNaN(peak)) {
      return;
    }
    switch (norm) {
      case LINF -> {
        for (int i = 0; i < delta.length; i++) {
          delta[i] = epsilon * Math.signum(g[at + i]);
        }
      }
      case L2 -> {
        for (int i = 0; i < delta.length; i++) {
          delta[i] = direction(g[at + i], peak);
        }
        double length = Norm.L2.of(delta);
        for (int i = 0; i < delta.length; i++) {
          delta[i] = epsilon * delta[i] / length;
        }
      }
      case L1 -> delta[largest] = epsilon * Math.signum(g[at + largest]);
    }
  }

  private static double direction(float g, float peak) {
    if (peak == Float.POSITIVE_INFINITY) {
      return Float.isInfinite(g) ? Math.signum(g) : 0;
    }
    return g;
  }

  /** The lowest index of the largest |gᵢ|, or of the first NaN. */
  private static int largest(float[] g, int at, int n) {
    int best = 0;
    for (int i = 0; i < n; i++) {
      if (Float.isNaN(g[at + i])) {
        return i;
      }
      if (Math.abs(g[at + i]) > Math.abs(g[at + best])) {
        best = i;
      }
    }
    return best;
  }

  /**
   * Writes to {@code out} the gradient without those elements whose step would leave the box at
   * once: x at an edge, the step outwards. They cannot use any of an L2 or L1 budget.
   *
   * @param sign +1 if the step goes along g, −1 if against it
   */
  public static void insideBox(
      float[] x, int xAt, float[] g, int gAt, int sign, Box box, float[] out) {
    for (int i = 0; i < out.length; i++) {
      float along = sign * g[gAt + i];
      boolean outwards =
          (x[xAt + i] <= box.low() && along < 0) || (x[xAt + i] >= box.high() && along > 0);
      out[i] = outwards ? 0 : g[gAt + i];
    }
  }

  /**
   * x + d in float, rounded towards x where rounding to nearest would go farther than |d|: so a
   * perturbed input never lies outside its ball, not by one unit in the last place.
   */
  public static float add(float x, double d) {
    return BallStep.add(x, d);
  }
}
