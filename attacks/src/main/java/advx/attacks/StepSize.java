package advx.attacks;

import advx.engine.InputException;

/**
 * How far one step of an attack goes: a distance in the data's own units, or a share of the budget
 * ε, which grows with it when one attack is run with several.
 */
public record StepSize(double value, boolean share) {
  public StepSize {
    if (!(value > 0 && value <= Float.MAX_VALUE)) {
      throw new InputException(
          "The step of the attack is %s: give a number above 0, in the data's own units."
              .formatted(value));
    }
  }

  /** This distance, whatever the budget. */
  public static StepSize of(double distance) {
    return new StepSize(distance, false);
  }

  /** This share of the budget. */
  public static StepSize share(double ofEpsilon) {
    return new StepSize(ofEpsilon, true);
  }

  /** The distance within a budget. */
  public double within(double epsilon) {
    return share ? value * epsilon : value;
  }

  /** {@code 0.01}, or {@code 0.0625*epsilon}. */
  @Override
  public String toString() {
    return share ? value + "*epsilon" : Double.toString(value);
  }
}
