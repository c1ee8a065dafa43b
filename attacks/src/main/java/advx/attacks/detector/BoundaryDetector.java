package advx.attacks.detector;

import advx.attacks.boundary.BoundaryAnalysis;
import advx.engine.Tensor;

/** The whole defence: the analysis of an input's surroundings, and the classifier that reads it. */
public record BoundaryDetector(BoundaryAnalysis analysis, BoundaryClassifier classifier)
    implements Detector {
  @Override
  public double[] scores(Tensor x) {
    return x.rows() == 0
        ? new double[0]
        : classifier.scores(Surroundings.ofProfiles(analysis.of(x)));
  }
}
