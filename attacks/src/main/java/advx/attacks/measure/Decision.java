package advx.attacks.measure;

import advx.engine.kernel.Extremes;
import advx.nn.Top;

/**
 * What a model says about one sample.
 *
 * @param prediction the class with the largest logit, of equal ones the lowest; −1 if a logit is
 *     NaN or the largest one infinite: then the model names no class, and is wrong
 * @param confidence the probability that the model gives to its prediction; 0 without one
 * @param margin the logit of the true class minus the largest other one; NaN if they are
 */
public record Decision(int prediction, double confidence, double margin) {
  /** Reads one sample's logits[at … at+classes−1]. */
  public static Decision of(Top top, float[] logits, int at, int classes, int label) {
    float others =
        Math.max(
            Extremes.max(logits, at, label),
            Extremes.max(logits, at + label + 1, classes - label - 1));
    double margin = (double) logits[at + label] - others;
    int prediction = prediction(logits, at, classes);
    double confidence = prediction < 0 ? 0 : top.probability(logits, at, classes, prediction);
    return new Decision(prediction, confidence, margin);
  }

  /** The class that one sample's logits[at … at+classes−1] name; −1 for none. */
  static int prediction(float[] logits, int at, int classes) {
    boolean named = Float.isFinite(Extremes.max(logits, at, classes));
    return named ? Extremes.argmax(logits, at, classes) : -1;
  }

  /** Whether the model names a class at all. */
  public boolean named() {
    return prediction >= 0;
  }
}
