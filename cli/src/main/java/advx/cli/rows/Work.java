package advx.cli.rows;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a row has to do, part by part: each model that it needs, under the name by which {@link
 * Models} keeps it, and its own measuring, under the row's id. Rows that share a model name it
 * alike, so that a run counts it once.
 *
 * @param hours by part, on the reference machine: two cores whose multiply-adds peak at {@link
 *     Estimate#REFERENCE_GFLOPS}
 */
public record Work(SortedMap<String, Double> hours) {
  private static final double SECONDS = 3600;

  public Work {
    hours = Collections.unmodifiableSortedMap(new TreeMap<>(hours));
    hours.forEach(
        (part, amount) -> {
          if (!(amount >= 0)) {
            throw new IllegalArgumentException("The work %s takes %s h".formatted(part, amount));
          }
        });
  }

  /** One part that takes so many hours. */
  public static Work hours(String part, double hours) {
    return new Work(new TreeMap<>(java.util.Map.of(part, hours)));
  }

  /** One part that takes so many seconds. */
  public static Work seconds(String part, double seconds) {
    return hours(part, seconds / SECONDS);
  }

  /** Both; a part that stands in both counts once, as the longer of the two. */
  public Work and(Work other) {
    SortedMap<String, Double> all = new TreeMap<>(hours);
    other.hours.forEach((part, amount) -> all.merge(part, amount, Math::max));
    return new Work(all);
  }

  /** The sum of its parts in hours. */
  public double total() {
    return hours.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
