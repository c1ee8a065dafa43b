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
import advx.nn.data.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PgdTest {
  private static final Box WIDE = new Box(-9, 9);

  private static Pgd free(Norm norm, double epsilon, Walk walk) {
    return Pgd.of(new ThreatModel(norm, epsilon, Box.NONE), walk, 5);
  }

  /** Logits (x, −x). */
  private static Network line() {
    return Fixtures.linear(new float[][] {{1}, {-1}}, 0, 0);
  }

  @Test
  void doesWhatEveryGradientAttackHasTo() {
    for (Checks.Check check : Checks.ALL) {
      for (AttackLoss loss : AttackLoss.values()) {
        check.on((t, aim) -> new Pgd(t, aim, loss, false, Walk.bim(10).toTheEnd(), 0));
        check.on((t, aim) -> new Pgd(t, aim, loss, false, Walk.mim(5).toTheEnd(), 0));
      }
    }
  }

  @Test
  void oneWholeStepIsTheFastGradientSignMethod() {
    Network model = Fixtures.linear(new float[][] {{1, -2, 0}, {0, 3, 0}}, 0, 0);
    Tensor x = Fixtures.normal(1, 1, 50, 3);
    Walk walk = Walk.bim(1).withSize(StepSize.share(1)).toTheEnd();
    try (Workers workers = new Workers(1)) {
      float[] one = Fgsm.paper(0.25).run(model, x, new int[50], workers).adversarial().data();
      Pgd attack = Pgd.of(ThreatModel.linf(0.25), walk, 0);
      assertArrayEquals(one, attack.run(model, x, new int[50], workers).adversarial().data());
    }
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void isTheExactWorstCaseOfLogisticRegression(Norm norm) {
    Dataset data = Fixtures.blobs(5, 400, 6, 2);
    Network model = Fixtures.train(Fixtures.network("dense(2) softmax", 36, 1), data, 60, 0.5);
    LinearClosedForm exact = LinearClosedForm.of(model);
    Tensor x = data.images(0, data.size());
    double[] epsilons = {0, 0.01, 0.03, 0.05, 0.08, 0.15, 0.25, 0.5, 1, 2};
    int between = 0;
    try (Workers workers = new Workers(2)) {
      Attack attack = free(norm, 0.1, Walk.bim(5));
      for (AttackEvaluation e : AttackEvaluation.sweep(attack, epsilons, model, data, workers)) {
        ThreatModel threat = e.result().attack().threat();
        assertEquals(exact.error(x, data.labels(), threat), e.broken(), threat.toString());
        double error = e.broken().value();
        between += error > 0.1 && error < 0.99 ? 1 : 0;
      }
    }
    assertTrue(between >= 3, "only " + between + " budgets between easy and hopeless");
  }

  /** From 0.35 in steps of 0.1 the fourth one passes 0; from 3 none of ten does. */
  @Test
  void brokenSamplesLeave() {
    Tensor x = Tensor.of(new float[] {0.35f, 3, -1, 0.05f}, 4, 1);
    Walk walk = Walk.bim(10).withSize(StepSize.of(0.1));
    try (Workers workers = new Workers(1)) {
      AttackResult result = free(Norm.LINF, 2, walk).run(line(), x, new int[4], workers);
      List<Sample> s = result.samples();
      assertEquals(List.of(4, -1, 0, 1), s.stream().map(Sample::firstStep).toList());
      assertEquals(
          List.of(4, 10, 0, 1), s.stream().map(sample -> sample.gradients().taken()).toList());
      assertArrayEquals(new float[] {-0.05f, 2, -1, -0.05f}, result.adversarial().data(), 1e-6f);
      AttackResult end = free(Norm.LINF, 2, walk.toTheEnd()).run(line(), x, new int[4], workers);
      assertEquals(10, end.samples().getFirst().gradients().taken());
      assertArrayEquals(new float[] {-0.65f, 2, -2, -0.95f}, end.adversarial().data(), 1e-5f);
    }
  }

  /** Of targets, the wrong class on the way does not end the walk, but its step is noted. */
  @Test
  void walksOnToItsTarget() {
    Network model = Fixtures.linear(new float[][] {{0}, {1}, {3}}, 0, -0.15f, -0.8f);
    Walk walk = Walk.bim(10).withSize(StepSize.of(0.1));
    try (Workers workers = new Workers(1)) {
      Pgd attack = new Pgd(ThreatModel.linf(2), Aim.target(2), AttackLoss.COST, false, walk, 0);
      Sample s = attack.run(model, Tensor.zeros(1, 1), new int[1], workers).samples().getFirst();
      assertTrue(s.reachedTarget());
      assertEquals(2, s.firstStep());
      assertEquals(4, s.gradients().taken());
    }
  }

  /**
   * Flat around 0, so that no gradient points to the cliff at 0.3; a fifth of the ball is past it.
   */
  @Test
  void randomStartsAndRestartsSeeWhatTheCleanGradientDoesNot() {
    Network model = Fixtures.network("dense(1) relu dense(2) softmax", 1, 1);
    float[][] weights = {{1}, {-0.3f}, {0, 1}, {0, -1e-4f}};
    for (int i = 0; i < weights.length; i++) {
      System.arraycopy(
          weights[i], 0, model.parameters().get(i).value().data(), 0, weights[i].length);
    }
    int n = 600;
    Tensor x = Tensor.zeros(n, 1);
    Walk still = Walk.pgd(2, 1).withSize(StepSize.of(1e-6));
    try (Workers workers = new Workers(1)) {
      AttackEvaluation bim =
          new AttackEvaluation(
              free(Norm.LINF, 0.5, Walk.bim(5)).run(model, x, new int[n], workers));
      assertEquals(0, bim.broken().count());
      assertEquals(n, bim.zeroGradients().count());
      for (Norm norm : Norm.values()) {
        AttackEvaluation one =
            new AttackEvaluation(free(norm, 0.5, still).run(model, x, new int[n], workers));
        assertEquals(0.2, one.broken().value(), 0.06, norm.word());
        Walk ten = new Walk(2, StepSize.of(1e-6), 10, true, 0, true);
        AttackEvaluation more =
            new AttackEvaluation(free(norm, 0.5, ten).run(model, x, new int[n], workers));
        assertEquals(1 - Math.pow(0.8, 10), more.broken().value(), 0.05, norm.word());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void sameBitsInEveryBatchAndOnEveryThreadCount(Norm norm) {
    int n = 603;
    Network model = Fixtures.network("maxout(9,4) relu dense(5) softmax", 33, 4);
    Tensor x = Fixtures.normal(2, 1, n, 33);
    int[] labels = new int[n];
    Arrays.setAll(labels, i -> i % 5);
    int[] samples = AttackRun.ascending(n);
    List<Attack> attacks = new ArrayList<>();
    ThreatModel threat = new ThreatModel(norm, 0.4, WIDE);
    for (boolean leave : new boolean[] {true, false}) {
      Walk walk = new Walk(3, StepSize.share(0.4), 2, true, 0.5, leave);
      attacks.add(new Pgd(threat, Aim.TRUE_LABEL, AttackLoss.COST, true, walk, 3));
      attacks.add(new Pgd(threat, Aim.NEXT_LABEL, AttackLoss.MARGIN, false, walk, 4));
    }
    List<AttackResult> all;
    try (Workers workers = new Workers(1)) {
      all = AttackRun.of(model, workers).all(attacks, x, labels, samples, true);
    }
    long broken = new AttackEvaluation(all.get(0)).broken().count();
    long clean = new AttackEvaluation(all.get(0)).clean().error().count();
    assertTrue(broken > clean && broken < n, clean + " wrong when clean, " + broken + " broken");
    for (int threads = 1; threads <= 3; threads++) {
      try (Workers workers = new Workers(threads)) {
        for (int size : new int[] {1, 7, 100, n}) {
          int from = Math.min(480, n - size);
          Tensor some =
              Tensor.of(Arrays.copyOfRange(x.data(), from * 33, (from + size) * 33), size, 33);
          int[] someLabels = Arrays.copyOfRange(labels, from, from + size);
          int[] someSamples = Arrays.copyOfRange(samples, from, from + size);
          for (int a = 0; a < attacks.size(); a++) {
            AttackResult part = attacks.get(a).run(model, some, someLabels, someSamples, workers);
            assertEquals(all.get(a).samples().subList(from, from + size), part.samples());
            assertArrayEquals(
                Arrays.copyOfRange(all.get(a).adversarial().data(), from * 33, (from + size) * 33),
                part.adversarial().data());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void neverLeavesBallOrBox(Norm norm) {
    Dataset data = Fixtures.blobs(3, 200, 6, 3);
    Network model = Fixtures.train(Fixtures.network("dense(3) softmax", 36, 1), data, 30, 0.5);
    double epsilon = 0.1;
    Walk walk = Walk.pgd(7, 2).toTheEnd();
    try (Workers workers = new Workers(1)) {
      Pgd attack = Pgd.of(new ThreatModel(norm, epsilon, Box.UNIT), walk, 1);
      AttackEvaluation e = AttackEvaluation.of(attack, model, data, workers);
      assertEquals(0, e.refused().count());
      for (Sample s : e.result().samples()) {
        assertTrue(s.norm(norm) <= epsilon * (norm == Norm.LINF ? 1 : 1 + 1e-12), s.toString());
      }
      for (float v : e.result().adversarial().data()) {
        assertTrue(v >= 0 && v <= 1);
      }
      assertTrue(e.norm(norm).value() > 0.9 * epsilon, e.norm(norm).toString());
    }
  }

  /** x̂ = σ(W₁x), logits W₂x̂: CleverHans's net on which clipping at the end alone fails. */
  static Network sigmoids() {
    Network model = Fixtures.network("dense(2) sigmoid dense(2) softmax", 2, 1);
    float[][] weights = {{1.5f, -2, 0.3f, 0.3f}, {0, 0}, {-2.4f, 0.5f, 1.2f, -2.3f}, {0, 0}};
    for (int i = 0; i < weights.length; i++) {
      System.arraycopy(
          weights[i], 0, model.parameters().get(i).value().data(), 0, weights[i].length);
    }
    return model;
  }

  /** Of uniform inputs under an attack in a box that they lie outside of, the share that holds. */
  static double kept(Attack attack) {
    int n = 500;
    Network model = sigmoids();
    Tensor x = Fixtures.uniform(2, n, 2);
    try (Workers workers = new Workers(1)) {
      int[] labels =
          Evaluation.of(model, x, new int[n], workers).decisions().stream()
              .mapToInt(d -> d.prediction())
              .toArray();
      Batch batch = new Batch(model, workers);
      batch.load(x, labels, AttackRun.ascending(n), 0, n);
      System.arraycopy(labels, 0, batch.predictions(), 0, n);
      batch.start();
      attack.craft(batch);
      for (float v : batch.adversarial().data()) {
        assertTrue(v >= 0.5f && v <= 0.7f, "left the box: " + v);
      }
      return Evaluation.of(model, batch.adversarial(), labels, workers).accuracy().value();
    }
  }

  @Test
  void clipsAtEveryStep() {
    ThreatModel threat = new ThreatModel(Norm.LINF, 1, new Box(0.5f, 0.7f));
    Walk walk = Walk.bim(5).withSize(StepSize.of(0.05)).toTheEnd();
    double kept = kept(Pgd.of(threat, walk, 0));
    assertTrue(kept < 0.1, kept + " kept their label");
  }

  /** Ten steps of 0.01 go 0.1 far and not to the boundary at 0.5. */
  @Test
  void smallStepsStaySmall() {
    Tensor x = Fixtures.uniform(2, 100, 2);
    Walk walk = Walk.bim(10).withSize(StepSize.of(0.01)).toTheEnd();
    try (Workers workers = new Workers(1)) {
      for (Norm norm : Norm.values()) {
        double least =
            free(norm, 0.5, walk).run(sigmoids(), x, new int[100], workers).samples().stream()
                .mapToDouble(s -> 0.5 - s.norm(norm))
                .min()
                .orElseThrow();
        assertEquals(0.4, least, 1e-5, norm.word());
      }
    }
  }

  @Test
  void saysWhatIsWrongWithItsSettings() {
    assertSays("0 steps", () -> Walk.bim(0));
    assertSays("0 restarts", () -> Walk.pgd(1, 0));
    assertSays("go the same way", () -> new Walk(1, StepSize.of(1), 2, false, 0, true));
    assertSays("momentum is 2.0", () -> Walk.mim(1).withMomentum(2));
    assertSays("step of the attack is 0.0", () -> StepSize.of(0));
    assertSays(
        "no box",
        () -> new Pgd(ThreatModel.linf(1), Aim.TRUE_LABEL, AttackLoss.COST, true, Walk.bim(1), 0));
  }

  private static void assertSays(String part, org.junit.jupiter.api.function.Executable what) {
    String message = assertThrows(InputException.class, what).getMessage();
    assertTrue(message.contains(part) && message.endsWith("."), message);
  }

  @Test
  void describesItself() {
    assertEquals(
        "pgd norm=linf epsilon=0.3 box=[0.0,1.0] clip=yes aim=true-label loss=cost steps=40"
            + " step=0.0625*epsilon restarts=2 start=random momentum=0.0 until=broken seed=7",
        Pgd.of(new ThreatModel(Norm.LINF, 0.3, Box.UNIT), Walk.pgd(40, 2), 7).describe());
  }
}
