package advx.cli.command;

import advx.attacks.measure.Mean;
import advx.attacks.measure.Rate;
import advx.cli.report.Numbers;

/** Shares and means as the commands print them. */
final class Figures {
  private Figures() {}

  /** "1.92 % (1.67 – 2.21 %)": a share and its 95 % interval. */
  static String rate(Rate rate) {
    return "%s  (%s – %s)"
        .formatted(
            Numbers.percent(rate.value()),
            Numbers.percent(rate.low()).replace(" %", ""),
            Numbers.percent(rate.high()));
  }

  /** A mean probability, or a dash over no samples. */
  static String mean(Mean mean) {
    return mean.n() == 0 ? "–" : Numbers.percent(mean.value());
  }
}
