package advx.attacks.train;

import advx.engine.InputException;

/**
 * A budget that grows during training: ε·min(1, (t + 1)/updates) at update t, counted from 0. A
 * network that meets the whole budget at once may learn nothing for thousands of updates.
 *
 * @param epsilon the last budget, in the data's own units
 * @param updates how many it takes to get there; 1 for the whole budget from the start
 */
public record RisingEpsilon(double epsilon, long updates) {
  public RisingEpsilon {
    if (!(epsilon > 0 && epsilon <= Float.MAX_VALUE / 4)) {
      throw new InputException(
          "Adversarial training: epsilon is %s: give a number above 0, in the data's own units."
              .formatted(epsilon));
    }
    if (updates < 1) {
      throw new InputException(
          "Adversarial training: epsilon is to rise over %d updates: give 1 or more."
              .formatted(updates));
    }
  }

  /** The whole budget from the start. */
  public static RisingEpsilon constant(double epsilon) {
    return new RisingEpsilon(epsilon, 1);
  }

  /** The budget of this update; of a step that is none, such as a measurement's, the last one. */
  public double at(int update) {
    return update < 0 ? epsilon : epsilon * Math.min(1, (update + 1.0) / updates);
  }

  /** {@code 0.3}, or {@code 0.3 rising over 4000}. */
  @Override
  public String toString() {
    return updates == 1 ? Double.toString(epsilon) : epsilon + " rising over " + updates;
  }
}
