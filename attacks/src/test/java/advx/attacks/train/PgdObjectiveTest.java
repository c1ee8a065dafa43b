package advx.attacks.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.AttackEvaluation;
import advx.attacks.Box;
import advx.attacks.Fixtures;
import advx.attacks.Norm;
import advx.attacks.Pgd;
import advx.attacks.StepSize;
import advx.attacks.ThreatModel;
import advx.attacks.Walk;
import advx.engine.InputException;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.AdamOptimiser;
import advx.nn.Architecture;
import advx.nn.CleanObjective;
import advx.nn.Network;
import advx.nn.Objective;
import advx.nn.Parameter;
import advx.nn.Pass;
import advx.nn.Trained;
import advx.nn.Trainer;
import advx.nn.TrainingListener;
import advx.nn.TrainingPlan;
import advx.nn.WideResNet;
import advx.nn.data.Dataset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PgdObjectiveTest {
  private static final double EPSILON = 0.2;
  private static final float[][] WEIGHTS = {{1, -2, 0, 0.5f}, {-1, 1, 0, 2}};
  private static final int[] LABELS = {0, 1, 0, 1, 1};

  private final Network linear = Fixtures.linear(WEIGHTS, 0.1f, -0.1f);
  private final Tensor x = Fixtures.uniform(5, 5, 4);

  private record Step(double cost, List<float[]> gradients) {}

  private static Step step(Objective objective, Network network, Tensor x, int update) {
    try (Workers workers = new Workers(1)) {
      Pass pass = Pass.training(new Tape(workers), 11);
      int[] samples = {40, 41, 42, 43, 44};
      pass.start(update, samples);
      double cost = objective.gradients(network, pass, x, LABELS);
      List<float[]> gradients = new ArrayList<>();
      for (Parameter p : network.parameters()) {
        gradients.add(pass.parameter(p).gradient().data().clone());
      }
      return new Step(cost, gradients);
    }
  }

  /**
   * The worst case of a linear model of two classes is a corner of ball and box, and many steps
   * reach it from any start; a number without influence stays where it was drawn.
   */
  private Tensor corners(double epsilon, Box box) {
    Tensor worst = x.copy();
    for (int row = 0; row < 5; row++) {
      int other = 1 - LABELS[row];
      for (int i = 0; i < 4; i++) {
        double slope = WEIGHTS[other][i] - WEIGHTS[LABELS[row]][i];
        float moved = (float) (x.get(row, i) + epsilon * Math.signum(slope));
        worst.data()[row * 4 + i] = box.clip(moved);
      }
    }
    return worst;
  }

  private void assertSame(Step expected, Step actual) {
    assertEquals(expected.cost(), actual.cost(), 1e-5);
    for (int p = 0; p < expected.gradients().size(); p++) {
      float[] e = expected.gradients().get(p);
      for (int i = 0; i < e.length; i++) {
        boolean blind = p == 0 && i % 4 == 2;
        assertEquals(e[i], actual.gradients().get(p)[i], blind ? EPSILON : 1e-5, p + " " + i);
      }
    }
  }

  /**
   * Kills: no projection, no box, a step that descends, the clean cost in place of the attack's.
   */
  @Test
  void ofALinearModelItIsTheCostAtTheWorstCorner() {
    for (Box box : List.of(Box.UNIT, new Box(-10, 10))) {
      for (StepSize size : List.of(StepSize.share(0.5), StepSize.of(0.07))) {
        var objective = new PgdObjective(RisingEpsilon.constant(EPSILON), 9, size, box);
        Step expected = step(new CleanObjective(), linear, corners(EPSILON, box), 3);
        assertSame(expected, step(objective, linear, x, 3));
      }
    }
    Step clean = step(new CleanObjective(), linear, x, 3);
    Step attacked =
        step(new PgdObjective(RisingEpsilon.constant(EPSILON), 9, Box.UNIT), linear, x, 3);
    assertTrue(attacked.cost() > clean.cost() + 0.5, clean.cost() + " " + attacked.cost());
  }

  @Test
  void theBudgetRises() {
    RisingEpsilon rising = new RisingEpsilon(0.3, 100);
    assertEquals(0.003, rising.at(0), 1e-12);
    assertEquals(0.15, rising.at(49), 1e-12);
    assertEquals(0.3, rising.at(99), 0);
    assertEquals(0.3, rising.at(5000), 0);
    assertEquals(0.3, rising.at(-1), 0, "a measurement takes the whole budget");
    var objective = new PgdObjective(new RisingEpsilon(EPSILON, 4), 9, Box.UNIT);
    Step half = step(new CleanObjective(), linear, corners(EPSILON / 2, Box.UNIT), 1);
    assertSame(half, step(objective, linear, x, 1));
  }

  @Test
  void aSampleIsPerturbedTheSameOnAnyNumberOfThreadsAndDifferentlyInEveryUpdate() {
    Dataset blobs = Fixtures.blobs(3, 60, 5, 3);
    assertEquals(
        trained(blobs, 1, 2, null).fingerprint(), trained(blobs, 3, 2, null).fingerprint());
    Network deep = Fixtures.network("dense(9) tanh dense(2) softmax", 4, 3);
    var objective = new PgdObjective(RisingEpsilon.constant(0.01), 1, StepSize.of(1e-6), Box.UNIT);
    assertNotEquals(step(objective, deep, x, 1).cost(), step(objective, deep, x, 2).cost());
    assertEquals(step(objective, deep, x, 1).cost(), step(objective, deep, x, 1).cost());
  }

  private static TrainingPlan plan(int epochs) {
    return new TrainingPlan(
        Architecture.parse(
            "image(1,5,5) conv(6,3,pad=same) batchnorm relu maxpool(2) dense(3) softmax"),
        new PgdObjective(new RisingEpsilon(0.1, 10), 3, Box.UNIT),
        () -> new AdamOptimiser(0.01),
        16,
        epochs,
        0,
        1);
  }

  private static Trained trained(Dataset data, int threads, int epochs, Path checkpoint) {
    try (Workers workers = new Workers(threads)) {
      return new Trainer(plan(epochs), data, data, workers, TrainingListener.NONE)
          .train(checkpoint);
    }
  }

  @Test
  void anInterruptedRunGoesOnWithTheSameBits(@TempDir Path folder) {
    Dataset blobs = Fixtures.blobs(3, 60, 5, 3);
    Path checkpoint = folder.resolve("checkpoint.safetensors");
    TrainingListener stop =
        new TrainingListener() {
          @Override
          public void epoch(advx.nn.Epoch epoch) {
            if (epoch.number() == 2) {
              pause();
            }
          }

          @Override
          public void batch(int epoch, int samples, int total, double cost) {
            if (epoch == 3) {
              throw new IllegalStateException("stop");
            }
          }
        };
    try (Workers workers = new Workers(2)) {
      Trainer trainer = new Trainer(plan(4), blobs, blobs, workers, stop);
      assertThrows(IllegalStateException.class, () -> trainer.train(checkpoint));
    }
    assertEquals(
        trained(blobs, 2, 4, null).fingerprint(), trained(blobs, 2, 4, checkpoint).fingerprint());
  }

  private static void pause() {
    try {
      Thread.sleep(600);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The trained network stands PGD better than one that was trained on clean samples. */
  @Test
  void itLearnsToResist() {
    Dataset blobs = Fixtures.blobs(3, 240, 6, 3);
    double clean = broken(new CleanObjective(), blobs);
    var pgd = new PgdObjective(RisingEpsilon.constant(0.06), 5, Box.UNIT);
    double resisting = broken(pgd, blobs);
    assertTrue(resisting < clean - 0.1, clean + " broken, trained against it " + resisting);
  }

  private static double broken(Objective objective, Dataset data) {
    TrainingPlan plan =
        new TrainingPlan(
            Architecture.parse("dense(24) relu dense(3) softmax"),
            objective,
            () -> new AdamOptimiser(0.01),
            40,
            40,
            0,
            1);
    try (Workers workers = new Workers(1)) {
      Network network =
          new Trainer(plan, data, data, workers, TrainingListener.NONE).train(null).network();
      ThreatModel threat = new ThreatModel(Norm.LINF, 0.06, Box.UNIT);
      Pgd attack = Pgd.of(threat, Walk.pgd(20, 1), 1);
      return AttackEvaluation.of(attack, network, data, workers).broken().value();
    }
  }

  @Test
  void theTrainingsHaveTheirNumbersOfUpdates() {
    assertEquals(12, PgdTraining.shortMnist(50_000, 1).epochs());
    assertEquals(10, PgdTraining.shortMnist(60_000, 1).epochs());
    assertEquals(100, PgdTraining.publishedMnist(50_000, 1).epochs());
    assertEquals(
        "pgd epsilon=0.3 rising over 4000 steps=10 step=0.25*epsilon box=[0.0,1.0]",
        PgdTraining.shortMnist(50_000, 1).objective().describe());
    TrainingPlan cifar = PgdTraining.publishedCifar(new WideResNet(8, 1).architecture(), 40_000, 1);
    assertEquals(256, cifar.epochs(), "80,000 updates of 313 an epoch");
    assertEquals("crop border=2 flip", cifar.augmentation().describe());
    assertTrue(cifar.objective().describe().endsWith("+ l2 of weights*2.0E-4/2"));
    assertTrue(cifar.optimiser().get().describe().endsWith("*0.1 after 40000, 60000"));
  }

  @Test
  void saysItsSettingsAndWhatIsWrongWithThem() {
    assertEquals(
        "pgd epsilon=0.3 steps=40 step=0.01 box=[0.0,1.0]",
        PgdObjective.publishedMnist().describe());
    assertEquals(
        "pgd epsilon=8.0 steps=7 step=2.0 box=[0.0,255.0]",
        PgdObjective.publishedCifar().describe());
    assertEquals("0.3 rising over 4000", new RisingEpsilon(0.3, 4000).toString());
    assertThrows(InputException.class, () -> new RisingEpsilon(0, 1));
    assertThrows(InputException.class, () -> new RisingEpsilon(Double.NaN, 1));
    assertThrows(InputException.class, () -> new RisingEpsilon(0.1, 0));
    RisingEpsilon some = RisingEpsilon.constant(0.1);
    assertThrows(InputException.class, () -> new PgdObjective(some, 0, Box.UNIT));
    assertArrayEquals(new double[] {0.1}, new double[] {some.at(0)});
  }
}
