package advx.cli.result;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one row of the reproduction measured, for one seed.
 *
 * @param subject what it is about
 * @param seed what all its random numbers were drawn from
 * @param holds whether the claim is true here, by the row's rule
 * @param rule that rule in a sentence
 * @param cause why the claim or a figure differs from the paper's, as far as it was found; "" if
 *     nothing is known
 * @param comparable whether the data are those of the paper
 * @param metrics the numbers
 * @param fingerprints SHA-256 of the weights of each model used, by name; part of the digest
 * @param decisions what the paper leaves open and what was decided
 * @param settings everything else that was set
 * @param figures pictures
 * @param command how to run this row alone
 * @param seconds how long it took; never part of the digest
 * @param skipped why it was not measured, in a sentence; "" if it was
 */
public record RowResult(
    Subject subject,
    long seed,
    boolean holds,
    String rule,
    String cause,
    boolean comparable,
    List<Metric> metrics,
    SortedMap<String, String> fingerprints,
    List<String> decisions,
    SortedMap<String, String> settings,
    List<Figure> figures,
    String command,
    double seconds,
    String skipped) {

  public RowResult {
    metrics = List.copyOf(metrics);
    fingerprints = Collections.unmodifiableSortedMap(new TreeMap<>(fingerprints));
    decisions = List.copyOf(decisions);
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    figures = List.copyOf(figures);
    Names.unique("The row " + subject.id(), metrics.stream().map(Metric::name).toList());
    for (String name : fingerprints.keySet()) {
      Names.check("The model's name in row " + subject.id(), name);
    }
  }

  /** The row's name: {@code maxout}. */
  public String id() {
    return subject.id();
  }

  public String title() {
    return subject.title();
  }

  public String place() {
    return subject.place();
  }

  public String claim() {
    return subject.claim();
  }

  /** Whether there is nothing to say, since data that it needs are not here. */
  public boolean isSkipped() {
    return !skipped.isEmpty();
  }

  /**
   * Whether the claim is true here: by the row's rule, and only if the arithmetic did not break
   * down: no rule is to be trusted on NaN.
   */
  public boolean claimHolds() {
    return holds && metrics.stream().noneMatch(Metric::broken);
  }

  /** The same, not comparable. */
  RowResult onOtherData() {
    return new RowResult(
        subject,
        seed,
        holds,
        rule,
        cause,
        false,
        metrics,
        fingerprints,
        decisions,
        settings,
        figures,
        command,
        seconds,
        skipped);
  }

  /** What the row says about the paper. */
  public Verdict verdict() {
    if (isSkipped()) {
      return Verdict.SKIPPED;
    }
    if (!comparable) {
      return Verdict.NOT_COMPARABLE;
    }
    if (!claimHolds()) {
      return Verdict.DIFFERS;
    }
    return metrics.stream().filter(Metric::compared).allMatch(Metric::matches)
        ? Verdict.MATCHES
        : Verdict.HOLDS;
  }
}
