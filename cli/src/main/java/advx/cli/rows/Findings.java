package advx.cli.rows;

import advx.attacks.detector.Roc;
import advx.attacks.measure.Mean;
import advx.attacks.measure.Median;
import advx.attacks.measure.Rate;
import advx.cli.result.Figure;
import advx.cli.result.Metric;
import advx.cli.result.RowResult;
import advx.nn.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects what a row finds while it runs. */
final class Findings {
  /** A mean of fewer samples is given no interval. */
  private static final int FEWEST = 6;

  private final Row row;
  private final Session session;
  private final long started = System.nanoTime();
  private final List<Metric> metrics = new ArrayList<>();
  private final List<String> decisions = new ArrayList<>();
  private final List<Figure> figures = new ArrayList<>();
  private final SortedMap<String, String> fingerprints = new TreeMap<>();
  private final SortedMap<String, String> settings = new TreeMap<>();
  private String cause = "";

  Findings(Row row, Session session) {
    this.row = row;
    this.session = session;
  }

  void metric(Metric metric) {
    metrics.add(metric);
  }

  /** A number that is not held against the paper. */
  void metric(String name, String label, String unit, long n, double value) {
    metrics.add(new Metric(name, label, unit, n, value, null, null, null, ""));
  }

  /** A share of samples with its Wilson interval, not held against the paper. */
  void rate(String name, String label, Rate rate) {
    rate(name, label, rate, null, null, "");
  }

  /** A share of samples with its Wilson interval, beside the paper's figure. */
  void rate(String name, String label, Rate rate, Double paper, Double tolerance, String reason) {
    metrics.add(
        new Metric(
            name,
            label,
            "%",
            rate.n(),
            rate.value(),
            new Metric.Interval(rate.low(), rate.high()),
            paper,
            tolerance,
            reason));
  }

  /** A mean probability with its 95 % interval, beside the paper's figure. */
  void mean(String name, String label, Mean mean, Double paper, Double tolerance, String reason) {
    Metric.Interval interval = interval(mean, "%");
    metrics.add(
        new Metric(name, label, "%", mean.n(), mean.value(), interval, paper, tolerance, reason));
  }

  /** A mean of a distance, count or share with its 95 % interval, not held against the paper. */
  void mean(String name, String label, String unit, Mean mean) {
    Metric.Interval interval = interval(mean, unit);
    metrics.add(new Metric(name, label, unit, mean.n(), mean.value(), interval, null, null, ""));
  }

  /**
   * None of a few samples, for which the normal law is far off. No mean shown is of a quantity that
   * can be negative, and a share ends at 1 too.
   */
  private static Metric.Interval interval(Mean mean, String unit) {
    if (mean.n() < FEWEST) {
      return null;
    }
    double most = unit.equals("%") ? 1 : Double.POSITIVE_INFINITY;
    return new Metric.Interval(Math.max(0, mean.low()), Math.min(most, mean.high()));
  }

  /** A median with its 95 % interval, not held against the paper. */
  void median(String name, String label, Median median) {
    Metric.Interval interval =
        Double.isNaN(median.low()) ? null : new Metric.Interval(median.low(), median.high());
    metrics.add(new Metric(name, label, "", median.n(), median.value(), interval, null, null, ""));
  }

  /** The area under a curve with its 95 % interval, not held against the paper. */
  void area(String name, String label, long n, Roc roc) {
    Metric.Interval interval = new Metric.Interval(roc.low(), roc.high());
    metrics.add(new Metric(name, label, "", n, roc.area(), interval, null, null, ""));
  }

  /** What the paper leaves open, and what was decided. */
  void decision(String sentence) {
    decisions.add(sentence);
  }

  void setting(String name, Object value) {
    settings.put(name, String.valueOf(value));
  }

  void figure(Figure figure) {
    figures.add(figure);
  }

  /**
   * A sweep: a small table of what came out for each of several settings.
   *
   * @param rows as many cells a row as there are heads: {@link Figure#cell}, {@link Figure#share}
   */
  void sweep(String title, List<String> heads, List<List<Figure.Cell>> rows) {
    figures.add(new Figure.Table(title, heads, rows));
  }

  /**
   * Why the claim, or a figure, differs from the paper's, in a sentence: only what was tried, not
   * what one might think. Without it a claim that does not hold says "cause not found".
   */
  void cause(String sentence) {
    cause = sentence;
  }

  /** The weights that the row's numbers come from. */
  void fingerprint(String model, String sha256) {
    fingerprints.put(model, sha256);
  }

  /**
   * The row's result.
   *
   * @param ofThePaper whether the row needs the paper's data to be comparable; a row about numbers
   *     alone is comparable anywhere
   */
  RowResult result(boolean holds, String rule, boolean ofThePaper) {
    return judged(holds, rule, !ofThePaper || session.data().test().info().comparable());
  }

  /** The row's result; it is comparable if this data set, which it was measured on, is. */
  RowResult result(boolean holds, String rule, Dataset measuredOn) {
    return judged(holds, rule, measuredOn.info().comparable());
  }

  /** The row's result; not comparable, since this profile measures on other data than the paper. */
  RowResult elsewhere(boolean holds, String rule) {
    return judged(holds, rule, false);
  }

  private RowResult judged(boolean holds, String rule, boolean comparable) {
    return new RowResult(
        row.subject(),
        session.seed(),
        holds,
        rule,
        cause,
        comparable,
        metrics,
        fingerprints,
        decisions,
        settings,
        figures,
        command(row, session),
        (System.nanoTime() - started) / 1e9,
        "");
  }

  /** The row among the results when data that it needs are not here. */
  static RowResult skipped(Row row, Session session, String sentence) {
    return new RowResult(
        row.subject(),
        session.seed(),
        false,
        "",
        "",
        true,
        List.of(),
        new TreeMap<>(),
        List.of(),
        new TreeMap<>(),
        List.of(),
        command(row, session),
        0,
        sentence);
  }

  private static String command(Row row, Session session) {
    String options = row.leastImages() > 0 ? session.scope().options() : "";
    return "java -jar advx.jar reproduce --only %s --profile %s --seed %d%s"
        .formatted(row.id(), session.profile().word(), session.seed(), options);
  }
}
