package advx.cli.report;

import advx.cli.result.Figure.Cell;
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
    return isShare(metric) ? published(100, paper) + " %" : published(1, paper);
  }

  /** The 95 % interval, both ends with the same number of decimals: "86.5 – 87.9 %"; or a dash. */
  public static String interval(Metric metric) {
    return metric.interval() == null
        ? NONE
        : range(metric, metric.interval().low(), metric.interval().high());
  }

  /** The least and the greatest value over the seeds; a dash for a single one. */
  public static String spread(Metric metric) {
    return metric.spread() == null
        ? NONE
        : range(metric, metric.spread().low(), metric.spread().high());
  }

  private static String range(Metric metric, double low, double high) {
    if (!isShare(metric)) {
      int decimals =
          isExact(low)
              ? decimals(high)
              : isExact(high) ? decimals(low) : Math.min(decimals(low), decimals(high));
      return plain(low, decimals) + " – " + plain(high, decimals);
    }
    int decimals = Math.max(percentDecimals(low), percentDecimals(high));
    return percent(low, decimals).replace(" %", "") + " – " + percent(high, decimals);
  }

  /** A cell of a table: a setting like 0.0025 with its own digits. */
  static String cell(Cell cell) {
    if (cell.text() != null) {
      return cell.text();
    }
    if (cell.unit().equals("%")) {
      return percent(cell.value());
    }
    String number = Double.isFinite(cell.value()) ? tick(cell.value()) : plain(cell.value());
    return (number + " " + cell.unit()).strip();
  }

  /** How far from the paper's figure still matches: "±5 points", "±0.1"; a dash if not compared. */
  public static String tolerance(Metric metric) {
    if (!metric.compared()) {
      return NONE;
    }
    if (!isShare(metric)) {
      return "±" + published(1, metric.tolerance());
    }
    String points = published(100, metric.tolerance());
    return "±" + points + (points.equals("1") ? " point" : " points");
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
    return percent(share, percentDecimals(share));
  }

  private static String percent(double share, int decimals) {
    if (!Double.isFinite(share)) {
      return plain(share);
    }
    BigDecimal percent = inPercent(share);
    BigDecimal shown =
        isEnd(percent) ? percent.setScale(0) : percent.setScale(decimals, RoundingMode.HALF_EVEN);
    return sign(shown.toPlainString()) + " %";
  }

  private static int percentDecimals(double share) {
    if (!Double.isFinite(share) || share == 0 || share == 1) {
      return 0;
    }
    BigDecimal percent = inPercent(share);
    int decimals = percent.abs().compareTo(BigDecimal.TEN) < 0 ? 2 : 1;
    while (decimals < 6 && isEnd(percent.setScale(decimals, RoundingMode.HALF_EVEN))) {
      decimals++;
    }
    return decimals;
  }

  private static boolean isEnd(BigDecimal percent) {
    return percent.signum() == 0 || percent.compareTo(HUNDRED) == 0;
  }

  private static BigDecimal inPercent(double share) {
    return new BigDecimal(share).multiply(HUNDRED);
  }

  /**
   * Any other number: four significant digits, whole numbers in full, thousands in groups, powers
   * of ten below 10⁻⁴ and from 10⁹ on.
   */
  public static String plain(double value) {
    return plain(value, decimals(value));
  }

  private static String plain(double value, int decimals) {
    if (Double.isNaN(value)) {
      return "not a number";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "infinite" : "minus infinite";
    }
    return text(new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN));
  }

  /** So many that there are four significant digits; none for whole numbers. */
  private static int decimals(double value) {
    if (isExact(value)) {
      return 0;
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(4, RoundingMode.HALF_EVEN));
    return 3 - (rounded.precision() - rounded.scale() - 1);
  }

  /** Whether it is printed in full: a whole number, or none at all. */
  private static boolean isExact(double value) {
    return !Double.isFinite(value) || (Math.abs(value) < 1e9 && value == Math.rint(value));
  }

  /** A mark on an axis: the shortest text of six digits or fewer. */
  static String tick(double value) {
    var rounded = new BigDecimal(value).round(new MathContext(6, RoundingMode.HALF_EVEN));
    return text(rounded.stripTrailingZeros());
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
        ? s / 60 + " min " + twoDigits(s % 60) + " s"
        : s / 3600 + " h " + twoDigits(s % 3600 / 60) + " min";
  }

  private static String twoDigits(long n) {
    return n < 10 ? "0" + n : Long.toString(n);
  }

  /** Published figures have few digits; 89.4 / 100 in binary has many. */
  private static String published(int scale, double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(8, RoundingMode.HALF_EVEN));
    return text(rounded.multiply(BigDecimal.valueOf(scale)).stripTrailingZeros());
  }

  private static String text(BigDecimal value) {
    if (value.signum() == 0) {
      return "0";
    }
    int exponent = value.precision() - value.scale() - 1;
    if (exponent < -4 || exponent >= 9) {
      String digits = value.scaleByPowerOfTen(-exponent).toPlainString();
      return sign(digits) + "·10" + raised(exponent);
    }
    String digits = value.toPlainString();
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
