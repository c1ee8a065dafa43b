package advx.attacks;

import advx.engine.kernel.Extremes;

/**
 * How many input gradients were taken of a sample, and how many of them say little: a gradient that
 * is zero everywhere gives an attack no direction and is no sign of robustness.
 *
 * @param taken all of them
 * @param zero those with every element 0
 * @param nan those with an element that is NaN
 * @param infinite those with an infinite element and none that is NaN
 */
public record GradientCount(int taken, int zero, int nan, int infinite) {
  static final GradientCount NONE = new GradientCount(0, 0, 0, 0);
  private static final GradientCount ONE = new GradientCount(1, 0, 0, 0);

  /** Adds the gradient g[at … at+n−1]. */
  GradientCount plus(float[] g, int at, int n) {
    float max = Extremes.magnitude(g, at, n);
    if (max > 0 && max < Float.POSITIVE_INFINITY && taken == 0) {
      return ONE;
    }
    return new GradientCount(
        taken + 1,
        zero + (max == 0 ? 1 : 0),
        nan + (Float.isNaN(max) ? 1 : 0),
        infinite + (max == Float.POSITIVE_INFINITY ? 1 : 0));
  }
}
