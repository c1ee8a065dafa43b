package advx.cli.report;

import advx.cli.result.Figure.Panel;
import advx.cli.result.Figure.Panels;
import advx.cli.result.Figure.Picture;

/**
 * Sorted distances as PNG: the subject's picture, a legend of the classes by number, and the bars
 * of {@link SvgPanels}. Words would need a font, which not every machine has; numbers have one of
 * their own. The number at the right is the height of the line across.
 */
public final class PngPanels {
  private static final int WIDTH = 900;
  private static final int PLOT_HEIGHT = 360;
  private static final int SIDE = 90;
  private static final int MARGIN = 20;

  /** About how large the subject's picture becomes. */
  private static final int PICTURE = 112;

  private static final int SQUARE = 14;
  private static final int INK = 0x1b2330;
  private static final int GRID = 0xdfe4ea;
  private static final int WHITE = 0xffffff;

  private final Panels panels;
  private final Axis ys;
  private final Canvas canvas;
  private final int scale;

  private PngPanels(Panels panels, Picture subject) {
    this.panels = panels;
    this.ys = Axis.rounded(0, Math.max(panels.limit(), panels.line()));
    this.scale = Math.max(1, PICTURE / Math.max(subject.width(), subject.height()));
    int head = 2 * MARGIN + scale * subject.height();
    this.canvas = new Canvas(WIDTH, head + panels.panels().size() * (PLOT_HEIGHT + 2 * MARGIN));
    picture(subject);
    legend(SIDE + scale * subject.width() + 2 * MARGIN);
    for (int i = 0; i < panels.panels().size(); i++) {
      panel(panels.panels().get(i), head + MARGIN + i * (PLOT_HEIGHT + 2 * MARGIN));
    }
  }

  /** The file. */
  public static byte[] encode(Panels panels, Picture subject) {
    return new PngPanels(panels, subject).canvas.encode();
  }

  private void picture(Picture p) {
    canvas.rectangle(SIDE - 1, MARGIN - 1, p.width() * scale + 2, p.height() * scale + 2, GRID);
    for (int i = 0; i < p.width() * p.height(); i++) {
      int colour = 0;
      for (int c = 0; c < 3; c++) {
        float value = p.pixels()[p.colour() ? 3 * i + c : i];
        float share = (value - p.low()) / (p.high() - p.low());
        colour = colour << 8 | Math.clamp(Math.round(255 * share), 0, 255);
      }
      canvas.rectangle(
          SIDE + i % p.width() * scale, MARGIN + i / p.width() * scale, scale, scale, colour);
    }
  }

  /** A square and the number of each class; that of none has no number. */
  private void legend(int left) {
    int x = left;
    int y = MARGIN;
    for (int label : Bars.labels(panels)) {
      String name = label < 0 ? "" : Integer.toString(label);
      int wide = SQUARE + 6 + Canvas.wide(name.length()) + SQUARE;
      if (x + wide > WIDTH - MARGIN) {
        x = left;
        y += SQUARE + 10;
      }
      canvas.rectangle(x, y, SQUARE, SQUARE, Bars.colour(label));
      canvas.number(x + SQUARE + 6, y, name, INK);
      x += wide;
    }
  }

  private void panel(Panel panel, int top) {
    for (double tick : ys.ticks()) {
      int y = yAt(top, tick);
      canvas.rectangle(SIDE, y, WIDTH - 2 * SIDE, 1, GRID);
      String text = Numbers.tick(tick);
      canvas.number(SIDE - 6 - Canvas.wide(text.length()), y - Canvas.TEXT / 2, text, INK);
    }
    for (Bars bar : Bars.of(panel, panels.limit())) {
      int left = xAt(bar.from());
      int y = bar.met() ? yAt(top, bar.distance()) : top;
      int colour = Bars.colour(bar.met() ? bar.label() : -1);
      canvas.rectangle(left, y, xAt(bar.to()) - left, top + PLOT_HEIGHT - y, colour);
    }
    canvas.rectangle(SIDE, top + PLOT_HEIGHT, WIDTH - 2 * SIDE, 2, INK);
    if (Double.isFinite(panels.line())) {
      int y = yAt(top, panels.line());
      canvas.rectangle(SIDE, y - 2, WIDTH - 2 * SIDE, 5, WHITE);
      for (int x = SIDE; x < WIDTH - SIDE; x += 18) {
        canvas.rectangle(x, y - 1, Math.min(12, WIDTH - SIDE - x), 3, 0);
      }
      String text = Numbers.plain(panels.line());
      canvas.number(WIDTH - SIDE + 8, y - Canvas.TEXT / 2, text, INK);
    }
  }

  private static int xAt(double share) {
    return SIDE + (int) Math.round(share * (WIDTH - 2 * SIDE));
  }

  private int yAt(int top, double value) {
    return top + (int) Math.round((1 - ys.at(value)) * PLOT_HEIGHT);
  }
}
