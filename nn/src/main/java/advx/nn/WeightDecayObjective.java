package advx.nn;

import advx.engine.InputException;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.kernel.Lanes;
import advx.engine.kernel.Sums;

/**
 * Weight decay: λ/2·Σw² over the weights of all dense and convolutional layers is added to the mean
 * cost of every batch; biases and normalisations are left out. Gradient: λ·w.
 *
 * @param of the objective that the penalty is added to
 * @param coefficient λ
 */
public record WeightDecayObjective(Objective of, double coefficient) implements Objective {
  public WeightDecayObjective {
    if (!(coefficient >= 0 && coefficient <= Float.MAX_VALUE)) {
      throw new InputException(
          "Weight decay: the coefficient is %s: give a number from 0 up.".formatted(coefficient));
    }
  }

  @Override
  public double gradients(Network network, Pass pass, Tensor x, int[] labels) {
    double cost = of.gradients(network, pass, x, labels);
    Tape tape = pass.tape();
    float[] lanes = tape.workspace().tensor(Lanes.LOGICAL).data();
    double squares = 0;
    for (int i = 0; i < network.parameters().size(); i++) {
      Parameter p = network.parameters().get(i);
      if (p.value().rank() > 1) {
        Tensor decay = tape.workspace().like(p.value());
        squares += decay(p.value(), decay, lanes);
        pass.parameter(p).addGradient(tape.constant(decay));
      }
    }
    return cost + labels.length * coefficient / 2 * squares;
  }

  private double decay(Tensor w, Tensor into, float[] lanes) {
    float factor = (float) coefficient;
    float[] from = w.data();
    float[] to = into.data();
    for (int i = 0; i < to.length; i++) {
      to[i] = factor * from[i];
    }
    double squares = 0;
    for (int row = 0; row < w.rows(); row++) {
      squares += Sums.squares(from, row * w.columns(), w.columns(), lanes);
    }
    return squares;
  }

  @Override
  public String describe() {
    return "%s + l2 of weights*%s/2".formatted(of.describe(), coefficient);
  }
}
