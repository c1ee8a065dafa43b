package advx.bench.roofline;

import java.util.List;
import java.util.Locale;

/**
 * Draws a roof and the kernels under it: numbered points in the plot, the numbers' names beside it.
 * Light or dark as the reader's system is.
 */
final class RooflineSvg {
  private static final int WIDTH = 1040;
  private static final int LEFT = 64;
  private static final int RIGHT = 640;
  private static final int TOP = 92;
  private static final int LEAST_PLOT = 420;
  private static final int LEGEND = 676;
  private static final int LINE = 21;
  private static final int BELOW = 58;

  private static final String STYLE =
      """
      <style>
      .paper { fill: #ffffff }
      .ink { fill: #18202b }
      .muted { fill: #566172 }
      .grid { stroke: #e1e6ec; fill: none }
      .frame { stroke: #8a95a5; fill: none }
      .peak { stroke: #18202b; stroke-width: 2; fill: none }
      .cache { stroke: #0a7d5a; stroke-width: 2; stroke-dasharray: 7 4; fill: none }
      .memory { stroke: #b34700; stroke-width: 2; fill: none }
      .lead { stroke: #8a95a5; fill: none }
      .dot { stroke: #1f6fc4; stroke-width: 2; fill: #1f6fc4 }
      .hollow { stroke: #1f6fc4; stroke-width: 2; fill: #ffffff }
      .badge { stroke: #8a95a5; fill: #f3f6fa }
      @media (prefers-color-scheme: dark) {
        .paper { fill: #12161c }
        .ink { fill: #e6eaf0 }
        .muted { fill: #a3aebc }
        .grid { stroke: #28303b }
        .frame { stroke: #6a7686 }
        .peak { stroke: #e6eaf0 }
        .cache { stroke: #3cc9a0 }
        .memory { stroke: #f2935c }
        .lead { stroke: #6a7686 }
        .dot { stroke: #7ab5ff; fill: #7ab5ff }
        .hollow { stroke: #7ab5ff; fill: #12161c }
        .badge { stroke: #6a7686; fill: #232b36 }
      }
      </style>
      """;

  private final String title;
  private final Roof roof;
  private final List<Point> points;
  private final LogAxis xs;
  private final LogAxis ys;
  private final int bottom;
  private final StringBuilder out = new StringBuilder();

  private RooflineSvg(String title, Roof roof, List<Point> points) {
    this.title = title;
    this.roof = roof;
    this.points = points;
    double least = points.stream().mapToDouble(Point::intensity).min().orElse(1);
    double most = points.stream().mapToDouble(Point::intensity).max().orElse(1);
    xs = LogAxis.around(Math.min(least, roof.peak() / roof.cache()), Math.max(most, roof.ridge()));
    double lowest = points.stream().mapToDouble(Point::gflops).min().orElse(roof.peak());
    double highest = points.stream().mapToDouble(Point::gflops).max().orElse(roof.peak());
    ys = LogAxis.around(Math.min(lowest, roof.underMemory(least)), Math.max(highest, roof.peak()));
    bottom = TOP + Math.max(LEAST_PLOT, LINE * (points.size() + 1));
  }

  /** A picture of its own, or part of a page. */
  static String draw(String title, Roof roof, List<Point> points) {
    return new RooflineSvg(title, roof, points).draw();
  }

  private String draw() {
    int height = bottom + BELOW;
    text(16, 28, "start", "ink", title, " font-size=\"16\" font-weight=\"600\"");
    ceilingsKey();
    axes();
    ceilings();
    kernels();
    names();
    return """
    <svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="%s" viewBox="0 0 %d %d" \
    width="%d" height="%d" font-family="system-ui, sans-serif" font-size="12">
    %s<rect class="paper" width="%d" height="%d"/>
    %s</svg>
    """
        .formatted(escape(told()), WIDTH, height, WIDTH, height, STYLE, WIDTH, height, out);
  }

  private String told() {
    return "%s. Peak %s GFLOP/s, memory %s GB/s, cache %s GB/s; %d kernels below."
        .formatted(
            title, number(roof.peak()), number(roof.memory()), number(roof.cache()), points.size());
  }

  private void ceilingsKey() {
    int y = 58;
    key(16, y, "peak", "peak %s GFLOP/s".formatted(number(roof.peak())));
    key(216, y, "cache", "cache %s GB/s".formatted(number(roof.cache())));
    key(416, y, "memory", "memory %s GB/s".formatted(number(roof.memory())));
    dot(632, y - 4, "dot");
    text(642, y, "start", "ink", "operands in memory", "");
    dot(788, y - 4, "hollow");
    text(798, y, "start", "ink", "operands in the cache", "");
  }

  private void key(int x, int y, String type, String words) {
    line(type, x, y - 4, x + 28, y - 4);
    text(x + 36, y, "start", "ink", words, "");
  }

  private void axes() {
    for (double tick : xs.ticks()) {
      line("grid", x(tick), TOP, x(tick), bottom);
      text(x(tick), bottom + 18, "middle", "muted", tick(tick), "");
    }
    for (double tick : ys.ticks()) {
      line("grid", LEFT, y(tick), RIGHT, y(tick));
      text(LEFT - 8, y(tick) + 4, "end", "muted", tick(tick), "");
    }
    out.append(
        "<rect class=\"frame\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n"
            .formatted(LEFT, TOP, RIGHT - LEFT, bottom - TOP));
    text(LEFT, TOP - 8, "start", "muted", "GFLOP/s", "");
    text(
        (LEFT + RIGHT) / 2.0,
        bottom + 40,
        "middle",
        "muted",
        "operations for each byte of compulsory traffic",
        "");
  }

  private void ceilings() {
    slope("cache", roof.cache());
    slope("memory", roof.memory());
    double corner = Math.max(xs.low(), roof.peak() / Math.max(roof.cache(), roof.memory()));
    line("peak", x(corner), y(roof.peak()), RIGHT, y(roof.peak()));
  }

  /** From where the bandwidth's line enters the frame to where it meets the peak. */
  private void slope(String type, double bandwidth) {
    double from = Math.max(xs.low(), ys.low() / bandwidth);
    double to = roof.peak() / bandwidth;
    line(type, x(from), y(bandwidth * from), x(to), y(roof.peak()));
  }

  private void kernels() {
    List<Badges.Place> places =
        points.stream().map(p -> new Badges.Place(x(p.intensity()), y(p.gflops()))).toList();
    List<Badges.Place> badges = Badges.place(places, LEFT, TOP, RIGHT, bottom);
    for (int i = 0; i < places.size(); i++) {
      line("lead", places.get(i).x(), places.get(i).y(), badges.get(i).x(), badges.get(i).y());
    }
    for (int i = 0; i < places.size(); i++) {
      dot(
          places.get(i).x(),
          places.get(i).y(),
          roof.inCache(points.get(i).bytes()) ? "hollow" : "dot");
      Badges.Place badge = badges.get(i);
      out.append(
          "<circle class=\"badge\" cx=\"%s\" cy=\"%s\" r=\"%s\"/>\n"
              .formatted(px(badge.x()), px(badge.y()), px(Badges.RADIUS)));
      text(
          badge.x(),
          badge.y() + 3.5,
          "middle",
          "ink",
          Integer.toString(i + 1),
          " font-size=\"10\"");
    }
  }

  private void names() {
    int y = TOP + 4;
    text(LEGEND + 256, y, "end", "muted", "GFLOP/s", "");
    text(LEGEND + 342, y, "end", "muted", "of the roof", "");
    for (int i = 0; i < points.size(); i++) {
      Point p = points.get(i);
      y += LINE;
      text(LEGEND + 18, y, "end", "muted", Integer.toString(i + 1), "");
      text(LEGEND + 28, y, "start", "ink", p.name(), "");
      text(LEGEND + 256, y, "end", "ink", number(p.gflops()), "");
      text(LEGEND + 342, y, "end", "ink", percent(p.ofLimit()), "");
    }
  }

  private void dot(double x, double y, String type) {
    out.append(
        "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\"/>\n"
            .formatted(type, px(x), px(y), px(Badges.DOT)));
  }

  private void line(String type, double x0, double y0, double x1, double y1) {
    out.append(
        "<path class=\"%s\" d=\"M%s %sL%s %s\"/>\n"
            .formatted(type, px(x0), px(y0), px(x1), px(y1)));
  }

  private void text(double x, double y, String anchor, String type, String words, String more) {
    out.append(
        "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\"%s>%s</text>\n"
            .formatted(type, px(x), px(y), anchor, more, escape(words)));
  }

  private double x(double intensity) {
    return LEFT + xs.at(intensity) * (RIGHT - LEFT);
  }

  private double y(double gflops) {
    return bottom - ys.at(gflops) * (bottom - TOP);
  }

  /** A coordinate with one decimal. */
  private static String px(double coordinate) {
    return String.format(Locale.ROOT, "%.1f", coordinate);
  }

  /** Three digits that count. */
  static String number(double value) {
    double size = Math.abs(value);
    int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** The same without zeros at its end. */
  private static String tick(double value) {
    String text = number(value);
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  static String escape(String words) {
    return words
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
