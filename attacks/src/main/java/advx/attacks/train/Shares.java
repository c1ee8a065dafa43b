package advx.attacks.train;

import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.nn.Network;
import advx.nn.Pass;

/** The parts of which an objective is the weighted sum. */
final class Shares {
  private Shares() {}

  /** The pass's noise; {@code restart} goes to one sample's. Allocates nothing once warm. */
  static RandomStream random(Pass pass) {
    RandomStream random = pass.tape().scratch(RandomStream.class, tape -> new RandomStream());
    return random.key(pass.seed(), Purpose.TRAINING_NOISE, 0);
  }

  /** Adds the gradients of weight·(mean cost of the inputs); returns weight·(sum of costs). */
  static double add(double weight, Network network, Pass pass, Var input, int[] labels) {
    return add(weight, pass, network.top().loss(network.forward(pass, input), labels));
  }

  /** The same for costs of samples, [samples], that are computed already. */
  static double add(double weight, Pass pass, Var costs) {
    Tensor seed = pass.tape().workspace().like(costs.value());
    seed.fill((float) (weight / seed.size()));
    pass.tape().backward(costs, pass.tape().constant(seed), false);
    double sum = 0;
    for (float cost : costs.data()) {
      sum += cost;
    }
    return weight * sum;
  }
}
