package advx.nn.data;

import advx.engine.Purpose;
import advx.engine.RandomStream;
import java.util.List;

/**
 * Writes single digits. What varies from one to the next, and how much, is below; most are tidy and
 * some are not. All normal numbers are cut at two standard deviations: a digit may be ugly, but a
 * person still reads it.
 */
final class Hand {
  /** Disorder of a digit, 0.5 … 1.8, mostly small: a factor on jitter and elastic distortion. */
  private static final double TIDY = 0.5;

  private static final double MESS = 1.3;

  /** Standard deviations in units of the 100×100 box: control points, elastic grid. */
  private static final double JITTER = 1.6;

  private static final double ELASTIC = 5;

  /** Slant (shift per height) to the right on average; turn in degrees. */
  private static final double MEAN_SLANT = 0.1;

  private static final double SLANT = 0.28;
  private static final double TURN = 9;

  /** Pixels per unit of the box, relative changes of height and of width, and shift in pixels. */
  private static final double SCALE = 0.195;

  private static final double HEIGHT = 0.13;
  private static final double WIDTH = 0.12;
  private static final double SHIFT = 1.2;

  /** The pen: radius in pixels, its relative change on the way, strength, soft edge in pixels. */
  private static final float THIN = 0.65f;

  private static final float THICK = 2;
  private static final double PRESSURE = 0.1;
  private static final float PALE = 0.7f;
  private static final float SHARP = 0.8f;
  private static final float SOFT = 1.6f;

  /** The elastic displacement is drawn at 3×3 nodes; a span of the curve is 6 straight lines. */
  private static final int GRID = 3;

  private static final int LINES = 6;
  private static final int MOST_POINTS = 16;

  private final int side;
  private final RandomStream random;
  private final Pen pen;
  private final double[] elasticX = new double[GRID * GRID];
  private final double[] elasticY = new double[GRID * GRID];
  private final double[] x = new double[MOST_POINTS];
  private final double[] y = new double[MOST_POINTS];
  private final double[] radius = new double[MOST_POINTS];

  /** From the box, seen from its middle, to pixels: an affine map. */
  private double xx;

  private double xy;
  private double yx;
  private double yy;
  private double middleX;
  private double middleY;

  Hand(int side, long seed) {
    this.side = side;
    random = new RandomStream(seed, Purpose.STROKES, 0, 0, 0);
    pen = new Pen(side);
  }

  /** Writes one sample's pixels to out[at …] and returns its label. */
  int write(int step, int sample, float[] out, int at) {
    random.restart(step, sample);
    int digit = random.nextInt(Strokes.DIGITS);
    List<List<Glyphs.Stroke>> ways = Glyphs.ways(digit);
    List<Glyphs.Stroke> strokes = ways.get(random.nextInt(ways.size()));
    double u = random.uniform();
    double disorder = TIDY + MESS * u * u;
    for (int i = 0; i < GRID * GRID; i++) {
      elasticX[i] = normal(ELASTIC * disorder);
      elasticY[i] = normal(ELASTIC * disorder);
    }
    place();
    double penRadius = random.uniform(THIN, THICK);
    pen.clear();
    for (Glyphs.Stroke stroke : strokes) {
      for (int i = 0; i < stroke.points(); i++) {
        x[i] = stroke.x(i) + normal(JITTER * disorder);
        y[i] = stroke.y(i) + normal(JITTER * disorder);
        radius[i] = penRadius * (1 + normal(PRESSURE));
      }
      draw(stroke);
    }
    pen.ink(random.uniform(PALE, 1), random.uniform(SHARP, SOFT), out, at);
    return digit;
  }

  private double normal(double deviation) {
    return Math.clamp(random.normal(), -2.0, 2.0) * deviation;
  }

  private void place() {
    double slant = MEAN_SLANT + normal(SLANT);
    double turn = StrictMath.toRadians(normal(TURN));
    double height = SCALE * (1 + normal(HEIGHT));
    double width = height * (1 + normal(WIDTH));
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    xx = cos * width;
    xy = -(cos * slant + sin) * height;
    yx = sin * width;
    yy = (cos - sin * slant) * height;
    middleX = side / 2.0 + normal(SHIFT);
    middleY = side / 2.0 + normal(SHIFT);
  }

  private void draw(Glyphs.Stroke stroke) {
    int n = stroke.points();
    pen.moveTo(pixelX(x[0], y[0]), pixelY(x[0], y[0]), radius[0]);
    for (int from = 0; from < (stroke.closed() ? n : n - 1); from++) {
      int to = (from + 1) % n;
      int before = stroke.smoothAt(from) ? (from + n - 1) % n : from;
      int after = stroke.smoothAt(to) ? (to + 1) % n : to;
      for (int line = 1; line <= LINES; line++) {
        double t = (double) line / LINES;
        double atX = curve(t, x[before], x[from], x[to], x[after]);
        double atY = curve(t, y[before], y[from], y[to], y[after]);
        double atRadius = radius[from] + t * (radius[to] - radius[from]);
        pen.lineTo(pixelX(atX, atY), pixelY(atX, atY), atRadius);
      }
    }
  }

  /**
   * A Catmull–Rom spline from p₁ (t = 0) to p₂ (t = 1): slopes (p₂ − p₀)/2 and (p₃ − p₁)/2 at its
   * ends.
   */
  private static double curve(double t, double p0, double p1, double p2, double p3) {
    double c1 = 0.5 * (p2 - p0);
    double c2 = p0 - 2.5 * p1 + 2 * p2 - 0.5 * p3;
    double c3 = 0.5 * (p3 - p0) + 1.5 * (p1 - p2);
    return p1 + t * (c1 + t * (c2 + t * c3));
  }

  private double pixelX(double boxX, double boxY) {
    double fromMiddleX = boxX + elastic(elasticX, boxX, boxY) - 50;
    double fromMiddleY = boxY + elastic(elasticY, boxX, boxY) - 50;
    return middleX + xx * fromMiddleX + xy * fromMiddleY;
  }

  private double pixelY(double boxX, double boxY) {
    double fromMiddleX = boxX + elastic(elasticX, boxX, boxY) - 50;
    double fromMiddleY = boxY + elastic(elasticY, boxX, boxY) - 50;
    return middleY + yx * fromMiddleX + yy * fromMiddleY;
  }

  /** The displacement at a point of the box, between the four nodes around it, in smooth steps. */
  private static double elastic(double[] node, double boxX, double boxY) {
    double gridX = Math.clamp(boxX / 100, 0.0, 1.0) * (GRID - 1);
    double gridY = Math.clamp(boxY / 100, 0.0, 1.0) * (GRID - 1);
    int column = Math.min((int) gridX, GRID - 2);
    int row = Math.min((int) gridY, GRID - 2);
    double right = smoothStep(gridX - column);
    double down = smoothStep(gridY - row);
    int at = row * GRID + column;
    double top = node[at] + right * (node[at + 1] - node[at]);
    double bottom = node[at + GRID] + right * (node[at + GRID + 1] - node[at + GRID]);
    return top + down * (bottom - top);
  }

  private static double smoothStep(double t) {
    return t * t * (3 - 2 * t);
  }
}
