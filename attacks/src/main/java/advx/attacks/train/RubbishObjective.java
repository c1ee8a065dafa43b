package advx.attacks.train;

import advx.engine.InputException;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.op.LogSoftmax;
import advx.engine.op.Mean;
import advx.engine.op.Negate;
import advx.nn.Network;
import advx.nn.Objective;
import advx.nn.Pass;
import advx.nn.Top;

/**
 * Training on rubbish (Goodfellow, Shlens, Szegedy 2015, appendix A): beside each labelled example
 * stands an image of noise, for which the network is to name no class,
 *
 * <pre>
 *  J̃(θ, x, y) = α·J(θ, x, y) + (1−α)·U(θ, η),   η ~ N(0, I),   U = −(1/C)·Σ_c ln p_c(η)
 * </pre>
 *
 * <p>U is the cross-entropy to the uniform distribution over the C classes, least where all
 * probabilities are equal. The paper says what is wanted, "a high-entropy (nearly uniform)
 * distribution over the classes", and not by which cost. The noise is drawn afresh at every step,
 * from (seed, step, the sample's index) and nothing else; both passes share the dropout mask.
 *
 * @param alpha the weight α of the labelled examples, in [0, 1]
 */
public record RubbishObjective(double alpha) implements Objective {
  /** Images of noise that one thread draws at a time: logarithms and sines take their time. */
  private static final int ROWS = 25;

  public RubbishObjective {
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new InputException(
          "Training on rubbish: the weight of the labelled examples is %s: give one from 0 to 1."
              .formatted(alpha));
    }
  }

  @Override
  public double gradients(Network network, Pass pass, Tensor x, int[] labels) {
    if (network.top() != Top.SOFTMAX) {
      throw new InputException(
          "Training on rubbish wants equal probabilities of all classes, but '%s' does not end in softmax: give a network that does."
              .formatted(network.architecture()));
    }
    Tape tape = pass.tape();
    double clean = alpha == 0 ? 0 : Shares.add(alpha, network, pass, tape.constant(x), labels);
    if (alpha == 1) {
      return clean;
    }
    Var logits = network.forward(pass, tape.constant(noise(pass, x)));
    Var uniform = Negate.negate(Mean.mean(LogSoftmax.logSoftmax(logits), 1));
    return clean + Shares.add(1 - alpha, pass, uniform);
  }

  private static Tensor noise(Pass pass, Tensor x) {
    Tensor made = pass.tape().workspace().like(x);
    int blocks = Math.ceilDiv(x.rows(), ROWS);
    pass.tape().workers().run(blocks, (block, worker) -> fill(pass, made, block * ROWS));
    return made;
  }

  private static void fill(Pass pass, Tensor made, int first) {
    RandomStream random = new RandomStream(pass.seed(), Purpose.TRAINING_NOISE, 0, 0, 0);
    int n = made.columns();
    for (int row = first; row < Math.min(first + ROWS, made.rows()); row++) {
      random.restart(pass.step(), pass.samples()[row]);
      for (int i = row * n; i < (row + 1) * n; i++) {
        made.data()[i] = random.normal();
      }
    }
  }

  @Override
  public String describe() {
    return "rubbish alpha=" + alpha;
  }
}
