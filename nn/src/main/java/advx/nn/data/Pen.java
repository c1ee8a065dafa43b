package advx.nn.data;

import java.util.Arrays;

/**
 * A round pen on a square of pixels: remembers how deep inside the pen's path each pixel's centre
 * lies, then turns that depth into ink with a soft edge.
 */
final class Pen {
  /** Beyond this distance from the edge there is no ink: half the widest soft edge. */
  private static final double REACH = 1;

  private final int side;
  private final double[] depth;
  private double x;
  private double y;
  private double radius;

  Pen(int side) {
    this.side = side;
    depth = new double[side * side];
  }

  void clear() {
    Arrays.fill(depth, -REACH);
  }

  void moveTo(double newX, double newY, double newRadius) {
    x = newX;
    y = newY;
    radius = newRadius;
  }

  /** Draws a straight line to a point in pixels, the pen's radius changing on the way. */
  void lineTo(double newX, double newY, double newRadius) {
    double dx = newX - x;
    double dy = newY - y;
    double length2 = dx * dx + dy * dy;
    double reach = Math.max(radius, newRadius) + REACH;
    int left = Math.max(0, (int) (Math.min(x, newX) - reach));
    int right = Math.min(side - 1, (int) (Math.max(x, newX) + reach));
    int top = Math.max(0, (int) (Math.min(y, newY) - reach));
    int bottom = Math.min(side - 1, (int) (Math.max(y, newY) + reach));
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        double px = column + 0.5 - x;
        double py = row + 0.5 - y;
        double t = length2 == 0 ? 0 : (px * dx + py * dy) / length2;
        t = Math.max(0, Math.min(1, t));
        double ox = px - t * dx;
        double oy = py - t * dy;
        double inside = radius + t * (newRadius - radius) - Math.sqrt(ox * ox + oy * oy);
        depth[row * side + column] = Math.max(depth[row * side + column], inside);
      }
    }
    moveTo(newX, newY, newRadius);
  }

  /** Writes b/255 for each pixel: full ink inside, none outside, an edge of {@code soft} pixels. */
  void ink(double strength, double soft, float[] out, int at) {
    for (int i = 0; i < depth.length; i++) {
      double cover = Math.max(0, Math.min(1, depth[i] / soft + 0.5));
      out[at + i] = (int) (cover * strength * 255 + 0.5) / 255f;
    }
  }
}
