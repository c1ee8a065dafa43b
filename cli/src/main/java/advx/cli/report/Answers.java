package advx.cli.report;

import advx.cli.result.Metric;
import advx.cli.result.RowResult;
import advx.cli.result.Verdict;

/** The two questions of every table: does the claim hold, does the figure match? */
final class Answers {
  /** "yes", "no", "not comparable" or "skipped". */
  static String claim(RowResult row) {
    if (row.isSkipped()) {
      return Verdict.SKIPPED.text();
    }
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

  /**
   * What is to be said below a row's title: why it was skipped, or why it differs from the paper;
   * "" where there is nothing to say.
   */
  static String remark(RowResult row) {
    return switch (row.verdict()) {
      case SKIPPED -> "skipped: " + row.skipped();
      case DIFFERS -> "differs: " + (row.cause().isEmpty() ? "cause not found" : row.cause());
      case HOLDS -> row.cause().isEmpty() ? "" : "figures differ: " + row.cause();
      case MATCHES, NOT_COMPARABLE -> "";
    };
  }

  private Answers() {}
}
