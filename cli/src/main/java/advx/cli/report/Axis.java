package advx.cli.report;

import java.util.ArrayList;
import java.util.List;

/**
 * The scale of one axis: its ends, and ticks at 1, 2 or 5 times powers of ten.
 *
 * @param low the value at its start
 * @param high the value at its end
 */
record Axis(double low, double high, boolean log, List<Double> ticks) {
  private static final int[] NICE = {1, 2, 5, 10};

  /** An axis from the least to the greatest value, as it is. */
  static Axis tight(double least, double most) {
    if (areOne(least, most)) {
      double pad = least == 0 ? 1 : Math.abs(least) / 2;
      return tight(least - pad, most + pad);
    }
    double step = step(most - least);
    return new Axis(least, most, false, ticks(least, most, step));
  }

  /** An axis that ends at ticks; it starts at zero unless that would waste half of it. */
  static Axis rounded(double least, double most) {
    if (areOne(least, most)) {
      double pad = least == 0 ? 1 : Math.abs(least) / 2;
      return rounded(least - pad, most + pad);
    }
    double from = least > 0 && least <= most / 2 ? 0 : least;
    double to = most < 0 && most >= least / 2 ? 0 : most;
    double step = step(to - from);
    double low = Math.floor(from / step + 1e-9) * step;
    double high = Math.ceil(to / step - 1e-9) * step;
    return new Axis(low, high, false, ticks(low, high, step));
  }

  /** A logarithmic axis for positive values; values within a factor of five get a linear one. */
  static Axis logarithmic(double least, double most) {
    if (most < 5 * least) {
      return rounded(least, most);
    }
    double low = niceBelow(least);
    double high = niceBelow(most) == most ? most : niceAbove(most);
    if (low == high) {
      high = niceAbove(high);
    }
    boolean decades = high / low > 200;
    var ticks = new ArrayList<Double>();
    for (double at = low; at <= high * (1 + 1e-9); at = niceAbove(at)) {
      if (!decades || exactPower(at)) {
        ticks.add(at);
      }
    }
    int every = Math.ceilDiv(ticks.size(), 7);
    List<Double> kept = ticks.stream().filter(t -> !decades || exponent(t) % every == 0).toList();
    return new Axis(low, high, true, kept);
  }

  /** Where a value lies: 0 at the start, 1 at the end. */
  double at(double value) {
    return log
        ? (StrictMath.log10(value) - StrictMath.log10(low))
            / (StrictMath.log10(high) - StrictMath.log10(low))
        : (value - low) / (high - low);
  }

  /** Values so close that no ticks would tell them apart. */
  private static boolean areOne(double least, double most) {
    return !(most - least > 1e-9 * Math.max(Math.abs(least), Math.abs(most)));
  }

  /** About five steps. */
  private static double step(double range) {
    double rough = range / 5;
    double power = StrictMath.pow(10, exponent(rough));
    for (int nice : NICE) {
      if (nice * power >= rough * (1 - 1e-9)) {
        return nice * power;
      }
    }
    return 10 * power;
  }

  private static List<Double> ticks(double low, double high, double step) {
    var ticks = new ArrayList<Double>();
    long first = (long) Math.ceil(low / step - 1e-9);
    long last = (long) Math.floor(high / step + 1e-9);
    for (long i = first; i <= last; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  private static double niceBelow(double value) {
    double power = StrictMath.pow(10, exponent(value));
    double below = power;
    for (int nice : NICE) {
      if (nice * power <= value * (1 + 1e-9)) {
        below = nice * power;
      }
    }
    return below;
  }

  private static double niceAbove(double value) {
    double power = StrictMath.pow(10, exponent(value));
    for (int nice : NICE) {
      if (nice * power > value * (1 + 1e-9)) {
        return nice * power;
      }
    }
    return 20 * power;
  }

  private static boolean exactPower(double value) {
    return Math.abs(value / StrictMath.pow(10, exponent(value)) - 1) < 1e-6;
  }

  private static int exponent(double value) {
    return (int) Math.floor(StrictMath.log10(value) + 1e-12);
  }
}
