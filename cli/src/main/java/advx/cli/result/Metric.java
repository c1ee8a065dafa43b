package advx.cli.result;

/**
 * One measured number.
 *
 * @param name unique in its row, lower case with dashes: {@code fgsm-error}
 * @param label how people read it: "FGSM error, ε 0.25"
 * @param unit "%" for a share printed in percent (value 0.994 prints as 99.4 %), else a unit or ""
 * @param n the number of samples it was measured on
 * @param value the number itself, shares as fractions; NaN with n = 0 means that there was nothing
 *     to measure, NaN with n &gt; 0 that the arithmetic broke down
 * @param interval its 95 % interval, or null where none applies
 * @param paper the paper's figure, or null
 * @param tolerance how far from the paper's figure still counts as matching, or null: not compared
 * @param reason why that tolerance
 * @param spread how far the values of several seeds lie apart, if the value is their mean; null for
 *     a single seed
 */
public record Metric(
    String name,
    String label,
    String unit,
    long n,
    double value,
    Interval interval,
    Double paper,
    Double tolerance,
    String reason,
    Spread spread) {

  /** A confidence interval. */
  public record Interval(double low, double high) {}

  /** The least and the greatest value over so many seeds. */
  public record Spread(double low, double high, int seeds) {}

  /** A number measured with one seed. */
  public Metric(
      String name,
      String label,
      String unit,
      long n,
      double value,
      Interval interval,
      Double paper,
      Double tolerance,
      String reason) {
    this(name, label, unit, n, value, interval, paper, tolerance, reason, null);
  }

  public Metric {
    Names.check("The metric's name", name);
    if (tolerance != null && (paper == null || !(tolerance >= 0))) {
      throw new IllegalArgumentException(
          "The metric %s has a tolerance of %s, which needs a paper's figure and must not be negative"
              .formatted(name, tolerance));
    }
  }

  /** Whether the figure is held against the paper. */
  public boolean compared() {
    return paper != null && tolerance != null;
  }

  /** Whether it lies within its tolerance of the paper's figure; never true of NaN. */
  public boolean matches() {
    // 0.897 − 0.894 is a little more than 0.003 in binary; the decimal figures are equal.
    return compared() && Math.abs(value - paper) <= tolerance + 1e-12 * Math.abs(paper);
  }

  /** Whether there were samples, and yet the value is not a number. */
  boolean broken() {
    return n > 0 && Double.isNaN(value);
  }
}
