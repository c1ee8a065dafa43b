package advx.bench.roofline;

import java.util.ArrayList;
import java.util.List;

/** Finds a place for each point's number: near its point, and on no other number or point. */
final class Badges {
  /** The radius of a number's circle, and of a point. */
  static final double RADIUS = 8.5;

  static final double DOT = 3.5;

  private static final double GAP = 1.5;
  private static final int DIRECTIONS = 16;
  private static final double STEP = 4;

  /** A place in the picture. */
  record Place(double x, double y) {
    double distance(Place other) {
      return Math.sqrt((x - other.x) * (x - other.x) + (y - other.y) * (y - other.y));
    }
  }

  private Badges() {}

  /**
   * Places in the order of the points: each the nearest free one within the frame. Farther and
   * farther circles around a point are tried; there is always room in the end, as long as the frame
   * is much larger than all numbers together.
   */
  static List<Place> place(List<Place> points, double left, double top, double right, double low) {
    List<Place> badges = new ArrayList<>();
    double farthest = right - left + low - top;
    for (Place point : points) {
      Place found = null;
      for (double r = RADIUS + DOT + 3; found == null && r < farthest; r += STEP) {
        for (int d = 0; found == null && d < DIRECTIONS; d++) {
          // Above first, then to both sides in turn: slopes come from the left.
          int side = (d + 1) / 2 * (d % 2 == 0 ? -1 : 1);
          double turn = 2 * StrictMath.PI * side / DIRECTIONS;
          Place tried =
              new Place(point.x() + r * StrictMath.sin(turn), point.y() - r * StrictMath.cos(turn));
          boolean inside =
              tried.x() >= left + RADIUS
                  && tried.x() <= right - RADIUS
                  && tried.y() >= top + RADIUS
                  && tried.y() <= low - RADIUS;
          found = inside && free(tried, points, badges) ? tried : null;
        }
      }
      if (found == null) {
        throw new IllegalStateException("no room for " + points.size() + " numbers");
      }
      badges.add(found);
    }
    return badges;
  }

  private static boolean free(Place tried, List<Place> points, List<Place> badges) {
    return badges.stream().allMatch(b -> b.distance(tried) >= 2 * RADIUS + GAP)
        && points.stream().allMatch(p -> p.distance(tried) >= RADIUS + DOT + GAP);
  }
}
