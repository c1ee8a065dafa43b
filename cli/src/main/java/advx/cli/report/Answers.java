package advx.cli.report;

import advx.cli.result.Metric;
import advx.cli.result.RowResult;
import advx.cli.result.Verdict;

/** The two questions of every table: does the claim hold, does the figure match? */
final class Answers {
  /** "yes", "no" or "not comparable". */
  static String claim(RowResult row) {
    if (!row.comparable()) {
      return Verdict.NOT_COMPARABLE.text();
    }
    return row.claimHolds() ? "yes" : "no";
  }

  /** "yes", "no", "not comparable", or a dash where the figure is not held against the paper. */
  static String figure(RowResult row, Metric metric) {
    if (!row.comparable()) {
      return Verdict.NOT_COMPARABLE.text();
    }
    if (!metric.compared()) {
      return Numbers.NONE;
    }
    return metric.matches() ? "yes" : "no";
  }

  private Answers() {}
}
