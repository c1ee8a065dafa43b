package advx.attacks.region;

import advx.attacks.Box;
import advx.engine.InputException;
import advx.engine.Purpose;
import advx.engine.RandomStream;

/**
 * Points drawn around an input: point j of input i is clip(x + r), every number of r uniform in
 * [−radius, radius), drawn from (seed, i, j).
 *
 * @param radius half the edge of the hypercube, in the data's own units
 * @param points drawn around each input
 * @param box what points are clipped to, as in the authors' code; {@link Box#NONE} leaves them
 *     where they fall
 */
public record Region(double radius, int points, Box box, long seed) {
  /** The authors' own number; Cao and Gong draw more. */
  public static final int POINTS = 100;

  public Region {
    if (!(radius >= 0) || !Double.isFinite(radius) || points < 1) {
      throw new InputException(
          "A region of half-width %s with %d points cannot be drawn: give a number from 0 up and one point or more."
              .formatted(radius, points));
    }
  }

  /** For MNIST, pixels in [0, 1]: half-width 0.3, clipped. */
  public static Region mnist(long seed) {
    return new Region(0.3, POINTS, Box.UNIT, seed);
  }

  /** For CIFAR-10, pixels in [0, 255]: half-width 0.02·255 = 5.1, clipped. */
  public static Region cifar10(long seed) {
    return new Region(5.1, POINTS, new Box(0, 255), seed);
  }

  /** The same with other points. */
  public Region withPoints(int newPoints) {
    return new Region(radius, newPoints, box, seed);
  }

  /** The same with other random numbers. */
  public Region withSeed(long newSeed) {
    return new Region(radius, points, box, newSeed);
  }

  /** The root mean square that a point is away from its input in the mean, unclipped: r/√3. */
  public double distance() {
    return radius / Math.sqrt(3);
  }

  /**
   * Writes point j of input i to {@code into[to …]}.
   *
   * @param x the input's n numbers from {@code at} on
   */
  void point(int i, int j, float[] x, int at, int n, float[] into, int to) {
    RandomStream random = new RandomStream(seed, Purpose.REGION, 0, j, i);
    float half = (float) radius;
    for (int k = 0; k < n; k++) {
      into[to + k] = box.clip(x[at + k] + random.uniform(-half, half));
    }
  }

  /** For a report: {@code radius=0.3 points=100 box=[0.0,1.0] seed=1}. */
  public String describe() {
    return "radius=%s points=%d box=%s seed=%d".formatted(radius, points, box, seed);
  }
}
