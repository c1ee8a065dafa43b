package advx.cli.result;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one row of the reproduction measured.
 *
 * @param id the row's name: {@code maxout}
 * @param title for people: "Maxout network under FGSM"
 * @param place where the paper says it: "Goodfellow et al. 2015, §4"
 * @param claim the paper's claim in a sentence
 * @param holds whether the claim is true here, by the row's rule
 * @param rule that rule in a sentence
 * @param comparable whether the data are those of the paper
 * @param metrics the numbers
 * @param fingerprints SHA-256 of the weights of each model used, by name; part of the digest
 * @param decisions what the paper leaves open and what was decided
 * @param settings everything else that was set
 * @param figures pictures
 * @param command how to run this row alone
 * @param seconds how long it took; never part of the digest
 */
public record RowResult(
    String id,
    String title,
    String place,
    String claim,
    boolean holds,
    String rule,
    boolean comparable,
    List<Metric> metrics,
    SortedMap<String, String> fingerprints,
    List<String> decisions,
    SortedMap<String, String> settings,
    List<Figure> figures,
    String command,
    double seconds) {

  public RowResult {
    Names.check("The row's id", id);
    metrics = List.copyOf(metrics);
    fingerprints = Collections.unmodifiableSortedMap(new TreeMap<>(fingerprints));
    decisions = List.copyOf(decisions);
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    figures = List.copyOf(figures);
    Names.unique("The row " + id, metrics.stream().map(Metric::name).toList());
    fingerprints.keySet().forEach(name -> Names.check("The model's name in row " + id, name));
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
        id,
        title,
        place,
        claim,
        holds,
        rule,
        false,
        metrics,
        fingerprints,
        decisions,
        settings,
        figures,
        command,
        seconds);
  }

  /** What the row says about the paper. */
  public Verdict verdict() {
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
