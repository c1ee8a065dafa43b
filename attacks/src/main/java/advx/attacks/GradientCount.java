package advx.attacks;

/**
 * How many input gradients were taken of a sample, and how many of them say little: a gradient that
 * is zero everywhere gives an attack no direction and is no sign of robustness.
 *
 * @param taken all of them
 * @param zero those with every element 0
 * @param nan those with an element that is NaN
 * @param infinite those with an infinite element and none that is NaN
 */
public record GradientCount(int taken, int zero, int nan, int infinite) {}
