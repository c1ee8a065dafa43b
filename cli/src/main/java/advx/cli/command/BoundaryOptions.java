package advx.cli.command;

import advx.attacks.Box;
import advx.attacks.boundary.BoundarySettings;
import advx.attacks.region.Region;
import advx.engine.InputException;
import advx.nn.Network;
import picocli.CommandLine.Option;

/**
 * Along how many directions, how finely and how far; what is not given is the paper's choice: for
 * grey images that for MNIST, for coloured ones that for CIFAR-10, scaled to the image's range.
 */
final class BoundaryOptions {
  /** A finer grid is a slip of the keys. */
  private static final int MOST_STEPS = 100_000;

  @Option(
      names = "--directions",
      paramLabel = "N",
      description =
          "Orthogonal directions (default: 784 for grey images, 1000 for coloured ones, at most one"
              + " a number of the image).")
  private Integer directions;

  @Option(
      names = "--negatives",
      negatable = true,
      description = "Follow each backwards too (default: for grey images).")
  private Boolean negatives;

  @Option(
      names = "--step",
      paramLabel = "SIZE",
      description =
          "How far apart the points of a direction are (default: 0.01 of the range for grey images,"
              + " 2/255 for coloured ones).")
  private Double step;

  @Option(
      names = "--limit",
      paramLabel = "SIZE",
      description =
          "How far to look (default: 0.49 of the range for grey images, 126/255 for coloured"
              + " ones).")
  private Double limit;

  @Option(
      names = "--region",
      paramLabel = "RADIUS",
      description =
          "Half the edge of the hypercube of region classification (default: 0.3 of the range for"
              + " grey images, 0.02 for coloured ones).")
  private Double radius;

  @Option(
      names = "--points",
      paramLabel = "N",
      defaultValue = "100",
      description = "Points of the region that vote (default: ${DEFAULT-VALUE}).")
  private int points;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What directions and points are drawn from (default: ${DEFAULT-VALUE}).")
  private long seed;

  /** What can be said before any file is read. */
  void check() {
    if (directions != null && directions < 1) {
      throw new InputException("--directions is %d: give 1 or more.".formatted(directions));
    }
    positive("--step", step);
    positive("--limit", limit);
    if (radius != null && (!(radius >= 0) || radius.isInfinite())) {
      throw new InputException("--region is %s: give a number from 0 up.".formatted(radius));
    }
    if (points < 1) {
      throw new InputException("--points is %d: give 1 or more.".formatted(points));
    }
  }

  private static void positive(String name, Double value) {
    if (value != null && (!(value > 0) || value.isInfinite())) {
      throw new InputException("%s is %s: give a number above 0.".formatted(name, value));
    }
  }

  BoundarySettings settings(Box box, boolean colour, Network network) {
    BoundarySettings paper =
        (colour ? BoundarySettings.cifar10(seed) : BoundarySettings.mnist(seed)).in(box);
    int most = network.features();
    if (directions != null && directions > most) {
      throw new InputException(
          "--directions is %d, but only %d directions are orthogonal among images of %d numbers: give a number from 1 to %d."
              .formatted(directions, most, most, most));
    }
    double size = step == null ? paper.step() : step;
    double far = limit == null ? paper.reach() : limit;
    double steps = Math.floor(far / size * (1 + 1e-9));
    double range = (double) box.high() - box.low();
    if (steps < 1 || steps > MOST_STEPS || far >= range) {
      throw new InputException(
          "Steps of %s up to %s make no search: give --step and --limit so that there are 1 to %d steps, and a limit below %s, the range of the pixels."
              .formatted(size, far, MOST_STEPS, range));
    }
    int k = directions == null ? Math.min(paper.directions(), most) : directions;
    return paper
        .along(k, negatives == null ? paper.negatives() : negatives)
        .inSteps(size, (int) steps, paper.never());
  }

  Region region(Box box, boolean colour) {
    Region paper = colour ? Region.cifar10(seed) : Region.mnist(seed);
    double scale =
        ((double) box.high() - box.low()) / ((double) paper.box().high() - paper.box().low());
    return new Region(radius == null ? paper.radius() * scale : radius, points, box, seed);
  }
}
