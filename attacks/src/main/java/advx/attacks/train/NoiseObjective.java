package advx.attacks.train;

import advx.engine.InputException;
import advx.engine.RandomStream;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.nn.Network;
import advx.nn.Objective;
import advx.nn.Pass;
import java.util.Locale;

/**
 * The noise controls of adversarial training (Goodfellow, Shlens, Szegedy 2015, §6): noise of the
 * same size takes the place of the sign of the gradient,
 *
 * <pre>
 *  J̃(θ, x, y) = α·J(θ, x, y) + (1−α)·J(θ, x + η, y),   η random, ‖η‖∞ ≤ ε
 * </pre>
 *
 * <p>The paper does not say whether its controls see clean examples too. As controls of adversarial
 * training they should differ from it in η alone, so the rows that use this take its α; with α = 0
 * there are noisy examples only. Nothing is clipped. The noise is drawn afresh at every step, from
 * (seed, step, the sample's index) and nothing else; both passes share the dropout mask.
 *
 * @param alpha the weight α of the clean cost, in [0, 1]
 * @param epsilon in the data's own units
 */
public record NoiseObjective(Law law, double alpha, double epsilon) implements Objective {
  /** How each element of the noise is drawn. */
  public enum Law {
    /** +ε or −ε, equally likely. */
    SIGNS {
      @Override
      float draw(RandomStream random, float epsilon) {
        return random.nextInt() < 0 ? -epsilon : epsilon;
      }
    },
    /** Uniform in [−ε, ε). */
    UNIFORM {
      @Override
      float draw(RandomStream random, float epsilon) {
        return random.uniform(-epsilon, epsilon);
      }
    };

    abstract float draw(RandomStream random, float epsilon);
  }

  public NoiseObjective {
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new InputException(
          "Training with noise: the weight of the clean cost is %s: give one from 0 to 1."
              .formatted(alpha));
    }
    if (!(epsilon >= 0 && epsilon <= Float.MAX_VALUE / 2)) {
      throw new InputException(
          "Training with noise: epsilon is %s: give a number from 0 up, in the data's own units."
              .formatted(epsilon));
    }
  }

  @Override
  public double gradients(Network network, Pass pass, Tensor x, int[] labels) {
    Tape tape = pass.tape();
    double clean = alpha == 0 ? 0 : Shares.add(alpha, network, pass, tape.constant(x), labels);
    if (alpha == 1) {
      return clean;
    }
    return clean + Shares.add(1 - alpha, network, pass, tape.constant(noisy(pass, x)), labels);
  }

  private Tensor noisy(Pass pass, Tensor x) {
    Tensor made = pass.tape().workspace().like(x);
    RandomStream random = Shares.random(pass);
    float size = (float) epsilon;
    int n = x.columns();
    for (int row = 0; row < x.rows(); row++) {
      random.restart(pass.step(), pass.samples()[row]);
      for (int i = row * n; i < (row + 1) * n; i++) {
        made.data()[i] = x.data()[i] + law.draw(random, size);
      }
    }
    return made;
  }

  @Override
  public String describe() {
    return "noise %s alpha=%s epsilon=%s"
        .formatted(law.name().toLowerCase(Locale.ROOT), alpha, epsilon);
  }
}
