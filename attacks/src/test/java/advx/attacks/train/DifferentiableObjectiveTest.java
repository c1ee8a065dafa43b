package advx.attacks.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.Fixtures;
import advx.attacks.Rotation;
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

/** Training by steps that can be differentiated: the gradient of the objective, by differences. */
class DifferentiableObjectiveTest {
  private static final int BATCH = 5;
  private static final int IN = 3;
  private static final int[] LABELS = {0, 2, 1, 1, 0};
  private static final double ALPHA = 0.3;
  private static final double SIZE = 0.4;
  private static final String DEEP =
      "dropout(0.8,unscaled) maxout(9,3) dropout(0.5) dense(3) softmax";
  private static final int[] SEVEN = {0, 1, 2, 0, 1, 2, 0};

  private final Network network = Fixtures.network("dense(4) tanh dense(3) softmax", IN, 7);
  private final Tensor x = Fixtures.normal(9, 1, BATCH, IN);

  /** The cost, and copies of all parameters' gradients, of one training step. */
  record Step(double cost, List<float[]> gradients) {}

  static Step step(Objective objective, Network network, Tensor x, int[] labels) {
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

  static void assertSame(Step expected, Step found, double tolerance) {
    assertEquals(expected.cost(), found.cost(), tolerance);
    for (int i = 0; i < expected.gradients().size(); i++) {
      assertArrayEquals(expected.gradients().get(i), found.gradients().get(i), (float) tolerance);
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

  /**
   * Differences of the whole of J̃ in double, the perturbed inputs made anew for θ ± h: a gradient
   * of a gradient. Kills: a step that is held constant, a weight α on the wrong share, an angle the
   * other way round.
   */
  @Test
  void gradientGoesThroughTheStep() {
    for (GradientStep law : List.of(GradientStep.ROTATION, GradientStep.SCALED)) {
      for (float confident : new float[] {1, 6}) {
        network.parameters().get(2).value().set(scaled(confident));
        Step found = step(new DifferentiableObjective(law, ALPHA, SIZE, true), network, x, LABELS);
        Step held = step(new DifferentiableObjective(law, ALPHA, SIZE, false), network, x, LABELS);
        double[] theta = parameters();
        assertEquals(BATCH * objective(theta, theta, law), found.cost(), 1e-4);
        assertEquals(found.cost(), held.cost(), 1e-6);
        double[] through = differences(theta, law, true);
        double[] constant = differences(theta, law, false);
        double apart = 0;
        int at = 0;
        for (int i = 0; i < found.gradients().size(); i++) {
          for (int j = 0; j < found.gradients().get(i).length; j++) {
            String what = "%s, weights × %s, parameter %d".formatted(law, confident, at);
            double tolerance = 2e-5 + 2e-4 * Math.abs(through[at]);
            assertEquals(through[at], found.gradients().get(i)[j], tolerance, what);
            assertEquals(constant[at], held.gradients().get(i)[j], tolerance, what);
            apart = Math.max(apart, Math.abs(through[at] - constant[at]));
            at++;
          }
        }
        assertTrue(apart > 1e-3, "anticipation changes no gradient by more than " + apart);
      }
    }
  }

  private Tensor scaled(float by) {
    Tensor w =
        Fixtures.network("dense(4) tanh dense(3) softmax", IN, 7).parameters().get(2).value();
    for (int i = 0; i < w.size(); i++) {
      w.data()[i] *= by;
    }
    return w;
  }

  private double[] differences(double[] theta, GradientStep law, boolean through) {
    double h = 1e-6;
    double[] slopes = new double[theta.length];
    for (int i = 0; i < theta.length; i++) {
      double[] up = theta.clone();
      double[] down = theta.clone();
      up[i] += h;
      down[i] -= h;
      double above = objective(up, through ? up : theta, law);
      double below = objective(down, through ? down : theta, law);
      slopes[i] = (above - below) / (2 * h);
    }
    return slopes;
  }

  /** J̃ with the perturbed inputs made for other parameters. */
  private double objective(double[] theta, double[] adversary, GradientStep law) {
    double sum = 0;
    for (int s = 0; s < BATCH; s++) {
      double[] in = new double[IN];
      for (int i = 0; i < IN; i++) {
        in[i] = x.data()[s * IN + i];
      }
      double[] g = new double[IN];
      sum += ALPHA * AdversarialObjectiveTest.cost(theta, in, LABELS[s], g);
      AdversarialObjectiveTest.cost(adversary, in, LABELS[s], g);
      double[] moved = law == GradientStep.SCALED ? scaledStep(in, g) : rotated(in, g);
      sum += (1 - ALPHA) * AdversarialObjectiveTest.cost(theta, moved, LABELS[s], g);
    }
    return sum / BATCH;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[] scaledStep(double[] x, double[] g) {
    double[] moved = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      moved[i] = x[i] + SIZE * g[i] / Math.sqrt(dot(g, g));
    }
    return moved;
  }

  private static double[] rotated(double[] x, double[] g) {
    double[] across = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      across[i] = g[i] - x[i] * dot(x, g) / dot(x, x);
    }
    double length = Math.sqrt(dot(x, x) / dot(across, across));
    double[] moved = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      moved[i] = StrictMath.cos(SIZE) * x[i] + StrictMath.sin(SIZE) * length * across[i];
    }
    return moved;
  }

  /** The same for maxout and dropout, along one direction, in float. */
  @Test
  void gradientGoesThroughMaxoutAndDropout() {
    Network deep = Fixtures.network(DEEP, 17, 1);
    Tensor images = Fixtures.normal(4, 1, 7, 17);
    for (GradientStep law : List.of(GradientStep.ROTATION, GradientStep.SCALED)) {
      Objective objective = new DifferentiableObjective(law, 0.2, 0.3, true);
      Step here = step(objective, deep, images, SEVEN);
      double slope = 0;
      double h = 2e-3;
      List<Tensor> along = new ArrayList<>();
      for (int i = 0; i < deep.parameters().size(); i++) {
        Tensor value = deep.parameters().get(i).value();
        Tensor direction = Fixtures.normal(20 + i, 1, value.shape());
        along.add(direction);
        for (int j = 0; j < value.size(); j++) {
          slope += here.gradients().get(i)[j] * (double) direction.data()[j];
        }
      }
      double up = costAt(objective, deep, images, along, h);
      double down = costAt(objective, deep, images, along, -h);
      double difference = (up - down) / (2 * h * SEVEN.length);
      assertEquals(difference, slope, 0.01 * Math.abs(difference), law.word());
    }
  }

  private static double costAt(
      Objective objective, Network network, Tensor x, List<Tensor> along, double h) {
    Network moved = network.copy();
    for (int i = 0; i < along.size(); i++) {
      float[] w = moved.parameters().get(i).value().data();
      for (int j = 0; j < w.length; j++) {
        w[j] += (float) (h * along.get(i).data()[j]);
      }
    }
    return step(objective, moved, x, SEVEN).cost();
  }

  /** The rotation of training is that of the attack, ε of 0 is the clean cost. */
  @Test
  void theStepIsThatOfTheAttack() {
    Tensor turned;
    try (Workers workers = new Workers(1)) {
      turned = Rotation.by(SIZE).run(network, x, LABELS, new int[BATCH], workers).inputs();
    }
    Step attacked = step(new CleanObjective(), network, turned, LABELS);
    Step clean = step(new CleanObjective(), network, x, LABELS);
    Step found =
        step(
            new DifferentiableObjective(GradientStep.ROTATION, ALPHA, SIZE, false),
            network,
            x,
            LABELS);
    assertEquals(ALPHA * clean.cost() + (1 - ALPHA) * attacked.cost(), found.cost(), 1e-5);
    assertTrue(attacked.cost() > clean.cost() + 0.1);
    for (GradientStep law : GradientStep.values()) {
      assertSame(
          clean, step(new DifferentiableObjective(law, ALPHA, 0, true), network, x, LABELS), 2e-6);
      assertSame(
          clean, step(new DifferentiableObjective(law, 1, SIZE, true), network, x, LABELS), 0);
    }
  }

  /** No gradient flows through a sign: with anticipation or without, it is adversarial training. */
  @Test
  void theSignIsAdversarialTraining() {
    Network deep = Fixtures.network(DEEP, 17, 1);
    Tensor images = Fixtures.normal(4, 1, 7, 17);
    Step expected = step(new AdversarialObjective(ALPHA, SIZE), deep, images, SEVEN);
    for (boolean anticipates : new boolean[] {false, true}) {
      Objective objective =
          new DifferentiableObjective(GradientStep.SIGN, ALPHA, SIZE, anticipates);
      assertSame(expected, step(objective, deep, images, SEVEN), 2e-6);
    }
  }

  /** A gradient that has no direction, and an input of zeros, move nothing and break nothing. */
  @Test
  void nothingHappensWithoutADirection() {
    Network flat = Fixtures.network("dense(4,init=zero) tanh dense(3) softmax", IN, 7);
    Tensor zeros = Tensor.zeros(BATCH, IN);
    for (GradientStep law : GradientStep.values()) {
      Objective objective = new DifferentiableObjective(law, ALPHA, SIZE, true);
      assertSame(
          step(new CleanObjective(), flat, x, LABELS), step(objective, flat, x, LABELS), 2e-6);
      Step found = step(objective, network, zeros, LABELS);
      found.gradients().forEach(g -> assertTrue(Double.isFinite(g[0])));
    }
    assertSame(
        step(new CleanObjective(), network, zeros, LABELS),
        step(
            new DifferentiableObjective(GradientStep.ROTATION, ALPHA, SIZE, true),
            network,
            zeros,
            LABELS),
        2e-6);
  }

  @Test
  void settingsAreNamedAndChecked() {
    assertEquals(
        "differentiable rotation alpha=0.5 size=0.25 anticipates=yes",
        new DifferentiableObjective(GradientStep.ROTATION, 0.5, 0.25, true).describe());
    for (double wrong : new double[] {-1, Double.NaN}) {
      assertThrows(
          InputException.class,
          () -> new DifferentiableObjective(GradientStep.SCALED, wrong, 1, true));
      assertThrows(
          InputException.class,
          () -> new DifferentiableObjective(GradientStep.SCALED, 0.5, wrong, true));
    }
  }
}
