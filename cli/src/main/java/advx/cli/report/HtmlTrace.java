package advx.cli.report;

import static advx.cli.report.Markup.escape;

import advx.cli.result.Figure.Trace;
import advx.cli.result.Figure.TraceImage;
import java.util.Locale;

/**
 * A trace in the report: for each image a strip of pictures, one a value of the axis, each with the
 * class it is taken for. Where scripts run, one slider shows a single value of all images, larger,
 * with the probability of every class; on paper and without scripts the strips stay.
 */
final class HtmlTrace {
  private final Trace trace;
  private final StringBuilder out = new StringBuilder();

  HtmlTrace(Trace trace) {
    this.trace = trace;
  }

  String html() {
    int last = trace.at().length - 1;
    out.append(
        """
        <figure class="trace wide"><figcaption>%s</figcaption>
        <label class="slider" hidden="hidden"><span>%s = <output>%s</output></span>\
        <input type="range" min="0" max="%s" step="1" value="%s" aria-label="%s" data-axis="%s">\
        </label>
        <div class="players" hidden="hidden">
        """
            .formatted(
                escape(trace.title()),
                escape(trace.axis()),
                escape(Numbers.tick(trace.at()[start()])),
                last,
                start(),
                escape(trace.axis()),
                escape(trace.axis())));
    trace.images().forEach(this::player);
    out.append("</div>\n<div class=\"strips\">\n");
    for (int i = 0; i < trace.images().size(); i++) {
      strip(trace.images().get(i), i);
    }
    out.append("</div></figure>\n");
    return out.toString();
  }

  /** The slider starts at the value nearest to zero: at the clean image where there is one. */
  private int start() {
    int nearest = 0;
    for (int k = 1; k < trace.at().length; k++) {
      if (Math.abs(trace.at()[k]) < Math.abs(trace.at()[nearest])) {
        nearest = k;
      }
    }
    return nearest;
  }

  /** The picture and the bars that the script moves. */
  private void player(TraceImage image) {
    double[] p = image.probabilities()[start()];
    out.append("<div class=\"player\"><p>").append(escape(image.caption())).append("</p>");
    out.append(
        "<img alt=\"%s\" src=\"%s\">\n<ol>"
            .formatted(escape(image.caption()), PngSheet.dataUri(image.pictures().get(start()))));
    for (int c = 0; c < trace.classes().size(); c++) {
      out.append(
          "<li%s><span>%s</span><i><b style=\"width:%s%%\"></b></i><em>%s</em></li>"
              .formatted(
                  c == image.label() ? " class=\"right\"" : "",
                  escape(trace.classes().get(c)),
                  width(p[c]),
                  tenths(p[c])));
    }
    out.append("</ol></div>\n");
  }

  private void strip(TraceImage image, int index) {
    out.append(
        "<p>%s</p><div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"%s\"><div class=\"grid\" style=\"--n:%s\">\n"
            .formatted(
                escape(image.caption()),
                escape(trace.title() + ", " + image.caption() + ", image " + (index + 1)),
                trace.at().length));
    for (int k = 0; k < trace.at().length; k++) {
      String at = trace.axis() + " " + Numbers.tick(trace.at()[k]);
      double[] p = image.probabilities()[k];
      int top = largest(p);
      String told = "%s · %s".formatted(trace.classes().get(top), Numbers.percent(p[top]));
      out.append(
          "<div class=\"picture%s\" data-at=\"%s\" data-p=\"%s\"><img alt=\"%s\" src=\"%s\"><span>%s</span><span>%s</span></div>\n"
              .formatted(
                  top == image.label() ? "" : " wrong",
                  escape(Numbers.tick(trace.at()[k])),
                  probabilities(p),
                  escape(image.caption() + ", " + at + ": " + told),
                  PngSheet.dataUri(image.pictures().get(k)),
                  escape(at),
                  escape(told)));
    }
    out.append("</div></div>\n");
  }

  /** "WIDTH|TEXT" of each class. */
  private static String probabilities(double[] p) {
    var text = new StringBuilder();
    for (double share : p) {
      text.append(text.isEmpty() ? "" : ";");
      text.append(width(share)).append('|').append(tenths(share));
    }
    return escape(text.toString());
  }

  /** Beside a bar there is room for tenths: probabilities of 10⁻⁷ are 0.0 there. */
  private static String tenths(double share) {
    return width(share) + " %";
  }

  private static String width(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * Math.clamp(share, 0, 1));
  }

  /** The lowest index of the largest. */
  private static int largest(double[] p) {
    int largest = 0;
    for (int c = 1; c < p.length; c++) {
      if (p[c] > p[largest]) {
        largest = c;
      }
    }
    return largest;
  }
}
