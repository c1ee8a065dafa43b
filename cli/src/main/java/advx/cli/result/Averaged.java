package advx.cli.result;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One row over all its seeds.
 *
 * <p>A figure is the mean over the seeds and is held against the paper as such; its spread says how
 * far the seeds lie apart. Its interval is the mean of the seeds' intervals: the test points are
 * the same for all seeds, so that more seeds tell no more about other test points. The claim holds
 * if it holds for more than half of the seeds.
 *
 * @param row the means in the form of a row; with one seed, the row itself
 * @param seeds what was measured, by seed
 */
public record Averaged(RowResult row, List<RowResult> seeds) {
  public Averaged {
    seeds = List.copyOf(seeds);
  }

  /** Whether there is more than one seed. */
  public boolean several() {
    return seeds.size() > 1;
  }

  /** For how many seeds the claim holds. */
  public long holding() {
    return seeds.stream().filter(RowResult::claimHolds).count();
  }

  /** One entry a row, in the order in which the rows first stand. */
  static List<Averaged> of(List<RowResult> rows) {
    Map<String, List<RowResult>> byId = new LinkedHashMap<>();
    for (RowResult row : rows) {
      byId.computeIfAbsent(row.id(), id -> new ArrayList<>()).add(row);
    }
    return byId.values().stream().map(Averaged::over).toList();
  }

  private static Averaged over(List<RowResult> all) {
    List<RowResult> measured = all.stream().filter(row -> !row.isSkipped()).toList();
    if (measured.size() <= 1) {
      RowResult only = measured.isEmpty() ? all.getFirst() : measured.getFirst();
      return new Averaged(only, List.of(only));
    }
    RowResult first = measured.getFirst();
    long holding = measured.stream().filter(RowResult::claimHolds).count();
    double seconds = measured.stream().mapToDouble(RowResult::seconds).sum();
    RowResult mean =
        new RowResult(
            first.subject(),
            first.seed(),
            2 * holding > measured.size(),
            first.rule(),
            texts(measured.stream().map(RowResult::cause).toList()),
            measured.stream().allMatch(RowResult::comparable),
            metrics(measured),
            bySeed(measured),
            distinct(measured.stream().map(RowResult::decisions).toList()),
            first.settings(),
            first.figures(),
            first.command(),
            seconds,
            "");
    return new Averaged(mean, measured);
  }

  /** Weights differ by seed: one entry a model and seed. */
  private static SortedMap<String, String> bySeed(List<RowResult> rows) {
    SortedMap<String, String> all = new TreeMap<>();
    for (RowResult row : rows) {
      row.fingerprints().forEach((model, hash) -> all.put(model + ".seed-" + row.seed(), hash));
    }
    return all;
  }

  private static String texts(List<String> texts) {
    return String.join(" ", new LinkedHashSet<>(texts)).strip();
  }

  private static List<String> distinct(List<List<String>> lists) {
    return lists.stream().flatMap(Collection::stream).distinct().toList();
  }

  /** A metric that some seed lacks is the mean over those that have it. */
  private static List<Metric> metrics(List<RowResult> rows) {
    Map<String, List<Metric>> byName = new LinkedHashMap<>();
    for (RowResult row : rows) {
      for (Metric metric : row.metrics()) {
        byName.computeIfAbsent(metric.name(), name -> new ArrayList<>()).add(metric);
      }
    }
    return byName.values().stream().map(Averaged::mean).toList();
  }

  private static Metric mean(List<Metric> all) {
    // Where a seed had nothing to measure, its NaN says nothing about the others.
    List<Metric> some = all.stream().filter(m -> m.n() > 0 || !Double.isNaN(m.value())).toList();
    List<Metric> used = some.isEmpty() ? all : some;
    Metric first = used.getFirst();
    double[] values = used.stream().mapToDouble(Metric::value).toArray();
    double low = values[0];
    double high = values[0];
    for (double value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    List<Metric.Interval> intervals =
        used.stream().map(Metric::interval).filter(java.util.Objects::nonNull).toList();
    Metric.Interval interval =
        intervals.isEmpty()
            ? null
            : new Metric.Interval(
                mean(intervals.stream().mapToDouble(Metric.Interval::low).toArray()),
                mean(intervals.stream().mapToDouble(Metric.Interval::high).toArray()));
    return new Metric(
        first.name(),
        first.label(),
        first.unit(),
        first.n(),
        mean(values),
        interval,
        first.paper(),
        first.tolerance(),
        first.reason(),
        new Metric.Spread(low, high, used.size()));
  }

  /** An ascending chain, divided once. */
  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
