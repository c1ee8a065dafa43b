package advx.attacks;

import advx.engine.InputException;

/**
 * What an adversary may do: add a perturbation δ with ‖δ‖ ≤ ε, and stay inside the box.
 *
 * <p>It says nothing of how the adversary goes about it; that is the {@link Attack}. All numbers
 * are in the data's own units: with pixels from 0 to 255, ε is 64 where it is 0.25 for pixels from
 * 0 to 1.
 *
 * @param epsilon the largest norm; 0 allows nothing
 * @param box the range of valid inputs; attacks keep to it only if they are set to clip
 */
public record ThreatModel(Norm norm, double epsilon, Box box) {
  /** The epsilon that bounds nothing: for attacks that look for the smallest perturbation. */
  public static final double UNLIMITED = Float.MAX_VALUE;

  /** Norms are sums in double; this much, relative, is rounding and not a larger step. */
  private static final double ROUNDING = 1e-12;

  public ThreatModel {
    if (!(epsilon >= 0 && epsilon <= Float.MAX_VALUE)) {
      throw new InputException(
          "Epsilon is %s, but it bounds a distance: give a number from 0 up, in the data's own units."
              .formatted(epsilon));
    }
  }

  /** The papers' threat model: L∞, and no box. */
  public static ThreatModel linf(double epsilon) {
    return new ThreatModel(Norm.LINF, epsilon, Box.NONE);
  }

  public ThreatModel withEpsilon(double other) {
    return new ThreatModel(norm, other, box);
  }

  public ThreatModel withBox(Box other) {
    return new ThreatModel(norm, epsilon, other);
  }

  /** Whether a perturbation of this norm is allowed; NaN is not. */
  public boolean allows(double distance) {
    return distance <= epsilon * (1 + ROUNDING);
  }

  /** Whether epsilon bounds anything. */
  public boolean limits() {
    return epsilon < UNLIMITED;
  }

  @Override
  public String toString() {
    String bound = limits() ? Double.toString(epsilon) : "any";
    return "norm=%s epsilon=%s box=%s".formatted(norm.word(), bound, box);
  }
}
