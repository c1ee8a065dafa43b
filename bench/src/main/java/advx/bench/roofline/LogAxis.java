package advx.bench.roofline;

import java.util.ArrayList;
import java.util.List;

/**
 * A logarithmic axis that begins and ends at 1, 2 or 5 times a power of ten.
 *
 * @param low its start
 * @param high its end
 */
record LogAxis(double low, double high) {
  private static final int[] NICE = {1, 2, 5, 10};

  /** The smallest axis that holds all values with some room around them. */
  static LogAxis around(double least, double most) {
    double low = 0;
    double high = 0;
    for (int nice : NICE) {
      double below = nice * power(least / 1.1);
      low = below <= least / 1.1 ? below : low;
    }
    for (int i = NICE.length - 1; i >= 0; i--) {
      double above = NICE[i] * power(most * 1.1);
      high = above >= most * 1.1 ? above : high;
    }
    return new LogAxis(low, high);
  }

  /** The largest power of ten that is not above. */
  private static double power(double value) {
    return StrictMath.pow(10, Math.floor(StrictMath.log10(value)));
  }

  /** Where a value lies: 0 at the start, 1 at the end. */
  double at(double value) {
    return StrictMath.log10(value / low) / StrictMath.log10(high / low);
  }

  /** 1, 2 and 5 times the powers of ten between the ends. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (double decade = power(low); decade <= high; decade *= 10) {
      for (int i = 0; i + 1 < NICE.length; i++) {
        double tick = NICE[i] * decade;
        if (tick >= low * 0.999 && tick <= high * 1.001) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }
}
