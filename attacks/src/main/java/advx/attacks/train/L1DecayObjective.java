package advx.attacks.train;

import advx.engine.InputException;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.kernel.Lanes;
import advx.engine.kernel.SignStep;
import advx.engine.kernel.Sums;
import advx.nn.Network;
import advx.nn.Objective;
import advx.nn.Parameter;
import advx.nn.Pass;

/**
 * L1 weight decay on the first layer (Goodfellow, Shlens, Szegedy 2015, §5): λ·Σ|w| over the first
 * layer's weights, its biases left out, is added to the mean cost of every batch.
 *
 * <p>Gradient: λ·sign(w), sign(0) = 0. Unlike adversarial training, which subtracts ε‖w‖₁ from the
 * margin and so costs nothing once the margin is large, the penalty never goes away.
 *
 * @param of the objective that the penalty is added to
 * @param coefficient λ
 */
public record L1DecayObjective(Objective of, double coefficient) implements Objective {
  public L1DecayObjective {
    if (!(coefficient >= 0 && coefficient <= Float.MAX_VALUE)) {
      throw new InputException(
          "L1 weight decay: the coefficient is %s: give a number from 0 up."
              .formatted(coefficient));
    }
  }

  @Override
  public double gradients(Network network, Pass pass, Tensor x, int[] labels) {
    double cost = of.gradients(network, pass, x, labels);
    Parameter first = network.parameters().getFirst();
    Tensor w = first.value();
    Tape tape = pass.tape();
    Tensor decay = tape.workspace().like(w).fill(0);
    float[] d = decay.data();
    SignStep.step(d, 0, w.data(), 0, (float) coefficient, d, 0, w.size());
    pass.parameter(first).addGradient(tape.constant(decay));
    float[] lanes = tape.workspace().tensor(Lanes.LOGICAL).data();
    double norm = 0;
    for (int row = 0; row < w.rows(); row++) {
      norm += Sums.absolutes(w.data(), row * w.columns(), w.columns(), lanes);
    }
    return cost + labels.length * coefficient * norm;
  }

  @Override
  public String describe() {
    return "%s + l1 of first layer*%s".formatted(of.describe(), coefficient);
  }
}
