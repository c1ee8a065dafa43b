package advx.attacks.detector;

import advx.attacks.measure.Rate;
import java.util.stream.DoubleStream;

/**
 * How well a detector tells benign inputs from adversarial ones.
 *
 * @param falsePositives benign inputs that were flagged, of all benign ones
 * @param falseNegatives adversarial inputs that were not flagged, of all adversarial ones
 * @param roc what other thresholds would give
 */
public record DetectorEvaluation(Rate falsePositives, Rate falseNegatives, Roc roc) {
  /** From scores, of which those above 0 flag; a score that is NaN flags. */
  public static DetectorEvaluation of(double[] benign, double[] adversarial) {
    long flagged = DoubleStream.of(benign).filter(Detector::flags).count();
    long missed = DoubleStream.of(adversarial).filter(s -> !Detector.flags(s)).count();
    return new DetectorEvaluation(
        new Rate(flagged, benign.length),
        new Rate(missed, adversarial.length),
        Roc.of(benign, adversarial));
  }
}
