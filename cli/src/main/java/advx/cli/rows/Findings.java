package advx.cli.rows;

import advx.attacks.measure.Mean;
import advx.attacks.measure.Rate;
import advx.cli.result.Figure;
import advx.cli.result.Metric;
import advx.cli.result.RowResult;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects what a row finds while it runs. */
final class Findings {
  private final Row row;
  private final Session session;
  private final long started = System.nanoTime();
  private final List<Metric> metrics = new ArrayList<>();
  private final List<String> decisions = new ArrayList<>();
  private final List<Figure> figures = new ArrayList<>();
  private final SortedMap<String, String> fingerprints = new TreeMap<>();
  private final SortedMap<String, String> settings = new TreeMap<>();

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
    Metric.Interval interval = mean.n() < 2 ? null : new Metric.Interval(mean.low(), mean.high());
    metrics.add(
        new Metric(name, label, "%", mean.n(), mean.value(), interval, paper, tolerance, reason));
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
    boolean comparable = !ofThePaper || session.data().test().info().comparable();
    String command =
        "java -jar advx.jar reproduce --only %s --profile %s --seed %d"
            .formatted(row.id(), session.profile().word(), session.seed());
    return new RowResult(
        row.id(),
        row.title(),
        row.place(),
        row.claim(),
        holds,
        rule,
        comparable,
        List.copyOf(metrics),
        fingerprints,
        List.copyOf(decisions),
        settings,
        List.copyOf(figures),
        command,
        (System.nanoTime() - started) / 1e9);
  }
}
