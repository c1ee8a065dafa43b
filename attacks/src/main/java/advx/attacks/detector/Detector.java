package advx.attacks.detector;

import advx.engine.Tensor;

/** What looks at inputs and flags those that it takes for adversarial. */
@FunctionalInterface
public interface Detector {
  /**
   * The score of each input [inputs, features]: above 0, or NaN, it is flagged. The same input has
   * the same score at every call.
   */
  double[] scores(Tensor x);

  /** Whether a score flags. */
  static boolean flags(double score) {
    return !(score <= 0);
  }
}
