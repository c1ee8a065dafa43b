package advx.cli.rows;

import advx.attacks.Box;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.engine.kernel.BallStep;
import advx.nn.Network;
import advx.nn.Pass;
import advx.nn.data.Dataset;

/**
 * The fast gradient sign method through the network as a step of training sees it: x + ε·sign(∇ₓJ),
 * J the cost under a dropout mask of the sample's own. An input that the mask removes stays as it
 * is.
 */
final class MaskedGradients {
  private static final int BATCH = 500;

  private MaskedGradients() {}

  /**
   * The perturbed samples, [samples][features].
   *
   * @param clipped to [0, 1]
   * @param seed of the masks
   */
  static Tensor perturbed(
      Network network, Dataset data, double epsilon, boolean clipped, long seed, Workers workers) {
    Tensor all = Tensor.zeros(data.size(), data.features());
    Pass step = Pass.training(new Tape(workers), seed);
    for (int first = 0; first < data.size(); first += BATCH) {
      int end = Math.min(data.size(), first + BATCH);
      int[] samples = new int[end - first];
      int[] labels = new int[samples.length];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = data.index(first + i);
        labels[i] = data.label(first + i);
      }
      step.start(0, samples);
      Tensor x = data.images(first, end);
      float[] g = gradient(network, step.crafting(), x, labels);
      int at = first * data.features();
      if (clipped) {
        float low = Box.UNIT.low();
        float high = Box.UNIT.high();
        BallStep.clippedStep(x.data(), 0, g, 0, epsilon, low, high, all.data(), at, g.length);
      } else {
        BallStep.step(x.data(), 0, g, 0, epsilon, all.data(), at, g.length);
      }
    }
    return all;
  }

  private static float[] gradient(Network network, Pass pass, Tensor x, int[] labels) {
    Var input = pass.tape().variable(x, "x");
    Var costs = network.top().loss(network.forward(pass, input), labels);
    Tensor ones = Tensor.zeros(labels.length);
    ones.fill(1);
    pass.tape().backward(costs, pass.tape().constant(ones), false);
    return input.gradient().data();
  }
}
