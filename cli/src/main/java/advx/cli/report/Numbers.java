package advx.cli.report;

import advx.cli.result.Metric;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as people read them: shares in percent, with as many digits as mean something. The same
 * on every machine and in every locale.
 *
 * <pre>
 * 0.994 → 99.4 %     0.0094 → 0.94 %     0.99996 → 99.996 %     1 → 100 %     NaN → not a number
 * </pre>
 */
public final class Numbers {
  /** What stands where there is no number. */
  static final String NONE = "–";

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** A measured value of the metric's unit; a unit other than percent is left to the label. */
  public static String value(Metric metric) {
    return isShare(metric) ? percent(metric.value()) : plain(metric.value());
  }

  /** The paper's figure with the digits that the paper gives, or a dash. */
  public static String paper(Metric metric) {
    if (metric.paper() == null) {
      return NONE;
    }
    double paper = metric.paper();
    if (!Double.isFinite(paper)) {
      return plain(paper);
    }
    return isShare(metric)
        ? text(asPublished(paper).multiply(HUNDRED)) + " %"
        : text(asPublished(paper));
  }

  /** The 95 % interval, "86.5 – 87.9 %", or a dash. */
  public static String interval(Metric metric) {
    if (metric.interval() == null) {
      return NONE;
    }
    double low = metric.interval().low();
    double high = metric.interval().high();
    if (!isShare(metric)) {
      return plain(low) + " – " + plain(high);
    }
    String from = percent(low);
    return from.replace(" %", "") + " – " + percent(high);
  }

  /** How far from the paper's figure still matches: "±5 points", "±0.1"; a dash if not compared. */
  public static String tolerance(Metric metric) {
    if (!metric.compared()) {
      return NONE;
    }
    BigDecimal tolerance = asPublished(metric.tolerance());
    return isShare(metric)
        ? "±" + text(tolerance.multiply(HUNDRED)) + " points"
        : "±" + text(tolerance);
  }

  /** The label, with the unit where it is not percent. */
  public static String label(Metric metric) {
    String unit = metric.unit();
    return unit.isEmpty() || isShare(metric) ? metric.label() : metric.label() + ", " + unit;
  }

  /** Whether the value is a fraction that prints in percent. */
  static boolean isShare(Metric metric) {
    return metric.unit().equals("%");
  }

  /**
   * A share in percent: one decimal from 10 % on, two below, more where they are needed to tell it
   * from 0 or from 100 %.
   */
  public static String percent(double share) {
    if (!Double.isFinite(share)) {
      return plain(share);
    }
    BigDecimal percent = new BigDecimal(share).multiply(HUNDRED);
    BigDecimal rest = HUNDRED.subtract(percent);
    int decimals = percent.abs().compareTo(BigDecimal.TEN) < 0 ? 2 : 1;
    BigDecimal rounded = percent.setScale(decimals, RoundingMode.HALF_EVEN);
    while (decimals < 6 && (isLost(percent, rounded) || isLost(rest, HUNDRED.subtract(rounded)))) {
      decimals++;
      rounded = percent.setScale(decimals, RoundingMode.HALF_EVEN);
    }
    boolean whole = rounded.signum() == 0 || rounded.compareTo(HUNDRED) == 0;
    return (whole ? text(rounded) : sign(rounded.toPlainString())) + " %";
  }

  private static boolean isLost(BigDecimal exact, BigDecimal rounded) {
    return exact.signum() != 0 && rounded.signum() == 0;
  }

  /**
   * Any other number: four significant digits, thousands in groups, powers of ten outside 10⁻⁴…10⁹.
   */
  public static String plain(double value) {
    if (Double.isNaN(value)) {
      return "not a number";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "infinite" : "minus infinite";
    }
    double size = Math.abs(value);
    boolean whole = size < 1e9 && value == Math.rint(value);
    return text(whole ? BigDecimal.valueOf((long) value) : round(value, 4));
  }

  /** A count: 10,000. */
  public static String count(long n) {
    return text(BigDecimal.valueOf(n));
  }

  /** A time: "0.4 s", "12 s", "3 min 05 s", "2 h 07 min". */
  public static String duration(double seconds) {
    if (seconds < 9.95) {
      return new BigDecimal(seconds).setScale(1, RoundingMode.HALF_EVEN) + " s";
    }
    long s = Math.round(seconds);
    if (s < 60) {
      return s + " s";
    }
    return s < 3600
        ? "%d min %02d s".formatted(s / 60, s % 60)
        : "%d h %02d min".formatted(s / 3600, s % 3600 / 60);
  }

  /** Published figures have few digits; 89.4 / 100 in binary has many. */
  private static BigDecimal asPublished(double value) {
    return round(value, 8);
  }

  private static BigDecimal round(double value, int digits) {
    return new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
  }

  private static String text(BigDecimal value) {
    if (value.signum() == 0) {
      return "0";
    }
    int exponent = value.precision() - value.scale() - 1;
    BigDecimal plain = value.stripTrailingZeros();
    if (exponent < -4 || exponent >= 9) {
      return sign(plain.scaleByPowerOfTen(-exponent).toPlainString()) + "·10" + raised(exponent);
    }
    String digits = plain.toPlainString();
    int point = digits.indexOf('.');
    int end = point < 0 ? digits.length() : point;
    var grouped = new StringBuilder(digits);
    for (int at = end - 3; at > (digits.startsWith("-") ? 1 : 0); at -= 3) {
      grouped.insert(at, ',');
    }
    return sign(grouped.toString());
  }

  private static String sign(String digits) {
    return digits.replace('-', '−');
  }

  /** An exponent in raised digits. */
  static String raised(int exponent) {
    var text = new StringBuilder();
    for (char c : Integer.toString(exponent).toCharArray()) {
      text.append(c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(c - '0'));
    }
    return text.toString();
  }

  private Numbers() {}
}
