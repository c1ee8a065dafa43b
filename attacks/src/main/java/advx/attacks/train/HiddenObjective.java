package advx.attacks.train;

import advx.engine.InputException;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.op.Add;
import advx.engine.op.Subtract;
import advx.nn.Network;
import advx.nn.Objective;
import advx.nn.Pass;
import advx.nn.layer.Flat;
import java.util.Arrays;
import java.util.List;

/**
 * Adversarial training in which hidden layers are perturbed, the input, or several of them
 * (Goodfellow, Shlens, Szegedy 2015, §6). With hₖ the activations of layer k, h₀ = x,
 *
 * <pre>
 *  J̃ = α·J(θ, x, y) + (1−α)·J(θ, …, hₖ + ηₖ, …, y),   ηₖ = the step of hₖ along ∂J/∂hₖ
 * </pre>
 *
 * <p>The steps of all layers are made from the clean pass and are constant: no gradient flows
 * through them. A hidden layer's activations are what the next layer with weights reads, before its
 * dropout; both passes share the mask, and an activation that it drops has gradient 0 and is not
 * moved by a sign. Layers are computed one by one. Shapes: x [samples, features].
 *
 * @param alpha the weight α of the clean cost, in (0, 1]: with 1, plain training
 * @param size ε in the units of the activations, or an angle in radians
 * @param layers which are perturbed: 0 the input, 1 the first hidden layer, …
 */
public record HiddenObjective(GradientStep step, double alpha, double size, List<Integer> layers)
    implements Objective {
  public HiddenObjective {
    DifferentiableObjective.checkSettings(alpha, size);
    layers = List.copyOf(layers);
    if (layers.isEmpty() || layers.stream().anyMatch(k -> k < 0)) {
      throw new InputException(
          "Training with perturbed layers: got layers %s: give 0 for the input, 1 for the first hidden layer, and so on."
              .formatted(layers));
    }
  }

  @Override
  public double gradients(Network network, Pass pass, Tensor x, int[] labels) {
    Tape tape = pass.tape();
    Var[] activations =
        tape.scratch(Activations.class, any -> new Activations())
            .clear(network.layers().size() + 1);
    Var input = layers.contains(0) ? tape.variable(x, "x") : tape.constant(x);
    Var logits = forward(network, pass, input, activations, null);
    double clean = Shares.add(alpha, pass, network.top().loss(logits, labels));
    if (alpha == 1) {
      return clean;
    }
    Var[] moves = activations;
    for (int k = 0; k < moves.length && moves[k] != null; k++) {
      moves[k] = layers.contains(k) ? move(moves[k]) : null;
    }
    Var perturbed = forward(network, pass, tape.constant(x), null, moves);
    return clean + Shares.add(1 - alpha, pass, network.top().loss(perturbed, labels));
  }

  /** Room for the activations of a pass, one object a tape. */
  private static final class Activations {
    private Var[] room = {};

    private Var[] clear(int size) {
      if (room.length != size) {
        room = new Var[size];
      }
      Arrays.fill(room, null);
      return room;
    }
  }

  /** The step of one layer's activations, as a constant. */
  private Var move(Var h) {
    Tape tape = h.tape();
    Tensor g =
        h.gradient() == null ? tape.workspace().like(h.value()).fill(0) : h.gradient().value();
    Var moved = step.step(h.value(), tape.constant(g), size);
    return Subtract.subtract(moved, tape.constant(h.value()));
  }

  /**
   * A pass, layer by layer.
   *
   * @param seen takes the activations of the input and the hidden layers, or null
   * @param moves what is added to them, or null for nothing, in all or in each
   */
  private Var forward(Network network, Pass pass, Var x, Var[] seen, Var[] moves) {
    Var h = visit(x, 0, seen, moves);
    int hidden = 0;
    for (int i = 0; i < network.layers().size(); i++) {
      h = network.layers().get(i).forward(pass, h);
      if (isHidden(network, i)) {
        h = visit(Flat.flat(h), ++hidden, seen, moves);
      }
    }
    for (int j = 0; j < layers.size(); j++) {
      int k = layers.get(j);
      if (k > hidden) {
        throw new InputException(
            "Training with perturbed layers: layer %d of '%s' is to be perturbed, but it has %d hidden layers."
                .formatted(k, network.architecture(), hidden));
      }
    }
    return Flat.flat(h);
  }

  private static Var visit(Var h, int k, Var[] seen, Var[] moves) {
    if (seen != null) {
      seen[k] = h;
    }
    return moves != null && moves[k] != null ? Add.add(h, moves[k]) : h;
  }

  /** Whether the next layer but dropout has weights, and some layer up to this one has. */
  private static boolean isHidden(Network network, int i) {
    if (isDropout(network, i)) {
      return false;
    }
    int next = i + 1;
    while (next < network.layers().size() && isDropout(network, next)) {
      next++;
    }
    if (next == network.layers().size() || !network.hasWeights(next)) {
      return false;
    }
    for (int j = 0; j <= i; j++) {
      if (network.hasWeights(j)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDropout(Network network, int i) {
    return network.architecture().parts().get(i).word().equals("dropout");
  }

  @Override
  public String describe() {
    return "hidden %s alpha=%s size=%s layers=%s".formatted(step.word(), alpha, size, layers);
  }
}
