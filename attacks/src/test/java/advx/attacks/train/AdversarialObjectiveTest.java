package advx.attacks.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.Box;
import advx.attacks.Fixtures;
import advx.engine.InputException;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.CleanObjective;
import advx.nn.Network;
import advx.nn.Objective;
import advx.nn.Parameter;
import advx.nn.Pass;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdversarialObjectiveTest {
  private static final int BATCH = 5;
  private static final int IN = 3;
  private static final int HIDDEN = 4;
  private static final int OUT = 3;
  private static final int[] LABELS = {0, 2, 1, 1, 0};
  private static final double EPSILON = 0.3;

  private final Network network = Fixtures.network("dense(4) tanh dense(3) softmax", IN, 7);
  private final Tensor x = Fixtures.normal(9, 1, BATCH, IN);

  /** The cost, and copies of all parameters' gradients, of one training step. */
  private record Step(double cost, List<float[]> gradients) {}

  private static Step step(Objective objective, Network network, Tensor x, int[] labels) {
    try (Workers workers = new Workers(1)) {
      Pass pass = Pass.training(new Tape(workers), 11);
      int[] samples = new int[labels.length];
      java.util.Arrays.setAll(samples, i -> 40 + i);
      pass.start(3, samples);
      double cost = objective.gradients(network, pass, x, labels);
      List<float[]> gradients = new ArrayList<>();
      for (Parameter p : network.parameters()) {
        gradients.add(pass.parameter(p).gradient().data().clone());
      }
      return new Step(cost, gradients);
    }
  }

  @Test
  void withAlphaOneItIsTheCleanObjectiveBitForBit() {
    Network deep =
        Fixtures.network("dropout(0.8,unscaled) maxout(9,3) dropout(0.5) dense(3) softmax", 17, 1);
    Tensor images = Fixtures.normal(4, 1, 7, 17);
    int[] labels = {0, 1, 2, 0, 1, 2, 0};
    Step clean = step(new CleanObjective(), deep, images, labels);
    Step adversarial = step(new AdversarialObjective(1, 0.25), deep, images, labels);
    assertEquals(clean.cost(), adversarial.cost());
    for (int i = 0; i < clean.gradients().size(); i++) {
      assertArrayEquals(clean.gradients().get(i), adversarial.gradients().get(i));
    }
  }

  /** With ε = 0 both shares are the clean cost, if and only if they see one dropout mask. */
  @Test
  void bothPassesShareTheDropoutMask() {
    Network deep =
        Fixtures.network("dropout(0.8) maxout(9,3) dropout(0.5) dense(3) softmax", 17, 1);
    Tensor images = Fixtures.normal(4, 1, 7, 17);
    int[] labels = {0, 1, 2, 0, 1, 2, 0};
    Step clean = step(new CleanObjective(), deep, images, labels);
    Step adversarial = step(new AdversarialObjective(0.3, 0), deep, images, labels);
    assertEquals(clean.cost(), adversarial.cost(), 1e-12);
    for (int i = 0; i < clean.gradients().size(); i++) {
      assertArrayEquals(clean.gradients().get(i), adversarial.gradients().get(i), 1e-6f);
    }
  }

  /** Differences of the whole of J̃ in double, the perturbed inputs held where they are made. */
  @Test
  void gradientIsThatOfTheMeanObjective() {
    for (Box box : List.of(Box.NONE, new Box(-1, 1))) {
      for (double alpha : new double[] {0.5, 0.2}) {
        for (int i = 0; i < x.size() && box.limits(); i++) {
          x.data()[i] = box.clip(x.data()[i]);
        }
        Step step = step(new AdversarialObjective(alpha, EPSILON, box), network, x, LABELS);
        double[] theta = parameters();
        assertEquals(BATCH * objective(theta, alpha, box), step.cost(), 1e-5);
        int at = 0;
        double h = 1e-6;
        for (float[] gradient : step.gradients()) {
          for (float g : gradient) {
            double kept = theta[at];
            theta[at] = kept + h;
            double up = objective(theta, alpha, box);
            theta[at] = kept - h;
            double down = objective(theta, alpha, box);
            theta[at++] = kept;
            assertEquals((up - down) / (2 * h), g, 2e-6, "parameter " + (at - 1));
          }
        }
      }
    }
  }

  private double[] parameters() {
    double[] theta = new double[(int) network.size()];
    int at = 0;
    for (Parameter p : network.parameters()) {
      for (float w : p.value().data()) {
        theta[at++] = w;
      }
    }
    return theta;
  }

  /** J̃ of the tiny network, written once more; ∇ₓJ by the chain rule. */
  private double objective(double[] theta, double alpha, Box box) {
    double sum = 0;
    for (int s = 0; s < BATCH; s++) {
      double[] in = new double[IN];
      for (int i = 0; i < IN; i++) {
        in[i] = x.data()[s * IN + i];
      }
      double[] g = new double[IN];
      sum += alpha * cost(theta, in, LABELS[s], g);
      for (int i = 0; i < IN; i++) {
        in[i] = Math.clamp(in[i] + EPSILON * Math.signum(g[i]), box.low(), box.high());
      }
      sum += (1 - alpha) * cost(theta, in, LABELS[s], g);
    }
    return sum / BATCH;
  }

  /** −ln softmax(W₂·tanh(W₁x + b₁) + b₂)[label]; its gradient to dx. */
  static double cost(double[] theta, double[] in, int label, double[] dx) {
    int b1 = HIDDEN * IN;
    int w2 = b1 + HIDDEN;
    int b2 = w2 + OUT * HIDDEN;
    double[] h = new double[HIDDEN];
    for (int u = 0; u < HIDDEN; u++) {
      double a = theta[b1 + u];
      for (int i = 0; i < IN; i++) {
        a += theta[u * IN + i] * in[i];
      }
      h[u] = StrictMath.tanh(a);
    }
    double[] p = new double[OUT];
    double total = 0;
    for (int c = 0; c < OUT; c++) {
      double z = theta[b2 + c];
      for (int u = 0; u < HIDDEN; u++) {
        z += theta[w2 + c * HIDDEN + u] * h[u];
      }
      p[c] = StrictMath.exp(z);
      total += p[c];
    }
    java.util.Arrays.fill(dx, 0);
    for (int u = 0; u < HIDDEN; u++) {
      double dh = 0;
      for (int c = 0; c < OUT; c++) {
        dh += theta[w2 + c * HIDDEN + u] * (p[c] / total - (c == label ? 1 : 0));
      }
      for (int i = 0; i < IN; i++) {
        dx[i] += theta[u * IN + i] * dh * (1 - h[u] * h[u]);
      }
    }
    return -StrictMath.log(p[label] / total);
  }

  @Test
  void saysWhatIsWrongWithItsSettings() {
    for (double alpha : new double[] {0, -1, 1.1, Double.NaN}) {
      assertThrows(InputException.class, () -> new AdversarialObjective(alpha, 0.1));
    }
    for (double epsilon : new double[] {-0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(InputException.class, () -> new AdversarialObjective(0.5, epsilon));
    }
    assertEquals(
        "adversarial alpha=0.5 epsilon=0.25 box=none",
        new AdversarialObjective(0.5, 0.25).describe());
    assertTrue(new AdversarialObjective(0.5, 1, Box.UNIT).describe().endsWith("[0.0,1.0]"));
  }
}
