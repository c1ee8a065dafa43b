package advx.cli.report;

import static advx.cli.report.SvgChart.px;

import advx.cli.result.Metric;

/**
 * Where a measured value lies beside the paper's, drawn on a scale of its own:
 *
 * <pre>
 *      ░░░░░░░│░░░░░░░      the paper's figure and its tolerance
 *          ├──●──┤          the value here and its 95 % interval
 * </pre>
 */
final class IntervalBar {
  private static final int WIDTH = 150;
  private static final int HEIGHT = 20;

  /** The drawing, or "" if there is nothing to set side by side. */
  static String svg(Metric m) {
    if (m.paper() == null || !Double.isFinite(m.value()) || !Double.isFinite(m.paper())) {
      return "";
    }
    double tolerance = m.compared() ? m.tolerance() : 0;
    double bandLow = within(m, m.paper() - tolerance);
    double bandHigh = within(m, m.paper() + tolerance);
    double low = m.interval() == null ? m.value() : finite(m.interval().low(), m.value());
    double high = m.interval() == null ? m.value() : finite(m.interval().high(), m.value());
    double least = Math.min(Math.min(bandLow, low), Math.min(m.value(), m.paper()));
    double most = Math.max(Math.max(bandHigh, high), Math.max(m.value(), m.paper()));
    double range = most > least ? most - least : 1;
    double shift = most > least ? least : least - 0.5;
    var at =
        new Object() {
          double x(double value) {
            return 8 + (value - shift) / range * (WIDTH - 16);
          }
        };
    return """
    <svg class="bar" role="img" aria-label="%s" viewBox="0 0 %s %s">\
    <path class="band" d="M%s 3H%sV17H%sz"/>\
    <path class="paper" d="M%s 1V19"/>\
    <path class="whisker" d="M%s 10H%sM%s 7v6M%s 7v6"/>\
    <circle class="here" cx="%s" cy="10" r="3.5"/></svg>\
    """
        .formatted(
            Markup.escape(told(m)),
            WIDTH,
            HEIGHT,
            px(at.x(bandLow)),
            px(at.x(bandHigh)),
            px(at.x(bandLow)),
            px(at.x(m.paper())),
            px(at.x(low)),
            px(at.x(high)),
            px(at.x(low)),
            px(at.x(high)),
            px(at.x(m.value())));
  }

  private static String told(Metric m) {
    String text = "paper " + Numbers.paper(m) + ", here " + Numbers.value(m);
    if (m.interval() != null) {
      text += ", 95 % interval " + Numbers.interval(m);
    }
    return m.compared() ? text + ", tolerance " + Numbers.tolerance(m) : text;
  }

  /** A share stays between 0 and 1, whatever the tolerance. */
  private static double within(Metric m, double value) {
    return Numbers.isShare(m) ? Math.clamp(value, 0, 1) : value;
  }

  private static double finite(double value, double otherwise) {
    return Double.isFinite(value) ? value : otherwise;
  }

  private IntervalBar() {}
}
