package advx.attacks;

import advx.engine.InputException;

/**
 * How an attack of many steps goes.
 *
 * @param steps of one walk; a walk visits this many points after its start
 * @param size how far a step goes
 * @param restarts walks for each sample; more than one only from random starts
 * @param randomStart whether a walk starts at a random point of the ball, else at the clean input
 * @param momentum how much of the direction is kept from step to step; 0: none
 * @param untilBroken whether a sample leaves as soon as it is broken; if not, it goes on to the end
 *     and the point with the largest loss counts, as for training
 */
public record Walk(
    int steps,
    StepSize size,
    int restarts,
    boolean randomStart,
    double momentum,
    boolean untilBroken) {
  /** Steps of the usual walk (Madry et al. 2018, on MNIST). */
  public static final int STEPS = 40;

  /** A walk may go this many times the radius: far enough to cross the ball from any start. */
  private static final double REACH = 2.5;

  public Walk {
    if (steps < 1) {
      throw new InputException("The attack has %d steps: give one or more.".formatted(steps));
    }
    if (restarts < 1) {
      throw new InputException(
          "The attack has %d restarts: give 1 for a single walk, or more.".formatted(restarts));
    }
    if (restarts > 1 && !randomStart) {
      throw new InputException(
          "The attack has %d restarts, but each walk would start at the clean input and go the same way: give 1, or an attack with a random start."
              .formatted(restarts));
    }
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new InputException(
          "The attack's momentum is %s: give a number from 0 to 1.".formatted(momentum));
    }
  }

  /** From random starts, steps of 2.5·ε/steps. */
  public static Walk pgd(int steps, int restarts) {
    return new Walk(steps, whole(REACH, steps), restarts, true, 0, true);
  }

  /** From the clean input, steps of 2.5·ε/steps. */
  public static Walk bim(int steps) {
    return new Walk(steps, whole(REACH, steps), 1, false, 0, true);
  }

  /** From the clean input, with all of the momentum kept, steps of ε/steps (Dong et al. 2018). */
  public static Walk mim(int steps) {
    return new Walk(steps, whole(1, steps), 1, false, 1, true);
  }

  /** The steps that together go this many times ε; a number of steps that is none is said later. */
  private static StepSize whole(double reach, int steps) {
    return StepSize.share(reach / Math.max(1, steps));
  }

  public Walk withSize(StepSize other) {
    return new Walk(steps, other, restarts, randomStart, momentum, untilBroken);
  }

  public Walk withMomentum(double other) {
    return new Walk(steps, size, restarts, randomStart, other, untilBroken);
  }

  /** The same walk, which every sample goes to its end. */
  public Walk toTheEnd() {
    return new Walk(steps, size, restarts, randomStart, momentum, false);
  }

  @Override
  public String toString() {
    return "steps=%d step=%s restarts=%d start=%s momentum=%s until=%s"
        .formatted(
            steps,
            size,
            restarts,
            randomStart ? "random" : "clean",
            momentum,
            untilBroken ? "broken" : "end");
  }
}
