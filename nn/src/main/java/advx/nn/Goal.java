package advx.nn;

import advx.engine.InputException;

/**
 * A reason to stop: training ends with the first epoch after which the measure on the validation
 * set is at most this value. With a patience of 0 the network keeps the weights it then has.
 */
public record Goal(Measure measure, double value) {
  public Goal {
    if (!Double.isFinite(value)) {
      throw new InputException(
          "Training until '%s' is at most %s never ends or never starts: give a finite number."
              .formatted(measure.describe(), value));
    }
  }

  boolean reached(Epoch epoch) {
    return epoch.goal() <= value;
  }
}
