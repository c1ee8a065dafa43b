package advx.attacks.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.AttackEvaluation;
import advx.attacks.Fgsm;
import advx.attacks.Fixtures;
import advx.engine.InputException;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.CleanError;
import advx.nn.CleanObjective;
import advx.nn.Network;
import advx.nn.Objective;
import advx.nn.Parameter;
import advx.nn.Pass;
import advx.nn.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The objectives that stand beside adversarial training, and the measure it stops by. */
class ControlsTest {
  private static final String DEEP =
      "dropout(0.8,unscaled) maxout(9,3) dropout(0.5) dense(3) softmax";
  private static final int[] LABELS = {0, 1, 2, 0, 1, 2, 0};
  private static final int STEP = 3;
  private static final int FIRST = 40;

  private final Network deep = Fixtures.network(DEEP, 17, 1);
  private final Tensor x = Fixtures.normal(4, 1, LABELS.length, 17);

  /** The cost, and copies of all parameters' gradients, of one training step. */
  private record Step(double cost, List<float[]> gradients) {}

  private static Step step(Objective objective, Network network, Tensor x, int[] labels, int at) {
    try (Workers workers = new Workers(1)) {
      Pass pass = Pass.training(new Tape(workers), 11);
      int[] samples = new int[labels.length];
      java.util.Arrays.setAll(samples, i -> FIRST + i);
      pass.start(at, samples);
      double cost = objective.gradients(network, pass, x, labels);
      List<float[]> gradients = new ArrayList<>();
      for (Parameter p : network.parameters()) {
        gradients.add(pass.parameter(p).gradient().data().clone());
      }
      return new Step(cost, gradients);
    }
  }

  private static void assertSame(Step expected, Step actual, double tolerance) {
    assertEquals(expected.cost(), actual.cost(), tolerance);
    for (int i = 0; i < expected.gradients().size(); i++) {
      assertArrayEquals(expected.gradients().get(i), actual.gradients().get(i), (float) tolerance);
    }
  }

  /** The noise once more, element by element, from its documented key. */
  private Tensor noisy(NoiseObjective.Law law, float epsilon, int at) {
    Tensor made = x.copy();
    for (int row = 0; row < x.rows(); row++) {
      RandomStream random = new RandomStream(11, Purpose.TRAINING_NOISE, 0, at, FIRST + row);
      for (int i = 0; i < 17; i++) {
        made.data()[row * 17 + i] +=
            law == NoiseObjective.Law.SIGNS
                ? random.nextInt() < 0 ? -epsilon : epsilon
                : random.uniform(-epsilon, epsilon);
      }
    }
    return made;
  }

  @Test
  void noiseIsDrawnByStepAndSample() {
    for (NoiseObjective.Law law : NoiseObjective.Law.values()) {
      Step made = step(new NoiseObjective(law, 0, 0.3), deep, x, LABELS, STEP);
      assertSame(step(new CleanObjective(), deep, noisy(law, 0.3f, STEP), LABELS, STEP), made, 0);
      assertNotEquals(
          step(new CleanObjective(), deep, noisy(law, 0.3f, STEP + 1), LABELS, STEP).cost(),
          made.cost());
    }
  }

  /** A mutant that weighs the shares the other way round, or draws two masks, fails. */
  @Test
  void noiseIsMixedWithCleanExamplesUnderOneMask() {
    NoiseObjective.Law law = NoiseObjective.Law.SIGNS;
    Step clean = step(new CleanObjective(), deep, x, LABELS, STEP);
    Step noisy = step(new NoiseObjective(law, 0, 0.3), deep, x, LABELS, STEP);
    Step mixed = step(new NoiseObjective(law, 0.2, 0.3), deep, x, LABELS, STEP);
    assertEquals(0.2 * clean.cost() + 0.8 * noisy.cost(), mixed.cost(), 1e-6);
    for (int i = 0; i < mixed.gradients().size(); i++) {
      for (int j = 0; j < mixed.gradients().get(i).length; j++) {
        assertEquals(
            0.2f * clean.gradients().get(i)[j] + 0.8f * noisy.gradients().get(i)[j],
            mixed.gradients().get(i)[j],
            1e-6f);
      }
    }
    assertSame(clean, step(new NoiseObjective(law, 0.2, 0), deep, x, LABELS, STEP), 1e-6);
    assertSame(clean, step(new NoiseObjective(law, 1, 0.3), deep, x, LABELS, STEP), 0);
  }

  @Test
  void noiseHasTheSizeItSays() {
    double sum = 0;
    for (NoiseObjective.Law law : NoiseObjective.Law.values()) {
      RandomStream random = new RandomStream(1, Purpose.TEST, 0, 0, 0);
      float largest = 0;
      for (int i = 0; i < 2_000; i++) {
        float drawn = law.draw(random, 0.25f);
        largest = Math.max(largest, Math.abs(drawn));
        sum += drawn;
        assertTrue(law == NoiseObjective.Law.UNIFORM || Math.abs(drawn) == 0.25f);
      }
      assertEquals(0.25, largest, 0.001);
    }
    assertEquals(0, sum / 4_000, 0.015);
  }

  private static Tensor rubbish(int at) {
    Tensor made = Tensor.zeros(LABELS.length, 17);
    for (int row = 0; row < LABELS.length; row++) {
      RandomStream random = new RandomStream(11, Purpose.TRAINING_NOISE, 0, at, FIRST + row);
      for (int i = 0; i < 17; i++) {
        made.data()[row * 17 + i] = random.normal();
      }
    }
    return made;
  }

  private static int[] all(int label) {
    int[] labels = new int[LABELS.length];
    java.util.Arrays.fill(labels, label);
    return labels;
  }

  /**
   * The cost of rubbish is the mean over the classes of the cost of each, at noise of its
   * documented key. Mutants: noise that stays the same from step to step, α the other way round,
   * the sum of the classes' costs in place of the mean.
   */
  @Test
  void rubbishIsToBeGivenAllClassesAlike() {
    Step made = step(new RubbishObjective(0.25), deep, x, LABELS, STEP);
    Step clean = step(new CleanObjective(), deep, x, LABELS, STEP);
    double cost = 0.25 * clean.cost();
    List<Step> classes = new ArrayList<>();
    for (int c = 0; c < 3; c++) {
      classes.add(step(new CleanObjective(), deep, rubbish(STEP), all(c), STEP));
      cost += 0.75 / 3 * classes.getLast().cost();
    }
    assertEquals(cost, made.cost(), 1e-5);
    for (int i = 0; i < made.gradients().size(); i++) {
      for (int j = 0; j < made.gradients().get(i).length; j++) {
        double expected = 0.25 * clean.gradients().get(i)[j];
        for (Step one : classes) {
          expected += 0.25 * one.gradients().get(i)[j];
        }
        assertEquals(expected, made.gradients().get(i)[j], 1e-6);
      }
    }
    assertSame(clean, step(new RubbishObjective(1), deep, x, LABELS, STEP), 0);
    Step rubbish = step(new RubbishObjective(0), deep, x, LABELS, STEP);
    assertNotEquals(
        step(new RubbishObjective(0), deep, x, LABELS, STEP + 1).cost(), rubbish.cost());
    assertSame(rubbish, step(new RubbishObjective(0), deep, x, all(1), STEP), 0);
  }

  @Test
  void rubbishWantsADistribution() {
    Network sigmoids = Fixtures.network("dense(3) sigmoids", 17, 1);
    InputException e =
        assertThrows(
            InputException.class, () -> step(new RubbishObjective(0.5), sigmoids, x, LABELS, STEP));
    assertTrue(e.getMessage().contains("dense(3) sigmoids"), e.getMessage());
  }

  /** λ·sign(w) more on the first layer's weights alone, and nothing where a weight is 0. */
  @Test
  void decayAddsTheSignOfTheFirstWeights() {
    float[] w = deep.parameters().getFirst().value().data();
    w[5] = 0;
    Step clean = step(new CleanObjective(), deep, x, LABELS, STEP);
    Step decayed = step(new L1DecayObjective(new CleanObjective(), 0.125), deep, x, LABELS, STEP);
    double norm = 0;
    for (int i = 0; i < w.length; i++) {
      norm += Math.abs(w[i]);
      assertEquals(
          clean.gradients().getFirst()[i] + 0.125f * Math.signum(w[i]),
          decayed.gradients().getFirst()[i],
          1e-6f);
    }
    assertEquals(clean.cost() + LABELS.length * 0.125 * norm, decayed.cost(), 1e-4);
    for (int i = 1; i < clean.gradients().size(); i++) {
      assertArrayEquals(clean.gradients().get(i), decayed.gradients().get(i));
    }
  }

  private static final int[] TWO = {0, 1, 1, 0, 1};

  /** The closed form is the cost at the examples of the fast gradient sign method. */
  @Test
  void theClosedFormIsTheCostUnderAttack() {
    Network logistic = Fixtures.network("dense(2) softmax", 6, 3);
    Tensor inputs = Fixtures.normal(5, 1, TWO.length, 6);
    Tensor attacked;
    try (Workers workers = new Workers(1)) {
      attacked = Fgsm.paper(0.2).run(logistic, inputs, TWO, new int[5], workers).inputs();
    }
    Step closed = step(new LogisticAdversarialObjective(0.2), logistic, inputs, TWO, STEP);
    Step explicit = step(new CleanObjective(), logistic, attacked, TWO, STEP);
    assertEquals(explicit.cost(), closed.cost(), 1e-5);
    assertSame(
        step(new CleanObjective(), logistic, inputs, TWO, STEP),
        step(new LogisticAdversarialObjective(0), logistic, inputs, TWO, STEP),
        1e-6);
  }

  /** Differences of mean ζ(ε‖w‖₁ − y(wᵀx + b)) in double. */
  @Test
  void theClosedFormsGradient() {
    Network logistic = Fixtures.network("dense(2) softmax", 6, 3);
    logistic.parameters().get(1).value().data()[0] = 0.3f;
    Tensor inputs = Fixtures.normal(5, 1, TWO.length, 6);
    Step closed = step(new LogisticAdversarialObjective(0.2), logistic, inputs, TWO, STEP);
    double[] theta = new double[14];
    int at = 0;
    for (Parameter p : logistic.parameters()) {
      for (float value : p.value().data()) {
        theta[at++] = value;
      }
    }
    assertEquals(TWO.length * cost(theta, inputs), closed.cost(), 1e-5);
    for (int i = 0; i < theta.length; i++) {
      double kept = theta[i];
      theta[i] = kept + 1e-6;
      double up = cost(theta, inputs);
      theta[i] = kept - 1e-6;
      double down = cost(theta, inputs);
      theta[i] = kept;
      float got = i < 12 ? closed.gradients().get(0)[i] : closed.gradients().get(1)[i - 12];
      assertEquals((up - down) / 2e-6, got, 2e-6, "parameter " + i);
    }
  }

  private static double cost(double[] theta, Tensor inputs) {
    double sum = 0;
    for (int s = 0; s < TWO.length; s++) {
      double z = theta[13] - theta[12];
      double norm = 0;
      for (int i = 0; i < 6; i++) {
        z += (theta[6 + i] - theta[i]) * inputs.get(s, i);
        norm += Math.abs(theta[6 + i] - theta[i]);
      }
      double y = TWO[s] == 1 ? 1 : -1;
      sum += StrictMath.log1p(StrictMath.exp(0.2 * norm - y * z));
    }
    return sum / TWO.length;
  }

  @Test
  void theClosedFormWantsLogisticRegression() {
    InputException e =
        assertThrows(
            InputException.class,
            () -> step(new LogisticAdversarialObjective(0.2), deep, x, LABELS, STEP));
    assertTrue(e.getMessage().contains("maxout(9,3)"), e.getMessage());
  }

  /** The same number as the evaluation of the published attack, between the clean error and 1. */
  @Test
  void theErrorUnderAttackIsThatOfItsEvaluation() {
    Dataset blobs = Fixtures.blobs(1, 200, 4, 3);
    Network network =
        Fixtures.train(Fixtures.network("maxout(6,2) dense(3) softmax", 16, 2), blobs, 60, 0.1);
    try (Workers workers = new Workers(1)) {
      double clean = new CleanError().of(network, blobs, workers);
      double fgsm = new FgsmError(0.1).of(network, blobs, workers);
      assertEquals(clean, new FgsmError(0).of(network, blobs, workers));
      assertTrue(fgsm > clean + 0.2, fgsm + " " + clean);
      assertEquals(
          AttackEvaluation.of(Fgsm.paper(0.1), network, blobs, workers).attacked().error().value(),
          fgsm);
    }
  }

  @Test
  void settingsAreNamedAndChecked() {
    assertEquals(
        "noise signs alpha=0.5 epsilon=0.25",
        new NoiseObjective(NoiseObjective.Law.SIGNS, 0.5, 0.25).describe());
    assertEquals(
        "clean + l1 of first layer*0.0025",
        new L1DecayObjective(new CleanObjective(), 0.0025).describe());
    assertEquals(
        "logistic adversarial epsilon=0.25", new LogisticAdversarialObjective(0.25).describe());
    assertEquals("fgsm error epsilon=0.25", new FgsmError(0.25).describe());
    assertEquals("rubbish alpha=0.5", new RubbishObjective(0.5).describe());
    for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(
          InputException.class, () -> new NoiseObjective(NoiseObjective.Law.UNIFORM, wrong, 0.1));
      assertThrows(
          InputException.class, () -> new NoiseObjective(NoiseObjective.Law.UNIFORM, 0.5, wrong));
      assertThrows(InputException.class, () -> new L1DecayObjective(new CleanObjective(), wrong));
      assertThrows(InputException.class, () -> new LogisticAdversarialObjective(wrong));
      assertThrows(InputException.class, () -> new RubbishObjective(wrong));
      assertThrows(InputException.class, () -> new FgsmError(wrong));
    }
  }
}
