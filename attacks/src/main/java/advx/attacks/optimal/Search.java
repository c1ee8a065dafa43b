package advx.attacks.optimal;

import advx.engine.InputException;

/**
 * How the optimisation of {@link CarliniWagner} goes.
 *
 * @param rate of Adam, in the variable under the tanh
 * @param iterations at most, for each c
 * @param steps how many c are tried
 * @param first the c that is tried first
 * @param abortEarly whether a sample goes on to its next c when its objective has not fallen by a
 *     ten-thousandth over a tenth of the iterations; each sample by its own objective
 */
public record Search(double rate, int iterations, int steps, double first, boolean abortEarly) {
  /** Nine steps from 0.001 on, Adam 0.01 (Carlini, Wagner's code, which goes 10,000 iterations). */
  public static final Search USUAL = new Search(0.01, 1000, 9, 1e-3, true);

  /** He, Li, Song 2018 on MNIST. */
  public static final Search MNIST = new Search(0.2, 1000, 4, 0.2, true);

  /** He, Li, Song 2018 on CIFAR-10. */
  public static final Search CIFAR = new Search(0.01, 1000, 4, 1, true);

  /** How often in all iterations it is asked whether the objective still falls. */
  private static final int QUESTIONS = 10;

  /** What the objective has to fall to, from one question to the next, to go on. */
  static final double FALLS = 0.9999;

  public Search {
    if (!(rate > 0 && rate <= Float.MAX_VALUE) || iterations < 1) {
      throw new InputException(
          "The optimisation has rate %s and %d iterations: give a rate above 0, and 1 iteration or more."
              .formatted(rate, iterations));
    }
    if (steps < 1 || !(first > 0 && first <= Float.MAX_VALUE)) {
      throw new InputException(
          "The search tries %d values of c from %s on: give 1 or more, and a first c above 0."
              .formatted(steps, first));
    }
  }

  public Search withIterations(int other) {
    return new Search(rate, other, steps, first, abortEarly);
  }

  public Search withSteps(int other) {
    return new Search(rate, iterations, other, first, abortEarly);
  }

  /** Whether a tenth of the iterations begins, and it is asked if the objective still falls. */
  boolean asks(int iteration) {
    return iteration % Math.max(1, iterations / QUESTIONS) == 0;
  }

  @Override
  public String toString() {
    return "rate=%s iterations=%d searches=%d c=%s abort=%s"
        .formatted(rate, iterations, steps, first, abortEarly ? "early" : "never");
  }
}
