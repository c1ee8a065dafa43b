package advx.attacks.detector;

import advx.attacks.boundary.BoundaryProfile;
import advx.engine.InputException;
import advx.engine.Tensor;
import java.util.List;

/**
 * What the boundary classifier sees of some inputs: one row each, first the distances to the
 * boundary, ascending, then the purity of the top 1, 2 and 3 adjacent classes.
 *
 * <p>A purity is NaN where no boundary was met; it becomes 1: no second class is near.
 *
 * @param x [inputs, distances + 3]
 */
public record Surroundings(Tensor x) {
  /** How many purities there are. */
  public static final int PURITIES = 3;

  /** One input: its sorted distances and its purities. */
  public record Row(double[] distances, double[] purities) {
    public Row {
      if (purities.length != PURITIES) {
        throw new IllegalArgumentException(
            "Surroundings: got %d purities, expected %d".formatted(purities.length, PURITIES));
      }
    }

    /** What a boundary analysis found. */
    static Row of(BoundaryProfile profile) {
      double[] purities = {profile.purity(1), profile.purity(2), profile.purity(3)};
      return new Row(profile.sortedDistances(), purities);
    }
  }

  public Surroundings {
    if (x.rank() != 2 || x.columns() <= PURITIES) {
      throw new IllegalArgumentException(
          "Surroundings: got %s, expected [inputs, distances + %d]"
              .formatted(x.shapeString(), PURITIES));
    }
  }

  /** Those that a boundary analysis found, all along the same directions. */
  public static Surroundings ofProfiles(List<BoundaryProfile> profiles) {
    return of(profiles.stream().map(Row::of).toList());
  }

  /** The rows, all of as many distances. */
  public static Surroundings of(List<Row> rows) {
    if (rows.isEmpty()) {
      throw new InputException("The boundary classifier got no inputs: give one or more.");
    }
    int n = rows.getFirst().distances().length;
    Tensor x = Tensor.zeros(rows.size(), n + PURITIES);
    for (int row = 0; row < rows.size(); row++) {
      double[] distances = rows.get(row).distances();
      if (distances.length != n) {
        throw new InputException(
            "The inputs of a boundary classifier need as many distances each, but one has %d and another %d: measure all along the same directions."
                .formatted(n, distances.length));
      }
      int at = row * (n + PURITIES);
      for (int i = 0; i < n; i++) {
        if (!(i == 0 || distances[i] >= distances[i - 1])) {
          throw new IllegalArgumentException("Surroundings: distances have to ascend");
        }
        x.data()[at + i] = (float) distances[i];
      }
      for (int k = 0; k < PURITIES; k++) {
        double purity = rows.get(row).purities()[k];
        x.data()[at + n + k] = Double.isNaN(purity) ? 1 : (float) purity;
      }
    }
    return new Surroundings(x);
  }

  public int size() {
    return x.rows();
  }

  /** Numbers of a row. */
  public int features() {
    return x.columns();
  }

  /** The rows from … to−1. */
  public Surroundings subset(int from, int to) {
    java.util.Objects.checkFromToIndex(from, to, size());
    Tensor part = Tensor.zeros(to - from, features());
    System.arraycopy(x.data(), from * features(), part.data(), 0, part.size());
    return new Surroundings(part);
  }

  /** Copies a row into another tensor. */
  void copy(int row, Tensor into, int to) {
    System.arraycopy(x.data(), row * features(), into.data(), to * features(), features());
  }
}
