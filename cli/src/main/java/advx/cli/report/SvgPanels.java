package advx.cli.report;

import static advx.cli.report.Markup.escape;
import static advx.cli.report.SvgChart.px;

import advx.cli.result.Figure.Panel;
import advx.cli.result.Figure.Panels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sorted distances as SVG, one panel below the other, all on one scale: a bar is as high as its
 * distance and has the colour of its class; where nothing was met it is grey and of full height.
 */
public final class SvgPanels {
  private static final int WIDTH = 440;
  private static final int PLOT_HEIGHT = 150;
  private static final int RIGHT = 16;
  private static final int LEFT = 46;
  private static final int LEGEND_LINE = 20;
  private static final double CHARACTER = 6.6;
  private static final String INK = "#1b2330";
  private static final String MUTED = "#5b6675";
  private static final String GRID = "#dfe4ea";

  private final Panels panels;
  private final Axis ys;
  private final StringBuilder out = new StringBuilder();

  private SvgPanels(Panels panels) {
    this.panels = panels;
    this.ys = Axis.rounded(0, Math.max(panels.limit(), panels.line()));
  }

  /** The panels for a page that prints their title. */
  static String inline(Panels panels) {
    return new SvgPanels(panels).draw(false);
  }

  /** The panels as a file of its own, with their title, on white. */
  public static String file(Panels panels) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + new SvgPanels(panels).draw(true) + "\n";
  }

  private String draw(boolean alone) {
    if (alone) {
      text(0, 18, "start", INK, "title", panels.title(), " font-size=\"15\" font-weight=\"600\"");
    }
    int y = legend(alone ? 32 : 2);
    text(0, y + 14, "start", MUTED, "label", panels.yLabel(), "");
    y += 26;
    for (Panel panel : panels.panels()) {
      y = panel(panel, y);
    }
    text((LEFT + WIDTH - RIGHT) / 2.0, y + 16, "middle", MUTED, "label", panels.xLabel(), "");
    int height = y + 24;
    int margin = alone ? 16 : 0;
    String white =
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"#ffffff\"/>\n"
            .formatted(-margin, -margin, WIDTH + 2 * margin, height + 2 * margin);
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
            alone ? white : "",
            out);
  }

  /** What a reader who does not see the panels should hear. */
  private String described() {
    var text = new StringBuilder(panels.title() + ". " + panels.yLabel() + ".");
    for (Panel panel : panels.panels()) {
      List<Bars> bars = Bars.of(panel, panels.limit());
      double met = 0;
      double median = Double.POSITIVE_INFINITY;
      for (Bars bar : bars) {
        met += bar.met() ? bar.to() - bar.from() : 0;
        median = bar.from() < 0.5 && bar.to() >= 0.5 ? bar.distance() : median;
      }
      text.append(' ').append(panel.caption().isEmpty() ? "" : panel.caption() + ": ");
      text.append(Numbers.percent(met)).append(" met");
      text.append(Double.isFinite(median) ? ", median " + Numbers.plain(median) : "").append('.');
    }
    return text.toString();
  }

  private int legend(int start) {
    double x = 0;
    int y = start;
    for (int label : Bars.labels(panels)) {
      String name = name(label);
      double wide = 16 + CHARACTER * name.length() + 14;
      if (x > 0 && x + wide > WIDTH) {
        x = 0;
        y += LEGEND_LINE;
      }
      out.append(
          "<rect class=\"block\" x=\"%s\" y=\"%s\" width=\"10\" height=\"10\" fill=\"%s\"/>\n"
              .formatted(px(x), px(y + 5), hex(Bars.colour(label))));
      text(x + 15, y + 14, "start", INK, "name", name, "");
      x += wide;
    }
    y += LEGEND_LINE;
    line(0, 24, y + 10);
    text(30, y + 14, "start", INK, "name", panels.lineName(), "");
    return y + LEGEND_LINE + 4;
  }

  private String name(int label) {
    return label < 0 ? "none within " + Numbers.tick(panels.limit()) : panels.classes().get(label);
  }

  private int panel(Panel panel, int start) {
    int top = start;
    if (!panel.caption().isEmpty()) {
      text(LEFT, top + 14, "start", INK, "name", panel.caption(), "");
      top += 22;
    }
    for (double tick : ys.ticks()) {
      double y = yAt(top, tick);
      out.append(
          "<path class=\"grid\" d=\"M%s %sH%s\" stroke=\"%s\" fill=\"none\"/>\n"
              .formatted(LEFT, px(y), WIDTH - RIGHT, GRID));
      text(LEFT - 8, y + 4, "end", MUTED, "tick", Numbers.tick(tick), "");
    }
    // One path a class: a thousand bars make a small file.
    Map<Integer, StringBuilder> paths = new LinkedHashMap<>();
    for (Bars bar : Bars.of(panel, panels.limit())) {
      double y = bar.met() ? yAt(top, bar.distance()) : top;
      int key = bar.met() ? bar.label() : -1;
      paths
          .computeIfAbsent(key, k -> new StringBuilder())
          .append(
              "M%s %sV%sH%sV%sz"
                  .formatted(
                      fine(xAt(bar.from())),
                      top + PLOT_HEIGHT,
                      px(y),
                      fine(xAt(bar.to())),
                      top + PLOT_HEIGHT));
    }
    paths.forEach(
        (label, path) ->
            out.append(
                "<path class=\"block\" d=\"%s\" fill=\"%s\"><title>%s</title></path>\n"
                    .formatted(path, hex(Bars.colour(label)), escape(name(label)))));
    if (Double.isFinite(panels.line())) {
      line(LEFT, WIDTH - RIGHT, yAt(top, panels.line()));
    }
    out.append(
        "<path class=\"axis\" d=\"M%s %sH%s\" stroke=\"%s\" fill=\"none\"/>\n"
            .formatted(LEFT, top + PLOT_HEIGHT, WIDTH - RIGHT, MUTED));
    return top + PLOT_HEIGHT + 14;
  }

  /** Black, dashed, on a white one, so that it stands out from any bar. */
  private void line(double from, double to, double y) {
    out.append(
        """
        <path class="halo" d="M%s %sH%s" stroke="#ffffff" stroke-width="3.5" fill="none"/>
        <path class="mark" d="M%s %sH%s" stroke="#000000" stroke-width="1.5" \
        stroke-dasharray="6 3" fill="none"/>
        """
            .formatted(px(from), px(y), px(to), px(from), px(y), px(to)));
  }

  private double xAt(double share) {
    return LEFT + share * (WIDTH - RIGHT - LEFT);
  }

  private double yAt(int top, double value) {
    return top + (1 - ys.at(value)) * PLOT_HEIGHT;
  }

  /** Bars may be thinner than a tenth. */
  private static String fine(double coordinate) {
    long hundredths = Math.round(coordinate * 100);
    return hundredths / 100 + "." + hundredths / 10 % 10 + hundredths % 10;
  }

  private static String hex(int colour) {
    return "#%06x".formatted(colour);
  }

  private void text(
      double x, double y, String anchor, String fill, String type, String text, String more) {
    out.append(
        "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\" fill=\"%s\"%s>%s</text>\n"
            .formatted(type, px(x), px(y), anchor, fill, more, escape(text)));
  }
}
