package advx.attacks;

import advx.engine.InputException;

/**
 * The range that every number of an input has to lie in, in the data's own units: [0, 1] or [0,
 * 255]; edges included.
 */
public record Box(float low, float high) {
  /** No limits: the fast gradient sign method as published. */
  public static final Box NONE = new Box(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

  /** The box of a byte divided by 255. */
  public static final Box UNIT = new Box(0, 1);

  public Box {
    if (!(low < high)) {
      throw new InputException(
          "The box from %s to %s holds nothing: give a low edge below the high one."
              .formatted(low, high));
    }
  }

  /** Whether it limits anything. */
  public boolean limits() {
    return !equals(NONE);
  }

  public boolean contains(float value) {
    return value >= low && value <= high;
  }

  /** The nearest number inside; NaN stays NaN. */
  public float clip(float value) {
    return Math.min(Math.max(value, low), high);
  }

  @Override
  public String toString() {
    return limits() ? "[" + low + "," + high + "]" : "none";
  }
}
