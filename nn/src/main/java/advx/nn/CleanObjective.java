package advx.nn;

import advx.engine.Tensor;
import advx.engine.Var;

/** The mean cost of the clean batch: J(θ, x, y). */
public final class CleanObjective implements Objective {
  @Override
  public double gradients(Network network, Pass pass, Tensor x, int[] labels) {
    Var input = pass.tape().constant(x);
    Var loss = network.top().loss(network.forward(pass, input), labels);
    Tensor share = pass.tape().workspace().like(loss.value()).fill(1f / labels.length);
    pass.tape().backward(loss, pass.tape().constant(share), false);
    double sum = 0;
    for (float cost : loss.data()) {
      sum += cost;
    }
    return sum;
  }

  @Override
  public String describe() {
    return "clean";
  }
}
