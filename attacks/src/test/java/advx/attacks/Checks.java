package advx.attacks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.AttackResult.Sample;
import advx.attacks.exact.LinearClosedForm;
import advx.attacks.measure.Evaluation;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Network;
import java.util.Arrays;
import java.util.List;

/**
 * What every gradient attack that spends its budget has to do, each with an answer known in
 * advance.
 */
final class Checks {
  /** Makes the attack under test, which does not clip. */
  @FunctionalInterface
  interface Maker {
    Attack make(ThreatModel threat, Aim aim);
  }

  /** Fails unless the attacks of this maker do what they have to. */
  @FunctionalInterface
  interface Check {
    void on(Maker maker);
  }

  static final List<Check> ALL =
      List.of(
          Checks::objectives,
          Checks::zeros,
          Checks::budget,
          Checks::target,
          Checks::batch,
          Checks::honesty);

  private static final int BATCH = 128;
  private static final int SURE_FEATURES = 30;

  private Checks() {}

  private static ThreatModel threat(Norm norm, double epsilon) {
    return new ThreatModel(norm, epsilon, Box.NONE);
  }

  /** At x = 0 and label 0 the cost of the logits (0, wᵀx) has a gradient along w. */
  private static float[] perturbation(Maker maker, Norm norm, float... w) {
    Network model = Fixtures.linear(new float[][] {new float[w.length], w}, 1, 0);
    try (Workers workers = new Workers(1)) {
      AttackResult result =
          maker
              .make(threat(norm, 1), Aim.TRUE_LABEL)
              .run(model, Tensor.zeros(1, w.length), new int[1], workers);
      assertTrue(result.samples().getFirst().admissible(), norm + ": outside the threat model");
      return result.adversarial().data();
    }
  }

  private static double objective(Maker maker, Norm norm, float... w) {
    float[] delta = perturbation(maker, norm, w);
    double sum = 0;
    for (int i = 0; i < w.length; i++) {
      sum += w[i] * delta[i];
    }
    return sum;
  }

  /** g = [1, −2] and ε 1: objectives 3, √5, 2; for the tie [2, −2] in L1 2, and ‖δ‖₁ = 1. */
  static void objectives(Maker maker) {
    assertEquals(3, objective(maker, Norm.LINF, 1, -2), 1e-6);
    assertEquals(Math.sqrt(5), objective(maker, Norm.L2, 1, -2), 1e-6);
    assertEquals(2, objective(maker, Norm.L1, 1, -2), 1e-6);
    assertEquals(2, objective(maker, Norm.L1, 2, -2), 1e-6);
    float[] tie = perturbation(maker, Norm.L1, 2, -2);
    assertEquals(1, Math.abs(tie[0]) + Math.abs(tie[1]), 1e-6);
  }

  /** An element without gradient stays as it is, and so does a sample without any. */
  static void zeros(Maker maker) {
    for (Norm norm : Norm.values()) {
      assertEquals(0f, perturbation(maker, norm, 3, 0, -1)[1], norm.word());
      assertArrayEquals(new float[2], perturbation(maker, norm, 0, 0), norm.word());
    }
  }

  /** A linear model of two classes that is sure of itself: margins of some 60, up to 80 used. */
  private static Network sure() {
    float[] w = Fixtures.normal(3, 8, 2, SURE_FEATURES).data();
    float[] first = Arrays.copyOfRange(w, 0, SURE_FEATURES);
    float[] second = Arrays.copyOfRange(w, SURE_FEATURES, 2 * SURE_FEATURES);
    return Fixtures.linear(new float[][] {first, second}, 0.5f, -0.5f);
  }

  /** 1.25 times the smallest distance breaks every sample of a linear model, 0.8 times none. */
  static void budget(Maker maker) {
    int n = SURE_FEATURES;
    Network model = sure();
    LinearClosedForm exact = LinearClosedForm.of(model);
    Tensor x = Fixtures.normal(4, 0.5f, BATCH, n);
    int[] labels = new int[BATCH];
    Arrays.setAll(labels, i -> exact.margin(x.data(), i * n, 0) > 0 ? 0 : 1);
    int tried = 0;
    try (Workers workers = new Workers(1)) {
      for (Norm norm : Norm.values()) {
        for (int i = 0; i < BATCH; i += 3) {
          double least = exact.distance(x.data(), i * n, labels[i], norm);
          if (exact.margin(x.data(), i * n, labels[i]) > 80 || least < 1e-3) {
            continue;
          }
          tried++;
          Attack enough = maker.make(threat(norm, 1.25 * least), Aim.TRUE_LABEL);
          Attack little = maker.make(threat(norm, 0.8 * least), Aim.TRUE_LABEL);
          assertTrue(
              enough.run(model, x, labels, workers).samples().get(i).fooled(),
              norm + ", sample " + i);
          assertTrue(
              !little.run(model, x, labels, workers).samples().get(i).broken(),
              norm + ", sample " + i);
        }
      }
    }
    assertTrue(tried > BATCH / 2, "only " + tried + " samples tried");
  }

  /** With a large budget a targeted attack on a linear model reaches its target from anywhere. */
  static void target(Maker maker) {
    Network model = Fixtures.linear(new float[][] {{2, 0, 0}, {0, 3, 0}, {0, 0, 2}}, 0, 0, 0);
    Tensor x = Fixtures.normal(6, 1, 60, 3);
    int[] labels = new int[60];
    Arrays.setAll(labels, i -> i % 3);
    try (Workers workers = new Workers(1)) {
      for (Norm norm : Norm.values()) {
        AttackResult result =
            maker.make(threat(norm, 20), Aim.target(1)).run(model, x, labels, workers);
        for (Sample s : result.samples()) {
          assertTrue(s.reachedTarget(), norm + ": " + s);
        }
      }
    }
  }

  /** A sample in a batch of 128 gets the bits that it gets alone, be the model sure or not. */
  static void batch(Maker maker) {
    sameAlone(maker, sure(), Fixtures.normal(4, 0.5f, BATCH, SURE_FEATURES));
    Network curved = Fixtures.network("maxout(7,3) dense(4) softmax", 20, 2);
    sameAlone(maker, curved, Fixtures.normal(7, 1, BATCH, 20));
  }

  private static void sameAlone(Maker maker, Network model, Tensor x) {
    int n = x.columns();
    int[] labels = new int[BATCH];
    Arrays.setAll(labels, i -> i % model.classes());
    try (Workers workers = new Workers(1)) {
      for (Norm norm : Norm.values()) {
        Attack attack = maker.make(threat(norm, 0.3), Aim.TRUE_LABEL);
        AttackResult all = attack.run(model, x, labels, workers);
        for (int i = 0; i < BATCH; i++) {
          Tensor one = Tensor.of(Arrays.copyOfRange(x.data(), i * n, (i + 1) * n), 1, n);
          AttackResult alone =
              attack.run(model, one, new int[] {labels[i]}, new int[] {i}, workers);
          assertArrayEquals(
              Arrays.copyOfRange(all.adversarial().data(), i * n, (i + 1) * n),
              alone.adversarial().data(),
              norm + ", sample " + i);
          assertEquals(all.samples().get(i), alone.samples().getFirst());
        }
      }
    }
  }

  /** What a result says of its perturbed inputs is what the model says of them. */
  static void honesty(Maker maker) {
    Network model = Fixtures.network("maxout(7,3) dense(4) softmax", 20, 2);
    Tensor x = Fixtures.normal(8, 1, 50, 20);
    int[] labels = new int[50];
    Arrays.setAll(labels, i -> i % 4);
    try (Workers workers = new Workers(1)) {
      AttackResult result =
          maker.make(threat(Norm.LINF, 0.1), Aim.TRUE_LABEL).run(model, x, labels, workers);
      Evaluation said = new AttackEvaluation(result).attacked();
      Evaluation found = Evaluation.of(model, result.adversarial(), labels, workers);
      assertEquals(found.decisions(), said.decisions());
      for (Sample s : result.samples()) {
        assertTrue(s.linf() <= 0.1, "left the ball: " + s);
      }
    }
  }
}
