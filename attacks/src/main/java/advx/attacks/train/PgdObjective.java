package advx.attacks.train;

import advx.attacks.Box;
import advx.attacks.StepSize;
import advx.engine.InputException;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.kernel.BoundedStep;
import advx.nn.Network;
import advx.nn.Objective;
import advx.nn.Pass;

/**
 * Adversarial training with projected gradient descent (Madry et al.: Towards Deep Learning Models
 * Resistant to Adversarial Attacks, 2018, §2): the mean cost of perturbed inputs alone,
 *
 * <pre>
 *  x₀ = Π(x + U(−ε, ε))      xₜ₊₁ = Π(xₜ + α·sign(∇ₓJ(θ, xₜ, y)))      J̃ = J(θ, x_steps, y)
 * </pre>
 *
 * <p>with Π the projection onto ‖x' − x‖∞ ≤ ε and the box; as published, the last point counts, not
 * the best. The inputs are made afresh in every step from the current parameters, on the network as
 * the step sees it ({@link Pass#crafting}), whose weights have no gradients there. The start is
 * drawn from (seed, update, the sample's index). A gradient of 0, or that is no number, moves
 * nothing. Allocates nothing once warm.
 *
 * @param budget ε, which may rise over the updates
 * @param size of a step: a distance, or a share of the present ε
 * @param box to which all points are clipped; {@link Box#NONE} for none
 */
public record PgdObjective(RisingEpsilon budget, int steps, StepSize size, Box box)
    implements Objective {
  /** A walk may go this many times the radius, as that of the attack. */
  private static final double REACH = 2.5;

  public PgdObjective {
    if (steps < 1) {
      throw new InputException(
          "Adversarial training: the attack has %d steps: give one or more.".formatted(steps));
    }
  }

  /** Steps of 2.5·ε/steps. */
  public PgdObjective(RisingEpsilon budget, int steps, Box box) {
    this(budget, steps, StepSize.share(REACH / Math.max(1, steps)), box);
  }

  /** As published for MNIST: ε 0.3 from the start, 40 steps of 0.01. */
  public static PgdObjective publishedMnist() {
    return new PgdObjective(RisingEpsilon.constant(0.3), 40, StepSize.of(0.01), Box.UNIT);
  }

  /** As published for CIFAR-10, pixels from 0 to 255: ε 8, 7 steps of 2. */
  public static PgdObjective publishedCifar() {
    return new PgdObjective(RisingEpsilon.constant(8), 7, StepSize.of(2), new Box(0, 255));
  }

  @Override
  public double gradients(Network network, Pass pass, Tensor x, int[] labels) {
    Tensor perturbed = perturb(network, pass, x, labels);
    return Shares.add(1, network, pass, pass.tape().constant(perturbed), labels);
  }

  /** The perturbed inputs, in a buffer of the pass's tape. */
  private Tensor perturb(Network network, Pass pass, Tensor x, int[] labels) {
    Tensor moved = pass.tape().workspace().like(x);
    Tensor low = pass.tape().workspace().like(x);
    Tensor high = pass.tape().workspace().like(x);
    double epsilon = budget.at(pass.step());
    pass.tape()
        .workers()
        .scratch(StartRows.class, StartRows::new)
        .draw(pass, x, epsilon, box, moved, low, high);
    float step = (float) size.within(epsilon);
    for (int t = 0; t < steps; t++) {
      Pass crafting = pass.crafting();
      Var input = crafting.tape().variable(moved, "x");
      Var costs = network.top().loss(network.forward(crafting, input), labels);
      crafting.tape().backward(costs);
      if (input.gradient() == null) {
        break;
      }
      float[] g = input.gradient().data();
      step(g, step, moved.data(), low.data(), high.data());
    }
    return moved;
  }

  private static void step(float[] g, float size, float[] x, float[] low, float[] high) {
    for (int i = 0; i < g.length; i++) {
      g[i] = Float.isNaN(g[i]) ? 0 : g[i];
    }
    BoundedStep.step(x, g, size, low, high, 0, g.length);
  }

  @Override
  public String describe() {
    return "pgd epsilon=%s steps=%d step=%s box=%s".formatted(budget, steps, size, box);
  }
}
