package advx.attacks;

import advx.attacks.measure.Decision;
import advx.engine.Tensor;
import java.util.List;

/**
 * What an attack did to each sample.
 *
 * @param attack the attack, with its settings
 * @param samples one for each attacked sample, in their order
 * @param inputs the perturbed inputs [samples, features], or null if the run did not keep them
 */
public record AttackResult(Attack attack, int classes, List<Sample> samples, Tensor inputs) {
  /**
   * One sample.
   *
   * @param index in its data set
   * @param label the true one
   * @param target the wanted class of a targeted attack, else −1
   * @param clean what the model says about the clean input
   * @param attacked what it says about the perturbed one, by a forward pass after the attack
   * @param admissible whether what the attack made was finite and inside the threat model; if not,
   *     it was thrown away and the perturbed input is the clean one
   * @param linf the exact L∞ norm of the perturbation, computed in double
   * @param l2 its L2 norm
   * @param l1 its L1 norm
   * @param firstStep the first step after which the sample was broken: 0 if it was wrong when
   *     clean, −1 if never
   * @param gradients those that the attack took
   * @param seed of the attack's random numbers
   */
  public record Sample(
      int index,
      int label,
      int target,
      Decision clean,
      Decision attacked,
      boolean admissible,
      double linf,
      double l2,
      double l1,
      int firstStep,
      GradientCount gradients,
      long seed) {

    public boolean cleanCorrect() {
      return clean.prediction() == label;
    }

    /** Whether the model is right about the perturbed input. */
    public boolean attackedCorrect() {
      return attacked.prediction() == label;
    }

    /** Whether the model is wrong about the clean input or about the perturbed one. */
    public boolean broken() {
      return !cleanCorrect() || !attackedCorrect();
    }

    /** Whether the model was right when clean and is not any more. */
    public boolean fooled() {
      return cleanCorrect() && !attackedCorrect();
    }

    /** Whether the perturbed input gets the wanted class; false for an attack without target. */
    public boolean reachedTarget() {
      return target >= 0 && attacked.prediction() == target;
    }

    /** The size of the perturbation. */
    public double norm(Norm norm) {
      return switch (norm) {
        case LINF -> linf;
        case L2 -> l2;
        case L1 -> l1;
      };
    }
  }

  public int size() {
    return samples.size();
  }

  /** The perturbed inputs [samples, features]. */
  public Tensor adversarial() {
    if (inputs == null) {
      throw new IllegalStateException(
          "AttackResult: this run did not keep its perturbed inputs; ask it to, or run one attack");
    }
    return inputs;
  }
}
