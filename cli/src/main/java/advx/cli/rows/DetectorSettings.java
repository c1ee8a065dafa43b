package advx.cli.rows;

import advx.attacks.boundary.BoundarySettings;
import advx.attacks.detector.DetectorTraining;
import advx.attacks.optimal.Search;

/**
 * On what boundary classifiers are trained and judged. The first test images of the data set train
 * them, those that follow judge them, in order, as published.
 *
 * @param training images
 * @param test images
 * @param adaptive of the test images, those that are attacked by somebody who knows the detector
 * @param boundary the directions that it looks along
 * @param search how OPT* looks for examples
 */
record DetectorSettings(
    int training,
    int test,
    int adaptive,
    BoundarySettings boundary,
    Search search,
    DetectorTraining learning) {
  /** Of five images four train, as published: 8000 of 10,000. */
  private static final int PARTS = 5;

  static DetectorSettings of(Scope scope, long seed) {
    DetectorSettings usual = usual(scope.profile(), seed);
    if (scope.images() == 0) {
      return usual;
    }
    int training = scope.images() * (PARTS - 1) / PARTS;
    int test = scope.images() - training;
    return new DetectorSettings(
        training,
        test,
        Math.min(usual.adaptive(), test),
        usual.boundary(),
        usual.search(),
        usual.learning());
  }

  private static DetectorSettings usual(Profile profile, long seed) {
    BoundarySettings published = BoundarySettings.mnist(seed);
    BoundarySettings coarse = published.inSteps(0.03, 16, published.never());
    DetectorTraining learning = DetectorTraining.mnist(seed);
    return switch (profile) {
      // No row on detectors is part of a smoke run: this size is for tests.
      case SMOKE ->
          new DetectorSettings(20, 12, 1, coarse.along(18, true), search(40, 1), few(150, seed));
      case QUICK ->
          new DetectorSettings(32, 16, 3, coarse.along(50, true), search(100, 2), few(400, seed));
      case STANDARD ->
          new DetectorSettings(150, 50, 10, coarse.along(100, true), search(200, 2), learning);
      case PAPER -> new DetectorSettings(8_000, 2_000, 100, published, Search.MNIST, learning);
    };
  }

  /** The published search with fewer iterations for each of fewer constants. */
  private static Search search(int iterations, int constants) {
    Search full = Search.MNIST;
    return new Search(full.rate(), iterations, constants, full.first(), full.abortEarly());
  }

  private static DetectorTraining few(int steps, long seed) {
    return new DetectorTraining(32, steps, 2e-3, seed);
  }

  /** All of them. */
  int images() {
    return training + test;
  }

  /** What is less than published, for the reader; "" if nothing is. */
  String reduced(Profile profile) {
    return profile == Profile.PAPER
        ? ""
        : "Reduced: %d images train and %d judge instead of 8000 and 2000; the boundary is looked for along %d fixed directions, %d orthogonal ones and their negatives, in steps of %s instead of along 1568 in steps of 0.01; OPT* takes %d constants of at most %d iterations instead of 4 of 1000."
            .formatted(
                training,
                test,
                boundary.ways(),
                boundary.directions(),
                boundary.step(),
                search.steps(),
                search.iterations());
  }
}
