package advx.attacks;

/**
 * The point of the ball of radius ε that is nearest to δ, in L2 distance.
 *
 * <pre>
 *  L∞   δᵢ clipped to ±ε
 *  L2   δ·min(1, ε/‖δ‖₂)
 *  L1   sign(δᵢ)·max(|δᵢ| − τ, 0), τ such that the norm is ε (Duchi et al. 2008)
 * </pre>
 *
 * <p>The projection of 0 is 0. In L1, τ is found by Michelot's iteration: the mean excess of the
 * elements above the last τ, which only rises and ends after finitely many rounds; it needs no
 * sorted copy.
 */
final class Projection {
  private Projection() {}

  /** Projects {@code delta} in place; what lies inside the ball stays as it is. */
  static void onto(Norm norm, double epsilon, double[] delta) {
    double length = norm.of(delta);
    if (length <= epsilon) {
      return;
    }
    switch (norm) {
      case LINF -> {
        for (int i = 0; i < delta.length; i++) {
          delta[i] = Math.clamp(delta[i], -epsilon, epsilon);
        }
      }
      case L2 -> {
        double scale = epsilon / length;
        for (int i = 0; i < delta.length; i++) {
          delta[i] *= scale;
        }
      }
      case L1 -> {
        double threshold = threshold(epsilon, length, delta);
        for (int i = 0; i < delta.length; i++) {
          double rest = Math.max(Math.abs(delta[i]) - threshold, 0);
          delta[i] = Math.copySign(rest, delta[i]);
        }
      }
    }
  }

  private static double threshold(double epsilon, double length, double[] delta) {
    double threshold = (length - epsilon) / delta.length;
    while (true) {
      double sum = 0;
      int above = 0;
      for (double d : delta) {
        if (Math.abs(d) > threshold) {
          sum += Math.abs(d);
          above++;
        }
      }
      double next = above == 0 ? threshold : (sum - epsilon) / above;
      if (next <= threshold) {
        return threshold;
      }
      threshold = next;
    }
  }
}
