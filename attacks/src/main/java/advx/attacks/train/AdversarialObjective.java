package advx.attacks.train;

import advx.attacks.Box;
import advx.engine.InputException;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.nn.Network;
import advx.nn.Objective;
import advx.nn.Pass;

/**
 * Adversarial training with the fast gradient sign method (Goodfellow, Shlens, Szegedy 2015, §6):
 *
 * <pre>
 *  J̃(θ, x, y) = α·J(θ, x, y) + (1−α)·J(θ, x + ε·sign(∇ₓJ(θ, x, y)), y)
 * </pre>
 *
 * <p>The perturbed examples are made afresh at every step from the current parameters, on the
 * training network with the step's own dropout mask; both forward passes share the mask, and the
 * backward pass of the clean cost gives the gradients of parameters and inputs at once: two forward
 * and two backward passes a step. No gradient flows through the sign. An input that dropout removes
 * has gradient 0, sign(0) = 0, and stays as it is.
 *
 * <p>What is differentiated is α·J/batch, whose sign is that of ∇ₓJ wherever float can hold it.
 *
 * @param alpha the weight α of the clean cost, in (0, 1]: with 1, plain training
 * @param epsilon in the data's own units
 * @param box to which perturbed examples are clipped; {@link Box#NONE} as published
 */
public record AdversarialObjective(double alpha, double epsilon, Box box) implements Objective {
  public AdversarialObjective {
    if (!(alpha > 0 && alpha <= 1)) {
      throw new InputException(
          "Adversarial training: the weight of the clean cost is %s: give one above 0 and up to 1."
              .formatted(alpha));
    }
    if (!(epsilon >= 0 && epsilon <= Float.MAX_VALUE)) {
      throw new InputException(
          "Adversarial training: epsilon is %s: give a number from 0 up, in the data's own units."
              .formatted(epsilon));
    }
  }

  /** As published: not clipped. */
  public AdversarialObjective(double alpha, double epsilon) {
    this(alpha, epsilon, Box.NONE);
  }

  @Override
  public double gradients(Network network, Pass pass, Tensor x, int[] labels) {
    Var input = pass.tape().variable(x, "x");
    double clean = Shares.add(alpha, network, pass, input, labels);
    if (alpha == 1) {
      return clean;
    }
    Var perturbed = pass.tape().constant(perturb(pass.tape(), x, input.gradient()));
    return clean + Shares.add(1 - alpha, network, pass, perturbed, labels);
  }

  private Tensor perturb(Tape tape, Tensor x, Var gradient) {
    Tensor made = tape.workspace().like(x);
    if (gradient == null) {
      return made.set(x);
    }
    SignRows rows = tape.workers().scratch(SignRows.class, SignRows::new);
    rows.step(tape.workers(), x, gradient.data(), (float) epsilon, box, made.data());
    return made;
  }

  @Override
  public String describe() {
    return "adversarial alpha=%s epsilon=%s box=%s".formatted(alpha, epsilon, box);
  }
}
