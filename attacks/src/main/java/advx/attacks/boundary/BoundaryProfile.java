package advx.attacks.boundary;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What lies around one input: along each way the number of steps after which the model's answer is
 * another one, and which.
 *
 * <p>Only the first change counts, and only on the grid of steps; the answer is compared with what
 * the model says of the input itself, right or wrong. Where the model names no class (a logit is
 * NaN, or the largest infinite), its answer has changed, to none.
 *
 * @param prediction the model's answer to the input; −1 if it names no class: then no way is walked
 * @param steps along each way, from 1; 0 where the answer never changed
 * @param adjacent the new answer along each way; −1 where there is none
 */
public record BoundaryProfile(
    BoundarySettings settings, int prediction, int[] steps, int[] adjacent) {
  public BoundaryProfile {
    if (steps.length != adjacent.length) {
      throw new IllegalArgumentException(
          "BoundaryProfile: got %d distances and %d classes"
              .formatted(steps.length, adjacent.length));
    }
  }

  /** How many ways there are. */
  public int ways() {
    return steps.length;
  }

  /** Whether the answer changed along this way. */
  public boolean crossed(int way) {
    return steps[way] > 0;
  }

  /** Along how many ways the answer changed. */
  public int crossings() {
    return (int) IntStream.of(steps).filter(s -> s > 0).count();
  }

  /** The first length at which the answer is another one, as RMS; the settings' number for none. */
  public double distance(int way) {
    return crossed(way) ? settings.length(steps[way]) : settings.never();
  }

  /** The ways from the nearest boundary to the farthest; of equal ones the lower first. */
  public int[] order() {
    return IntStream.range(0, ways())
        .boxed()
        .sorted(Comparator.comparingInt(way -> crossed(way) ? steps[way] : Integer.MAX_VALUE))
        .mapToInt(way -> way)
        .toArray();
  }

  /** All distances, ascending. */
  public double[] sortedDistances() {
    return IntStream.range(0, ways()).mapToDouble(this::distance).sorted().toArray();
  }

  /** The middle distance; of an even number the mean of the two in the middle. */
  public double median() {
    double[] sorted = sortedDistances();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** The shortest distance of all. */
  public double least() {
    return sortedDistances()[0];
  }

  /** A class that lies behind the boundary, and along how many ways. */
  public record Neighbour(int label, int ways) {}

  /** The adjacent classes, that of the most ways first; of equal ones the lower class first. */
  public Neighbour[] neighbours() {
    return Arrays.stream(adjacent)
        .filter(label -> label >= 0)
        .distinct()
        .mapToObj(label -> new Neighbour(label, count(label)))
        .sorted(
            Comparator.comparingInt(Neighbour::ways).reversed().thenComparingInt(Neighbour::label))
        .toArray(Neighbour[]::new);
  }

  private int count(int label) {
    return (int) IntStream.of(adjacent).filter(a -> a == label).count();
  }

  /**
   * The purity of the top k: of the ways that end in another class, the share whose class is one of
   * the k most frequent; NaN if there is none.
   */
  public double purity(int k) {
    Neighbour[] all = neighbours();
    long named = Arrays.stream(all).mapToLong(Neighbour::ways).sum();
    long top = Arrays.stream(all).limit(k).mapToLong(Neighbour::ways).sum();
    return (double) top / named;
  }
}
