package advx.cli.result;

/**
 * One measured number.
 *
 * @param name unique in its row, lower case with dashes: {@code fgsm-error}
 * @param label how people read it: "FGSM error, ε 0.25"
 * @param unit "%" for a share printed in percent (value 0.994 prints as 99.4 %), else a unit or ""
 * @param n the number of samples it was measured on
 * @param value the number itself, shares as fractions
 * @param interval its 95 % interval, or null where none applies
 * @param paper the paper's figure, or null
 * @param tolerance how far from the paper's figure still counts as matching, or null: not compared
 * @param reason why that tolerance
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
    String reason) {

  /** A confidence interval. */
  public record Interval(double low, double high) {}

  /** Whether the figure is held against the paper. */
  public boolean compared() {
    return paper != null && tolerance != null;
  }

  /** Whether it lies within its tolerance of the paper's figure. */
  public boolean matches() {
    return compared() && Math.abs(value - paper) <= tolerance;
  }
}
