package advx.cli.rows;

import advx.attacks.boundary.BoundarySettings;
import advx.attacks.detector.DetectorTraining;
import advx.attacks.optimal.Search;
import advx.nn.Architecture;

/**
 * On what boundary classifiers are trained and judged. The first test images of the data set train
 * them, those that follow judge them, in order, as published.
 *
 * @param training images
 * @param test images
 * @param adaptive of the test images, those that are attacked by somebody who knows the detector
 * @param boundary the directions that it looks along
 * @param search how OPT* looks for examples
 * @param classifier the layers of the detector
 * @param evasion how it is attacked
 */
record DetectorSettings(
    int training,
    int test,
    int adaptive,
    BoundarySettings boundary,
    Search search,
    DetectorTraining learning,
    Architecture classifier,
    Evasion evasion) {
  /**
   * How far the attack that knows the detector goes, in the data's own units.
   *
   * @param radius the first of its radii
   * @param step of its climb
   */
  record Evasion(double radius, double step) {}

  /** The same on so many images, of which this share trains; 0 for as many as there are. */
  DetectorSettings on(int images, int parts) {
    if (images == 0) {
      return this;
    }
    int newTraining = images * (parts - 1) / parts;
    int newTest = images - newTraining;
    int newAdaptive = Math.min(adaptive, newTest);
    return new DetectorSettings(
        newTraining, newTest, newAdaptive, boundary, search, learning, classifier, evasion);
  }

  /** All of them. */
  int images() {
    return training + test;
  }

  /** What is less than published, for the reader; "" if nothing is. */
  String reduced(DetectorSettings published) {
    return equals(published)
        ? ""
        : "Reduced against the profile paper: %d images train and %d judge instead of %d and %d; the boundary is looked for along %s in steps of %s instead of along %d in steps of %s; OPT* takes %d constants of at most %d iterations instead of %d of %d."
            .formatted(
                training,
                test,
                published.training,
                published.test,
                ways(),
                boundary.step(),
                published.boundary.ways(),
                published.boundary.step(),
                search.steps(),
                search.iterations(),
                published.search.steps(),
                published.search.iterations());
  }

  private String ways() {
    return boundary.negatives()
        ? "%d fixed directions, %d orthogonal ones and their negatives,"
            .formatted(boundary.ways(), boundary.directions())
        : "%d fixed orthogonal directions".formatted(boundary.directions());
  }
}
