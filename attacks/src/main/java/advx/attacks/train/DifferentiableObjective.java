package advx.attacks.train;

import advx.engine.InputException;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.op.Add;
import advx.engine.op.Multiply;
import advx.nn.Network;
import advx.nn.Objective;
import advx.nn.Pass;

/**
 * Adversarial training by a step that can be differentiated, so that the learner anticipates how
 * the adversary answers a change of the weights (Goodfellow, Shlens, Szegedy 2015, §6):
 *
 * <pre>
 *  J̃(θ, x, y) = α·J(θ, x, y) + (1−α)·J(θ, x'(x, ∇ₓJ(θ, x, y)), y)
 * </pre>
 *
 * <p>∇ₓJ depends on θ, so the gradient of J̃ holds that of a gradient: the backward pass that makes
 * ∇ₓJ is recorded, and walked backwards in its turn. Without anticipation x' is taken as constant,
 * as in {@link AdversarialObjective}; with {@link GradientStep#SIGN}, whose derivative is 0, both
 * are the same. Both passes share the step's dropout mask. Nothing is clipped.
 *
 * @param alpha the weight α of the clean cost, in (0, 1]: with 1, plain training
 * @param size ε in the data's own units, or an angle in radians
 * @param anticipates whether the gradient flows through the step
 */
public record DifferentiableObjective(
    GradientStep step, double alpha, double size, boolean anticipates) implements Objective {
  public DifferentiableObjective {
    checkSettings(alpha, size);
  }

  static void checkSettings(double alpha, double size) {
    if (!(alpha > 0 && alpha <= 1)) {
      throw new InputException(
          "Adversarial training: the weight of the clean cost is %s: give one above 0 and up to 1."
              .formatted(alpha));
    }
    if (!(size >= 0 && size <= Float.MAX_VALUE)) {
      throw new InputException(
          "Adversarial training: the size of the step is %s: give a number from 0 up, in the data's own units, or an angle in radians."
              .formatted(size));
    }
  }

  @Override
  public double gradients(Network network, Pass pass, Tensor x, int[] labels) {
    Tape tape = pass.tape();
    Var input = tape.variable(x, "x");
    Var clean = network.top().loss(network.forward(pass, input), labels);
    if (alpha == 1) {
      return Shares.add(1, pass, clean);
    }
    Tensor ones = tape.workspace().like(clean.value()).fill(1);
    tape.backward(clean, tape.constant(ones), anticipates);
    Var g = input.gradient();
    if (g == null) {
      g = tape.constant(tape.workspace().like(x).fill(0));
    }
    tape.clearGradients();
    Var perturbed = step.step(x, anticipates ? g : tape.constant(g.value()), size);
    Var again = network.top().loss(network.forward(pass, perturbed), labels);
    return Shares.add(1, pass, Add.add(share(clean, alpha), share(again, 1 - alpha)));
  }

  private static Var share(Var costs, double weight) {
    Tensor weights = costs.tape().workspace().like(costs.value()).fill((float) weight);
    return Multiply.multiply(costs, costs.tape().constant(weights));
  }

  @Override
  public String describe() {
    return "differentiable %s alpha=%s size=%s anticipates=%s"
        .formatted(step.word(), alpha, size, anticipates ? "yes" : "no");
  }
}
