package advx.attacks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.AttackResult.Sample;
import advx.attacks.exact.LinearClosedForm;
import advx.engine.InputException;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.nn.Network;
import advx.nn.data.Dataset;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FgsmTest {
  /** Until the compilers are done, vectors are objects. */
  private static final long PATIENCE = 60_000_000_000L;

  private static final ThreatModel BOXED = new ThreatModel(Norm.LINF, 0.1, Box.UNIT);

  private static int[] labels(int n, int classes) {
    int[] labels = new int[n];
    Arrays.setAll(labels, i -> i % classes);
    return labels;
  }

  @Test
  void followsThePapersFormula() {
    Network model = Fixtures.network("maxout(6,2) dense(3) softmax", 10, 1);
    Tensor x = Fixtures.normal(1, 1, 40, 10);
    int[] labels = labels(40, 3);
    try (Workers workers = new Workers(1)) {
      Tape tape = new Tape(workers);
      Var input = tape.variable(x, "x");
      tape.backward(model.top().loss(model.logits(tape, input), labels));
      float[] g = input.gradient().data();
      float[] made = Fgsm.paper(0.25).run(model, x, labels, workers).adversarial().data();
      for (int i = 0; i < made.length; i++) {
        assertEquals(x.data()[i] + 0.25 * Math.signum(g[i]), made[i], 2e-7);
      }
    }
  }

  @Test
  void clipsToTheBoxOrNot() {
    Dataset data = Fixtures.blobs(1, 60, 4, 3);
    Network model = Fixtures.network("dense(3) softmax", 16, 1);
    ThreatModel threat = BOXED.withEpsilon(0.6);
    try (Workers workers = new Workers(1)) {
      for (Norm norm : Norm.values()) {
        ThreatModel t = new ThreatModel(norm, 0.6, Box.UNIT);
        Fgsm clipping = new Fgsm(t, Aim.TRUE_LABEL, AttackLoss.COST, true);
        AttackEvaluation e = AttackEvaluation.of(clipping, model, data, workers);
        for (float v : e.result().adversarial().data()) {
          assertTrue(v >= 0 && v <= 1);
        }
        assertEquals(0, e.refused().count());
      }
      Fgsm free = new Fgsm(threat, Aim.TRUE_LABEL, AttackLoss.COST, false);
      AttackEvaluation e = AttackEvaluation.of(free, model, data, workers);
      int outside = 0;
      for (float v : e.result().adversarial().data()) {
        outside += v < 0 || v > 1 ? 1 : 0;
      }
      assertTrue(outside > 100, outside + " numbers outside");
      assertEquals(0.6, e.norm(Norm.LINF).value(), 1e-7);
    }
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void sameBitsInEveryBatchAndOnEveryThreadCount(Norm norm) {
    int n = 1203;
    Network model = Fixtures.network("maxout(9,4) relu dense(5) softmax", 33, 4);
    Tensor x = Fixtures.normal(2, 1, n, 33);
    int[] labels = labels(n, 5);
    ThreatModel threat = new ThreatModel(norm, 0.5, Box.NONE);
    List<Attack> attacks =
        List.of(
            new Fgsm(threat, Aim.TRUE_LABEL, AttackLoss.COST, false),
            new Fgsm(threat, Aim.NEXT_LABEL, AttackLoss.MARGIN, false),
            new RandomNoise(threat, false, 3));
    int[] samples = AttackRun.ascending(n);
    List<AttackResult> all;
    try (Workers workers = new Workers(1)) {
      all = AttackRun.of(model, workers).all(attacks, x, labels, samples, true);
    }
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

  /** A linear model goes another way than others, and samples without direction stay. */
  @Test
  void perturbsToTheBitsOfARun() {
    int n = 1203;
    ThreatModel free = ThreatModel.linf(0.25);
    List<Attack> attacks = new ArrayList<>();
    attacks.add(new RandomNoise(free, false, 3));
    for (Aim aim : List.of(Aim.TRUE_LABEL, Aim.PREDICTED_LABEL, Aim.NEXT_LABEL, Aim.target(2))) {
      for (Norm norm : Norm.values()) {
        ThreatModel boxed = new ThreatModel(norm, 0.1, new Box(-9, 9));
        attacks.add(new Fgsm(free, aim, AttackLoss.COST, false));
        attacks.add(new Fgsm(boxed, aim, AttackLoss.MARGIN, true));
        attacks.add(new Fgsm(boxed, aim, AttackLoss.COST, true));
      }
    }
    Tensor x = Fixtures.normal(2, 1, n, 33);
    int[] labels = labels(n, 5);
    int[] samples = AttackRun.ascending(n);
    Tensor into = Tensor.zeros(n, 33);
    for (String layers :
        List.of(
            "dense(5,init=uniform:0.3) softmax",
            "dense(5,init=uniform:0.3) sigmoids",
            "dense(7,init=uniform:0.3) relu dense(5,init=uniform:0.3) softmax")) {
      Network model = Fixtures.network(layers, 33, 4);
      for (int threads = 1; threads <= 2; threads++) {
        try (Workers workers = new Workers(threads)) {
          AttackRun run = AttackRun.of(model, workers);
          for (Attack attack : attacks) {
            run.perturb(attack, x, labels, samples, into);
            assertArrayEquals(
                attack.run(model, x, labels, workers).adversarial().data(),
                into.data(),
                layers + " " + attack.describe());
          }
        }
      }
    }
  }

  @Test
  void aSweepIsTheSameAsItsAttacksOneByOne() {
    Dataset data = Fixtures.blobs(3, 600, 4, 3);
    Network model = Fixtures.train(Fixtures.network("dense(3) softmax", 16, 1), data, 30, 0.5);
    double[] epsilons = {0, 0.05, 0.1, 0.3};
    try (Workers workers = new Workers(1)) {
      List<AttackEvaluation> sweep =
          AttackEvaluation.sweep(Fgsm.paper(1), epsilons, model, data, workers);
      for (int i = 0; i < epsilons.length; i++) {
        AttackEvaluation single =
            AttackEvaluation.of(Fgsm.paper(epsilons[i]), model, data, workers);
        assertEquals(single.result().samples(), sweep.get(i).result().samples());
      }
      assertThrows(IllegalStateException.class, () -> sweep.get(0).result().adversarial());
    }
  }

  /** Two classes: FGSM finds exactly the errors that the closed form says there are. */
  @ParameterizedTest
  @EnumSource(Norm.class)
  void isTheExactWorstCaseOfLogisticRegression(Norm norm) {
    Dataset data = Fixtures.blobs(5, 1000, 6, 2);
    Network model = Fixtures.train(Fixtures.network("dense(2) softmax", 36, 1), data, 60, 0.5);
    LinearClosedForm exact = LinearClosedForm.of(model);
    Tensor x = data.images(0, data.size());
    double[] epsilons = {0, 0.003, 0.01, 0.03, 0.05, 0.08, 0.1, 0.15, 0.25, 0.5, 1, 2, 5};
    int between = 0;
    try (Workers workers = new Workers(2)) {
      Attack attack =
          new Fgsm(new ThreatModel(norm, 0.1, Box.NONE), Aim.TRUE_LABEL, AttackLoss.COST, false);
      for (AttackEvaluation e : AttackEvaluation.sweep(attack, epsilons, model, data, workers)) {
        ThreatModel threat = e.result().attack().threat();
        assertEquals(
            exact.error(x, data.labels(), threat), e.attacked().error(), threat.toString());
        double error = e.attacked().error().value();
        between += error > 0.1 && error < 0.99 ? 1 : 0;
      }
    }
    assertTrue(between >= 3, "only " + between + " budgets between easy and hopeless");
  }

  @Test
  void countsWhatIsWrongWhenCleanAsBroken() {
    Network model = Fixtures.linear(new float[][] {{1}, {-1}}, 0, 0);
    Tensor x = Tensor.of(new float[] {1, 1, -0.1f, -3}, 4, 1);
    int[] labels = {0, 1, 1, 0};
    try (Workers workers = new Workers(1)) {
      AttackResult result = Fgsm.paper(0.5).run(model, x, labels, workers);
      List<Sample> s = result.samples();
      assertEquals(List.of(-1, 0, 1, 0), s.stream().map(Sample::firstStep).toList());
      assertEquals(List.of(false, true, true, true), s.stream().map(Sample::broken).toList());
      assertEquals(List.of(false, false, true, false), s.stream().map(Sample::fooled).toList());
      AttackEvaluation e = new AttackEvaluation(result);
      assertEquals(0.75, e.broken().value());
      assertEquals(0.5, e.clean().accuracy().value());
      assertEquals(1, e.fooledNorm(Norm.L2).n());
      assertArrayEquals(new long[][] {{1, 1}, {0, 2}}, e.crossTable());
      assertEquals(1 - 2 * 0.5 + 1, s.get(0).attacked().margin(), 1e-6);
    }
  }

  @Test
  void givesExactNorms() {
    Network model = Fixtures.linear(new float[][] {{1, 1, 0}, {-1, -1, 0}}, 0, 0);
    try (Workers workers = new Workers(1)) {
      Sample s =
          Fgsm.paper(0.25).run(model, Tensor.zeros(1, 3), new int[1], workers).samples().getFirst();
      assertEquals(0.25, s.linf());
      assertEquals(0.5, s.l1());
      assertEquals(Math.sqrt(0.125), s.l2());
      assertEquals(new GradientCount(1, 0, 0, 0), s.gradients());
    }
  }

  @Test
  void predictedLabelNeedsNoLabels() {
    Network model = Fixtures.linear(new float[][] {{1}, {-1}}, 0, 0);
    Tensor x = Tensor.of(new float[] {1, 1}, 2, 1);
    Fgsm attack = new Fgsm(ThreatModel.linf(0.5), Aim.PREDICTED_LABEL, AttackLoss.COST, false);
    try (Workers workers = new Workers(1)) {
      float[] made = attack.run(model, x, new int[] {0, 1}, workers).adversarial().data();
      assertArrayEquals(new float[] {0.5f, 0.5f}, made);
      made = Fgsm.paper(0.5).run(model, x, new int[] {0, 1}, workers).adversarial().data();
      assertArrayEquals(new float[] {0.5f, 1.5f}, made);
    }
  }

  @Test
  void aModelThatNamesNoClassIsWrongAndSaidSo() {
    Network model = Fixtures.linear(new float[][] {{1}, {-1}}, 0, 0);
    Tensor x = Tensor.of(new float[] {Float.NaN, 2}, 2, 1);
    try (Workers workers = new Workers(1)) {
      AttackEvaluation e =
          new AttackEvaluation(Fgsm.paper(0.5).run(model, x, new int[] {0, 0}, workers));
      assertEquals(1, e.clean().unnamed());
      assertEquals(1, e.clean().error().count());
      assertEquals(1, e.refused().count());
      assertEquals(1, e.nanGradients().count());
      assertEquals(1, e.broken().count());
    }
  }

  @Test
  void saysWhatIsWrongWithItsInput() {
    Network model = Fixtures.linear(new float[][] {{1}, {-1}}, 0, 0);
    Tensor x = Tensor.of(new float[] {200}, 1, 1);
    Fgsm clipping = new Fgsm(BOXED, Aim.TRUE_LABEL, AttackLoss.COST, true);
    try (Workers workers = new Workers(1)) {
      assertSays("outside the box", () -> clipping.run(model, x, new int[1], workers));
      assertSays("label 5", () -> clipping.run(model, x, new int[] {5}, workers));
      assertSays(
          "takes 1", () -> Fgsm.paper(1).run(model, Tensor.zeros(1, 2), new int[1], workers));
      Fgsm ninth = new Fgsm(BOXED, Aim.target(9), AttackLoss.COST, false);
      assertSays("target class is 9", () -> ninth.run(model, x, new int[1], workers));
    }
    assertSays("Epsilon is -0.1", () -> Fgsm.paper(-0.1));
    assertSays("Epsilon is NaN", () -> Fgsm.paper(Double.NaN));
    assertSays("Epsilon is Infinity", () -> Fgsm.paper(Double.POSITIVE_INFINITY));
    assertSays("holds nothing", () -> new Box(1, 0));
    assertSays("target class is -1", () -> Aim.target(-1));
    assertSays("norm 'l3'", () -> Norm.parse("l3"));
    assertSays("loss 'mean'", () -> AttackLoss.parse("mean"));
    assertSays(
        "no box", () -> new Fgsm(ThreatModel.linf(1), Aim.TRUE_LABEL, AttackLoss.COST, true));
    assertSays(
        "bim, cw, deepfool, fgsm, mim, noise, onepixel, optbrittle, optmargin, optstrong, pgd,"
            + " rotation",
        () -> AttackTable.make("pgdd", BOXED, AttackTable.Options.PAPER));
  }

  private static void assertSays(String part, org.junit.jupiter.api.function.Executable what) {
    String message = assertThrows(InputException.class, what).getMessage();
    assertTrue(message.contains(part) && message.endsWith("."), message);
  }

  @Test
  void everyAttackOfTheTableHasItsName() {
    for (String name : AttackTable.names()) {
      Attack attack = AttackTable.make(name, BOXED, AttackTable.Options.PAPER);
      assertEquals(name, attack.name());
      assertTrue(attack.describe().startsWith(name + " norm=linf epsilon=0.1 box=[0.0,1.0]"));
      assertEquals(0.5, attack.withEpsilon(0.5).threat().epsilon());
    }
  }

  /** One copy of the images is 3,136 bytes a sample; what is left are the results themselves. */
  @Test
  void takesNoBuffersOnceWarm() {
    int n = 10_000;
    Network model = Fixtures.network("maxout(8,2) dense(4) softmax", 784, 1);
    Tensor x = Fixtures.normal(1, 1, n, 784);
    int[] labels = labels(n, 4);
    int[] samples = AttackRun.ascending(n);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Workers workers = new Workers(1)) {
      long[] taken = new long[2];
      for (int i = 0; i < 2; i++) {
        int size = (i + 1) * n / 2;
        Tensor some = Tensor.of(Arrays.copyOf(x.data(), size * 784), size, 784);
        long before = threads.getCurrentThreadAllocatedBytes();
        AttackRun.of(model, workers)
            .sweep(
                Fgsm.paper(0.1),
                new double[] {0.1},
                some,
                Arrays.copyOf(labels, size),
                Arrays.copyOf(samples, size));
        taken[i] = threads.getCurrentThreadAllocatedBytes() - before;
      }
      long each = (taken[1] - taken[0]) / (n / 2);
      assertTrue(each < 700, each + " bytes a sample");
    }
  }

  /** Both ways, once warm: neither images nor gradients, but the loop itself. */
  @Test
  void perturbsWithoutAllocating() {
    int n = 1000;
    Tensor x = Fixtures.normal(1, 1, n, 50);
    Tensor into = Tensor.zeros(n, 50);
    int[] labels = labels(n, 4);
    int[] samples = AttackRun.ascending(n);
    Fgsm attack = Fgsm.paper(0.25);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (String layers : List.of("dense(4) softmax", "maxout(8,2) dense(4) softmax")) {
      AttackRun run = AttackRun.of(Fixtures.network(layers, 50, 1), new Workers(1));
      long least = Long.MAX_VALUE;
      long end = System.nanoTime() + PATIENCE;
      while (least >= 4096 && System.nanoTime() < end) {
        long before = threads.getCurrentThreadAllocatedBytes();
        run.perturb(attack, x, labels, samples, into);
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
      assertTrue(least < 4096, layers + ": " + least + " bytes");
    }
  }
}
