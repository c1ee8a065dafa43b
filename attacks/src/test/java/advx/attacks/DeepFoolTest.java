package advx.attacks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.AttackResult.Sample;
import advx.attacks.exact.LinearClosedForm;
import advx.attacks.measure.Evaluation;
import advx.engine.InputException;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Network;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeepFoolTest {
  private static final int SAMPLES = 40;

  private static ThreatModel anywhere(Box box) {
    return new ThreatModel(Norm.L2, ThreatModel.UNLIMITED, box);
  }

  private static Network linear(int n, int classes) {
    float[] weights = Fixtures.normal(3, 2, classes, n).data();
    float[][] w = new float[classes][];
    Arrays.setAll(w, c -> Arrays.copyOfRange(weights, c * n, (c + 1) * n));
    return Fixtures.linear(w, Fixtures.normal(9, 0.3f, classes).data());
  }

  private static Network curved() {
    return Fixtures.network("dense(12,init=normal:0.5) tanh dense(4,init=normal:1) softmax", 20, 2);
  }

  private static int[] answers(Network model, Tensor x) {
    try (Workers workers = new Workers(1)) {
      return Evaluation.of(model, x, new int[x.rows()], workers).decisions().stream()
          .mapToInt(d -> d.prediction())
          .toArray();
    }
  }

  private static AttackResult run(Attack attack, Network model, Tensor x, int[] labels) {
    try (Workers workers = new Workers(1)) {
      return attack.run(model, x, labels, workers);
    }
  }

  /** Kills: the nearest by |f| and not by distance, ‖w‖ for ‖w‖², the other way, no overshoot. */
  @ParameterizedTest
  @CsvSource({"5, 2, 0", "784, 10, 0", "50, 10, 0", "50, 10, 0.02", "50, 3, 0.5"})
  void isTheClosedFormTimesItsOvershoot(int n, int classes, double overshoot) {
    Network model = linear(n, classes);
    Tensor x = Fixtures.uniform(4, SAMPLES, n);
    int[] labels = answers(model, x);
    DeepFool attack = DeepFool.of(anywhere(Box.NONE), Aim.TRUE_LABEL).withOvershoot(overshoot);
    LinearClosedForm exact = LinearClosedForm.of(model);
    AttackResult result = run(attack, model, x, labels);
    for (int row = 0; row < SAMPLES; row++) {
      double least = exact.distance(x.data(), row * n, labels[row], Norm.L2);
      Sample s = result.samples().get(row);
      assertTrue(s.fooled(), s.toString());
      assertEquals((1 + overshoot) * least, s.l2(), 0.01 * least + 2e-5, s.toString());
      assertTrue(s.firstStep() == 1 || overshoot == 0, s.toString());
    }
  }

  @Test
  void reachesTheTarget() {
    Network model = curved();
    Tensor x = Fixtures.uniform(7, SAMPLES, 20);
    int[] labels = answers(model, x);
    DeepFool attack = DeepFool.of(anywhere(Box.NONE), Aim.NEXT_LABEL);
    int reached = 0;
    for (Sample s : run(attack, model, x, labels).samples()) {
      reached += s.reachedTarget() ? 1 : 0;
      assertTrue(s.reachedTarget() || s.l2() == 0, s.toString());
    }
    assertTrue(reached >= SAMPLES - 4, reached + " reached");
  }

  /** A second opinion: on a curved model never far above what C-W finds, and within the box. */
  @Test
  void staysInTheBoxAndFools() {
    Network model = curved();
    Tensor x = Fixtures.uniform(7, SAMPLES, 20);
    int[] labels = answers(model, x);
    AttackResult result = run(DeepFool.of(anywhere(Box.UNIT), Aim.TRUE_LABEL), model, x, labels);
    int fooled = 0;
    for (Sample s : result.samples()) {
      assertTrue(s.admissible());
      fooled += s.fooled() ? 1 : 0;
    }
    assertTrue(fooled >= SAMPLES - 2, fooled + " fooled");
  }

  @Test
  void aSampleIsTheSameAloneAndOnAnyNumberOfThreads() {
    Network model = curved();
    Tensor x = Fixtures.uniform(7, 200, 20);
    int[] labels = answers(model, x);
    for (Aim aim : new Aim[] {Aim.TRUE_LABEL, Aim.NEXT_LABEL}) {
      DeepFool attack = DeepFool.of(anywhere(Box.UNIT), aim);
      AttackResult all = run(attack, model, x, labels);
      try (Workers workers = new Workers(3)) {
        assertEquals(all.samples(), attack.run(model, x, labels, workers).samples());
      }
      for (int row = 0; row < 200; row += 13) {
        float[] own = Arrays.copyOfRange(x.data(), row * 20, (row + 1) * 20);
        try (Workers workers = new Workers(1)) {
          AttackResult alone =
              attack.run(
                  model, Tensor.of(own, 1, 20), new int[] {labels[row]}, new int[] {row}, workers);
          assertEquals(all.samples().get(row), alone.samples().getFirst());
          assertArrayEquals(
              Arrays.copyOfRange(all.adversarial().data(), row * 20, (row + 1) * 20),
              alone.adversarial().data());
        }
      }
    }
  }

  /** Kills: one that is wrong when clean is attacked; an image beyond the budget is handed out. */
  @Test
  void cleanMistakesAndTheBudget() {
    Network model = linear(10, 3);
    Tensor x = Fixtures.uniform(4, SAMPLES, 10);
    int[] labels = answers(model, x);
    labels[5] = (labels[5] + 1) % 3;
    DeepFool attack = DeepFool.of(anywhere(Box.NONE), Aim.TRUE_LABEL);
    AttackResult free = run(attack, model, x, labels);
    assertEquals(0, free.samples().get(5).l2());
    assertEquals(0, free.samples().get(5).gradients().taken());
    double[] sizes = free.samples().stream().mapToDouble(Sample::l2).sorted().toArray();
    AttackResult some = run(attack.withEpsilon(sizes[20]), model, x, labels);
    for (int row = 0; row < SAMPLES; row++) {
      double size = free.samples().get(row).l2();
      assertEquals(size <= sizes[20] ? size : 0, some.samples().get(row).l2());
      assertTrue(some.samples().get(row).admissible());
    }
  }

  /** A flat model gives no direction, an overflowing one no class: both end. */
  @Test
  void endsWhereThereIsNoWay() {
    Network flat = Fixtures.linear(new float[][] {{0, 0}, {0, 0}}, 1, 0);
    Network huge = Fixtures.linear(new float[][] {{3e38f, 3e38f}, {-3e38f, 3e38f}}, 0, 0);
    for (Network model : new Network[] {flat, huge}) {
      Tensor x = Tensor.of(new float[] {0.9f, 0.9f}, 1, 2);
      DeepFool attack = DeepFool.of(anywhere(Box.UNIT), Aim.TRUE_LABEL);
      Sample s = run(attack, model, x, new int[1]).samples().getFirst();
      assertEquals(0, s.l2());
      assertTrue(s.gradients().taken() <= 1, s.toString());
    }
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    DeepFool sound = DeepFool.of(anywhere(Box.UNIT), Aim.TRUE_LABEL);
    says("overshoot is -0.1", () -> sound.withOvershoot(-0.1));
    says("0 steps", () -> sound.withSteps(0));
    says("no box", () -> new DeepFool(anywhere(Box.NONE), Aim.TRUE_LABEL, true, 0, 1));
  }

  private static void says(String part, org.junit.jupiter.api.function.Executable what) {
    String message = assertThrows(InputException.class, what).getMessage();
    assertTrue(message.contains(part) && message.endsWith("."), message);
  }
}
