package advx.cli.report;

import static advx.cli.report.Markup.escape;

import advx.cli.result.Figure.Chart;
import advx.cli.result.Figure.Series;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A chart as SVG: the same text for the same numbers on every machine.
 *
 * <p>Colours stand in attributes, for a light page, and each element has a class, so that a page
 * may override them. Curves differ by colour, by marker, and from the seventh on by dashes.
 */
public final class SvgChart {
  private static final int WIDTH = 440;
  private static final int PLOT_HEIGHT = 200;
  private static final int RIGHT = 16;
  private static final int LEGEND_LINE = 20;

  /** About how wide a character of the labels is. */
  private static final double CHARACTER = 6.6;

  /** Blue, vermilion, green, purple, ochre, slate: each at least 3:1 on white. */
  private static final List<String> COLOURS =
      List.of("#0067a5", "#c8500a", "#00805f", "#a8488a", "#7a6a00", "#4b5563");

  private static final String INK = "#1b2330";
  private static final String MUTED = "#5b6675";
  private static final String GRID = "#dfe4ea";

  /** Curves of more points are drawn without markers. */
  private static final int MOST_MARKERS = 40;

  private final Chart chart;
  private final Axis xs;
  private final Axis ys;
  private final int left;
  private final StringBuilder out = new StringBuilder();

  /** Where the plot begins. */
  private int top;

  private SvgChart(Chart chart) {
    this.chart = chart;
    double[] x = range(true);
    double[] y = range(false);
    this.xs = Axis.tight(x[0], x[1]);
    this.ys = chart.logY() ? Axis.logarithmic(y[0], y[1]) : Axis.rounded(y[0], y[1]);
    int longest = ys.ticks().stream().mapToInt(t -> Numbers.tick(t).length()).max().orElse(1);
    this.left = 14 + (int) (CHARACTER * longest);
  }

  /** The chart for a page that prints its title and has a style for its classes. */
  static String inline(Chart chart) {
    var svg = new SvgChart(chart);
    return svg.draw(false);
  }

  /** The chart as a file of its own, with its title, on white. */
  public static String file(Chart chart) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + new SvgChart(chart).draw(true) + "\n";
  }

  private String draw(boolean alone) {
    if (alone) {
      text(0, 18, "start", INK, "title", chart.title(), " font-size=\"15\" font-weight=\"600\"");
    }
    int legend = legend(alone ? 30 : 0);
    text(0, legend + 14, "start", MUTED, "label", chart.yLabel(), "");
    top = legend + 28;
    axes();
    for (int i = 0; i < chart.series().size(); i++) {
      curve(i);
    }
    if (IntStream.range(0, chart.series().size()).noneMatch(i -> anyShown(chart.series().get(i)))) {
      double middle = top + PLOT_HEIGHT / 2.0;
      text((left + WIDTH) / 2.0, middle, "middle", MUTED, "label", "no finite values", "");
    }
    int height = top + PLOT_HEIGHT + 46;
    int margin = alone ? 16 : 0;
    return """
    <svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-label="%s" \
    viewBox="%s %s %s %s" font-family="system-ui, sans-serif" font-size="12">
    %s%s</svg>\
    """
        .formatted(
            escape(described()),
            -margin,
            -margin,
            WIDTH + 2 * margin,
            height + 2 * margin,
            alone ? background(margin, height) : "",
            out);
  }

  private static String background(int margin, int height) {
    return "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"#ffffff\"/>\n"
        .formatted(-margin, -margin, WIDTH + 2 * margin, height + 2 * margin);
  }

  /** What a reader who does not see the chart should hear: where each curve begins and ends. */
  private String described() {
    var text = new StringBuilder(chart.title() + ". ");
    text.append(chart.yLabel()).append(" against ").append(chart.xLabel()).append('.');
    for (Series s : chart.series()) {
      int[] shown = IntStream.range(0, s.x().length).filter(i -> isShown(s, i)).toArray();
      text.append(' ').append(s.name()).append(": ");
      if (shown.length == 0) {
        text.append("no finite values.");
      } else {
        int last = shown[shown.length - 1];
        text.append(point(s, shown[0])).append(" to ").append(point(s, last)).append('.');
      }
    }
    return text.toString();
  }

  private static String point(Series s, int i) {
    return Numbers.plain(s.y()[i]) + " at " + Numbers.plain(s.x()[i]);
  }

  private boolean isShown(Series s, int i) {
    return Double.isFinite(s.x()[i])
        && Double.isFinite(s.y()[i])
        && (!chart.logY() || s.y()[i] > 0);
  }

  private boolean anyShown(Series s) {
    return IntStream.range(0, s.x().length).anyMatch(i -> isShown(s, i));
  }

  private double[] range(boolean ofX) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (Series s : chart.series()) {
      for (int i = 0; i < s.x().length; i++) {
        if (isShown(s, i)) {
          double v = ofX ? s.x()[i] : s.y()[i];
          least = Math.min(least, v);
          most = Math.max(most, v);
        }
      }
    }
    return least <= most ? new double[] {least, most} : new double[] {1, 2};
  }

  /** Names in the order of the curves, in as many lines as they need; returns where they end. */
  private int legend(int start) {
    double x = 0;
    int y = start;
    for (int i = 0; i < chart.series().size(); i++) {
      String name = chart.series().get(i).name();
      double wide = 34 + CHARACTER * name.length() + 18;
      if (x > 0 && x + wide > WIDTH) {
        x = 0;
        y += LEGEND_LINE;
      }
      stroke(i, "M%s %sh22".formatted(px(x), px(y + 10)));
      marker(i, x + 11, y + 10, "");
      text(x + 29, y + 14, "start", INK, "name", name, "");
      x += wide;
    }
    return chart.series().isEmpty() ? start : y + LEGEND_LINE + 4;
  }

  private void axes() {
    int bottom = top + PLOT_HEIGHT;
    for (double tick : ys.ticks()) {
      double y = yAt(tick);
      out.append(
          "<path class=\"grid\" d=\"M%s %sH%s\" stroke=\"%s\" fill=\"none\"/>\n"
              .formatted(left, px(y), WIDTH - RIGHT, GRID));
      text(left - 8, y + 4, "end", MUTED, "tick", Numbers.tick(tick), "");
    }
    out.append(
        "<path class=\"axis\" d=\"M%s %sH%s\" stroke=\"%s\" fill=\"none\"/>\n"
            .formatted(left, bottom, WIDTH - RIGHT, MUTED));
    for (double tick : xs.ticks()) {
      out.append(
          "<path class=\"axis\" d=\"M%s %sv5\" stroke=\"%s\" fill=\"none\"/>\n"
              .formatted(px(xAt(tick)), bottom, MUTED));
      text(xAt(tick), bottom + 19, "middle", MUTED, "tick", Numbers.tick(tick), "");
    }
    double middle = (left + WIDTH - RIGHT) / 2.0;
    text(middle, bottom + 40, "middle", MUTED, "label", chart.xLabel(), "");
  }

  /** A curve is broken where a value cannot be shown. */
  private void curve(int index) {
    Series s = chart.series().get(index);
    var path = new StringBuilder();
    boolean on = false;
    for (int i = 0; i < s.x().length; i++) {
      boolean shown = isShown(s, i);
      if (shown) {
        String at = px(xAt(s.x()[i])) + " " + px(yAt(s.y()[i]));
        // A line of no length is a dot: a value between two gaps stays visible.
        path.append(on ? "L" + at : "M" + at + "h0");
      }
      on = shown;
    }
    if (path.isEmpty()) {
      return;
    }
    stroke(index, path.toString());
    if (s.x().length <= MOST_MARKERS) {
      for (int i = 0; i < s.x().length; i++) {
        if (isShown(s, i)) {
          marker(index, xAt(s.x()[i]), yAt(s.y()[i]), s.name() + ": " + point(s, i));
        }
      }
    }
  }

  private void stroke(int index, String path) {
    String dashes = index < COLOURS.size() ? "" : " stroke-dasharray=\"5 5\"";
    out.append(
        """
        <path class="curve s%s" d="%s" stroke="%s" stroke-width="2" stroke-linejoin="round" \
        stroke-linecap="round" fill="none"%s/>
        """
            .formatted(index % COLOURS.size(), path, colour(index), dashes));
  }

  /** Circle, square, triangle, diamond in turn. */
  private void marker(int index, double x, double y, String told) {
    String shape =
        switch (index % 4) {
          case 0 -> "M%s %sa3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0z".formatted(px(x - 3.5), px(y));
          case 1 -> "M%s %sh6v6h-6z".formatted(px(x - 3), px(y - 3));
          case 2 -> "M%s %sl4 7h-8z".formatted(px(x), px(y - 4.5));
          default -> "M%s %sl4.2 4.2l-4.2 4.2l-4.2 -4.2z".formatted(px(x), px(y - 4.2));
        };
    String title = told.isEmpty() ? "" : "<title>" + escape(told) + "</title>";
    out.append(
        "<path class=\"dot s%s\" d=\"%s\" fill=\"%s\">%s</path>\n"
            .formatted(index % COLOURS.size(), shape, colour(index), title));
  }

  private static String colour(int index) {
    return COLOURS.get(index % COLOURS.size());
  }

  private void text(
      double x, double y, String anchor, String fill, String type, String text, String more) {
    out.append(
        "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\" fill=\"%s\"%s>%s</text>\n"
            .formatted(type, px(x), px(y), anchor, fill, more, escape(text)));
  }

  private double xAt(double value) {
    return left + xs.at(value) * (WIDTH - RIGHT - left);
  }

  private double yAt(double value) {
    return top + (1 - ys.at(value)) * PLOT_HEIGHT;
  }

  /** A coordinate with at most one decimal. */
  static String px(double coordinate) {
    long tenths = Math.round(coordinate * 10);
    String text = Long.toString(Math.abs(tenths) / 10);
    String sign = tenths < 0 ? "-" : "";
    return sign + text + (tenths % 10 == 0 ? "" : "." + Math.abs(tenths % 10));
  }
}
