package advx.attacks;

import advx.engine.InputException;

/**
 * Which label an attack takes its loss at, and whether it climbs or descends.
 *
 * @param target the wanted class of {@link Kind#TARGET}, else −1
 */
public record Aim(Kind kind, int target) {
  /** The kinds of aim. */
  public enum Kind {
    /** Away from the true label: the papers' choice. */
    TRUE_LABEL,
    /** Away from what the model predicts for the clean input: an adversary without labels. */
    PREDICTED_LABEL,
    /** Towards one class, the same for all samples. */
    TARGET,
    /** Towards (true label + 1) mod classes: a target of its own for each sample. */
    NEXT_LABEL
  }

  public static final Aim TRUE_LABEL = new Aim(Kind.TRUE_LABEL, -1);
  public static final Aim PREDICTED_LABEL = new Aim(Kind.PREDICTED_LABEL, -1);
  public static final Aim NEXT_LABEL = new Aim(Kind.NEXT_LABEL, -1);

  public Aim {
    if (kind == Kind.TARGET ? target < 0 : target != -1) {
      throw new InputException(
          "The target class is %d: give a class from 0 up, and only to a targeted attack."
              .formatted(target));
    }
  }

  /** Towards this class. */
  public static Aim target(int label) {
    return new Aim(Kind.TARGET, label);
  }

  /** Whether the attack wants a certain class rather than any wrong one. */
  public boolean targeted() {
    return kind == Kind.TARGET || kind == Kind.NEXT_LABEL;
  }

  /** +1 to climb the loss at the label, −1 to descend it towards the target. */
  public int sign() {
    return targeted() ? -1 : 1;
  }

  /**
   * The label that the loss is taken at.
   *
   * @param prediction of the clean input; −1 if the model named none: the true label then
   */
  public int label(int trueLabel, int prediction, int classes) {
    return switch (kind) {
      case TRUE_LABEL -> trueLabel;
      case PREDICTED_LABEL -> prediction < 0 ? trueLabel : prediction;
      case NEXT_LABEL -> (trueLabel + 1) % classes;
      case TARGET -> {
        if (target >= classes) {
          throw new InputException(
              "The target class is %d, but the model knows classes 0 to %d: give one of those."
                  .formatted(target, classes - 1));
        }
        yield target;
      }
    };
  }

  @Override
  public String toString() {
    return switch (kind) {
      case TRUE_LABEL -> "true-label";
      case PREDICTED_LABEL -> "predicted-label";
      case NEXT_LABEL -> "target:next-label";
      case TARGET -> "target:" + target;
    };
  }
}
