package advx.attacks.boundary;

import advx.attacks.measure.Mean;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What the surroundings of several inputs have in common: of benign ones, say, or of those that one
 * attack made. Means are over inputs, each one number.
 *
 * @param profiles all of the same settings
 */
public record BoundarySet(List<BoundaryProfile> profiles) {
  public BoundarySet {
    profiles = List.copyOf(profiles);
    for (BoundaryProfile profile : profiles) {
      if (!profile.settings().equals(profiles.getFirst().settings())) {
        throw new IllegalArgumentException(
            "BoundarySet: got profiles of %s and of %s"
                .formatted(
                    profiles.getFirst().settings().describe(), profile.settings().describe()));
      }
    }
  }

  public int size() {
    return profiles.size();
  }

  /** The median distance of an input to its boundary, over its ways. */
  public Mean median() {
    return mean(BoundaryProfile::median);
  }

  /** The shortest distance of an input to its boundary. */
  public Mean least() {
    return mean(BoundaryProfile::least);
  }

  /** How many classes lie around an input. */
  public Mean neighbours() {
    return mean(profile -> profile.neighbours().length);
  }

  /** The share of an input's ways that met a boundary: those of one input are no sample of many. */
  public Mean crossings() {
    return mean(profile -> (double) profile.crossings() / profile.ways());
  }

  /**
   * The purity of the top k, over the inputs that have an adjacent class at all: {@link Mean#n}
   * says how many.
   */
  public Mean purity(int k) {
    return Mean.of(
        profiles.stream()
            .mapToDouble(profile -> profile.purity(k))
            .filter(Double::isFinite)
            .toArray());
  }

  /** The purity of the top 1, 2, … {@code most} classes. */
  public List<Mean> purities(int most) {
    return java.util.stream.IntStream.rangeClosed(1, most).mapToObj(this::purity).toList();
  }

  /** The sorted distances of each input, a row each. */
  public double[][] sortedDistances() {
    return profiles.stream().map(BoundaryProfile::sortedDistances).toArray(double[][]::new);
  }

  /** The mean over inputs of the nearest distance, of the second nearest, and so on. */
  public double[] meanSortedDistances() {
    double[][] sorted = sortedDistances();
    double[] mean = new double[sorted.length == 0 ? 0 : sorted[0].length];
    for (int i = 0; i < mean.length; i++) {
      for (double[] one : sorted) {
        mean[i] += one[i];
      }
      mean[i] /= sorted.length;
    }
    return mean;
  }

  private Mean mean(ToDoubleFunction<BoundaryProfile> figure) {
    return Mean.of(profiles.stream().mapToDouble(figure).toArray());
  }
}
