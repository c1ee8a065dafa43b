package advx.attacks.boundary;

import advx.attacks.Box;
import advx.engine.InputException;

/**
 * Along how many directions a boundary is looked for, how finely and how far. Lengths are root mean
 * squares over the numbers of an input, in the data's own units: a direction has RMS 1.
 *
 * @param directions orthogonal ones, drawn from the seed
 * @param negatives whether each is followed backwards too
 * @param step between one point and the next
 * @param steps points along a direction, the first one step away
 * @param never the distance that stands for a boundary that was not met
 * @param box what points are clipped to
 */
public record BoundarySettings(
    int directions, boolean negatives, double step, int steps, double never, Box box, long seed) {
  private static final int GREY_DIRECTIONS = 784;
  private static final int COLOUR_DIRECTIONS = 1000;

  /** A pixel of a byte has this many steps of its own. */
  private static final float BYTE = 255;

  public BoundarySettings {
    if (directions < 1 || steps < 1) {
      throw new InputException(
          "The boundary is to be looked for along %d directions in %d steps: give one or more of each."
              .formatted(directions, steps));
    }
    if (!(step > 0) || !(never > steps / (1 / step)) || !Double.isFinite(never)) {
      throw new InputException(
          "The boundary is to be looked for in %d steps of %s, and %s is to stand for none: give a step above 0, and a number beyond the last point."
              .formatted(steps, step, never));
    }
  }

  /**
   * The published ones for MNIST, pixels in [0, 1]: 784 directions and their negatives, 0.01, 0.02
   * … 0.49, and 1 for none.
   */
  public static BoundarySettings mnist(long seed) {
    return new BoundarySettings(GREY_DIRECTIONS, true, 0.01, 49, 1, Box.UNIT, seed);
  }

  /**
   * The published ones for CIFAR-10, pixels in [0, 255]: 1000 directions without negatives, 2, 4 …
   * 126, and 255 for none.
   */
  public static BoundarySettings cifar10(long seed) {
    return new BoundarySettings(COLOUR_DIRECTIONS, false, 2, 63, BYTE, new Box(0, BYTE), seed);
  }

  /** The same with other directions. */
  public BoundarySettings along(int newDirections, boolean newNegatives) {
    return new BoundarySettings(newDirections, newNegatives, step, steps, never, box, seed);
  }

  /** The same with other points. */
  public BoundarySettings inSteps(double newStep, int newSteps, double newNever) {
    return new BoundarySettings(directions, negatives, newStep, newSteps, newNever, box, seed);
  }

  /** The same for data in other units: lengths grow with the range of the box. */
  public BoundarySettings in(Box other) {
    if (!box.limits() || !other.limits()) {
      throw new InputException(
          "Lengths in a box of %s cannot be turned into those of a box of %s: give boxes with limits."
              .formatted(box, other));
    }
    double scale = ((double) other.high() - other.low()) / ((double) box.high() - box.low());
    return new BoundarySettings(
        directions, negatives, step * scale, steps, never * scale, other, seed);
  }

  /** The length of so many steps; divided, so that 41 of 0.01 are 0.41 and not some bits more. */
  public double length(int count) {
    return count / (1 / step);
  }

  /** The length of all steps: nothing beyond it is looked at. */
  public double reach() {
    return length(steps);
  }

  /** How many ways are walked: the directions, and their negatives if wanted. */
  public int ways() {
    return negatives ? 2 * directions : directions;
  }

  /** For a report: {@code directions=784 negatives=yes step=0.01 steps=49 never=1.0 …}. */
  public String describe() {
    return "directions=%d negatives=%s step=%s steps=%d never=%s box=%s seed=%d"
        .formatted(directions, negatives ? "yes" : "no", step, steps, never, box, seed);
  }
}
