package advx.attacks.train;

import advx.engine.InputException;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.op.Expand;
import advx.engine.op.L1Norm;
import advx.engine.op.Matmul;
import advx.engine.op.Pick;
import advx.engine.op.Reshape;
import advx.engine.op.Scale;
import advx.engine.op.Softplus;
import advx.engine.op.Subtract;
import advx.nn.Network;
import advx.nn.Objective;
import advx.nn.Parameter;
import advx.nn.Pass;
import advx.nn.Top;

/**
 * Adversarial training of logistic regression, in closed form (Goodfellow, Shlens, Szegedy 2015,
 * §5). With ζ(a) = ln(1 + exp a) and y = ±1 the cost under the worst perturbation, ‖η‖∞ ≤ ε, is
 *
 * <pre>
 *  max ζ(−y(wᵀ(x + η) + b)) = ζ(ε‖w‖₁ − y(wᵀx + b))
 * </pre>
 *
 * <p>The paper prints ζ(y(ε‖w‖₁ − wᵀx − b)), which is the worst case for y = +1 only. The penalty
 * stands inside ζ: it fades where the margin is large, which weight decay does not.
 *
 * <p>The network is one dense layer of two classes under a softmax: w = w₁ − w₀, b = b₁ − b₀, class
 * 1 is y = +1. Shapes: x [samples, features].
 */
public record LogisticAdversarialObjective(double epsilon) implements Objective {
  public LogisticAdversarialObjective {
    if (!(epsilon >= 0 && epsilon <= Float.MAX_VALUE)) {
      throw new InputException(
          "Adversarial training: epsilon is %s: give a number from 0 up, in the data's own units."
              .formatted(epsilon));
    }
  }

  @Override
  public double gradients(Network network, Pass pass, Tensor x, int[] labels) {
    if (network.classes() != 2 || network.top() != Top.SOFTMAX || !linear(network)) {
      throw new InputException(
          "The closed form of adversarial training needs logistic regression, such as 'dense(2)"
              + " softmax': got '%s'.".formatted(network.architecture()));
    }
    Tape tape = pass.tape();
    Var logits = network.forward(pass, tape.constant(x));
    int[] others = tape.workspace().indices(labels.length);
    for (int i = 0; i < labels.length; i++) {
      others[i] = 1 - labels[i];
    }
    Var margin = Subtract.subtract(Pick.pickLabel(logits, labels), Pick.pickLabel(logits, others));
    Parameter weight = network.parameters().getFirst();
    Tensor minus = tape.workspace().tensor(1, 2);
    minus.data()[0] = -1;
    minus.data()[1] = 1;
    Var w = Matmul.matmul(tape.constant(minus), pass.parameter(weight));
    Var loss = Scale.scale(L1Norm.l1Norm(w), (float) epsilon);
    Var all = Reshape.reshape(Expand.expand(loss, 0, labels.length), margin.value());
    return Shares.add(1, pass, Softplus.softplus(Subtract.subtract(all, margin)));
  }

  private static boolean linear(Network network) {
    return network.layers().size() == 1 && network.parameters().size() == 2;
  }

  @Override
  public String describe() {
    return "logistic adversarial epsilon=" + epsilon;
  }
}
