package advx.attacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.AttackResult.Sample;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.engine.kernel.Extremes;
import advx.nn.Network;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.AssertionFailedError;

/** What an attack of many steps in L∞ has to do, and usual mistakes, each of which fails. */
class PgdMutantsTest {
  /** Makes the attack under test, which clips where the threat model has a box. */
  @FunctionalInterface
  private interface Maker {
    Attack make(ThreatModel threat, Walk walk);
  }

  @FunctionalInterface
  private interface Check {
    void on(Maker maker);
  }

  private enum Fault {
    CLIPS_AT_THE_END,
    KEEPS_THE_LAST,
    START_NOT_PROJECTED,
    RESTARTS_ALIKE,
    NO_MOMENTUM
  }

  /** The check that has to notice it. */
  private static Check noticing(Fault fault) {
    return switch (fault) {
      case CLIPS_AT_THE_END -> PgdMutantsTest::clipsAtEveryStep;
      case KEEPS_THE_LAST -> PgdMutantsTest::keepsTheBest;
      case START_NOT_PROJECTED -> PgdMutantsTest::startsInside;
      case RESTARTS_ALIKE -> PgdMutantsTest::everyRestartIsAnother;
      case NO_MOMENTUM -> PgdMutantsTest::momentumCarriesOver;
    };
  }

  private static AttackEvaluation run(Maker maker, Box box, double epsilon, Walk walk, Case on) {
    ThreatModel threat = new ThreatModel(Norm.LINF, epsilon, box);
    Tensor x = Tensor.zeros(on.samples, 1).fill(on.x);
    try (Workers workers = new Workers(1)) {
      return new AttackEvaluation(
          maker.make(threat, walk).run(on.model, x, new int[on.samples], workers));
    }
  }

  /** Many samples alike. */
  private record Case(Network model, float x, int samples) {}

  private static Network network(String layers, float[]... weights) {
    Network model = Fixtures.network(layers, 1, 1);
    for (int i = 0; i < weights.length; i++) {
      model.parameters().get(i).value().set(Tensor.of(weights[i], weights[i].length));
    }
    return model;
  }

  private static void clipsAtEveryStep(Maker maker) {
    ThreatModel threat = new ThreatModel(Norm.LINF, 1, new Box(0.5f, 0.7f));
    Walk walk = Walk.bim(5).withSize(StepSize.of(0.05)).toTheEnd();
    double kept = PgdTest.kept(maker.make(threat, walk));
    assertTrue(kept < 0.1, kept + " kept their label");
  }

  /**
   * Class 0 where |x − 0.5| > 0.12: the first step of 0.2 from 0.3 turns it, the next turns back.
   */
  private static void keepsTheBest(Maker maker) {
    Network valley =
        network(
            "maxout(1,2) dense(2) softmax",
            new float[] {1, -1},
            new float[] {-0.5f, 0.5f},
            new float[] {1, 0},
            new float[] {-0.12f, 0});
    Walk walk = Walk.bim(2).withSize(StepSize.of(0.2));
    Case on = new Case(valley, 0.3f, 1);
    assertEquals(1, run(maker, Box.NONE, 0.4, walk, on).broken().count());
    assertEquals(1, run(maker, Box.NONE, 0.4, walk.toTheEnd(), on).broken().count());
  }

  /** Logits (x, −x) near 0: half of the starts succeed, and those below −0.3 are not allowed. */
  private static void startsInside(Maker maker) {
    Network line = Fixtures.linear(new float[][] {{1}, {-1}}, 0, 0);
    Walk walk = Walk.pgd(2, 1).withSize(StepSize.of(1e-6));
    AttackEvaluation e = run(maker, new Box(-0.3f, 0.3f), 1, walk, new Case(line, 0.001f, 300));
    assertEquals(0, e.refused().count());
    assertEquals(0.5, e.broken().value(), 0.1);
  }

  /** Flat, but for a cliff that a fifth of the ball is past: ten starts find it in 89 of 100. */
  private static void everyRestartIsAnother(Maker maker) {
    Network cliff =
        network(
            "dense(1) relu dense(2) softmax",
            new float[] {1},
            new float[] {-0.3f},
            new float[] {0, 1},
            new float[] {0, -1e-4f});
    Walk walk = new Walk(1, StepSize.of(1e-6), 10, true, 0, true);
    AttackEvaluation e = run(maker, Box.NONE, 0.5, walk, new Case(cliff, 0, 400));
    assertEquals(1 - Math.pow(0.8, 10), e.broken().value(), 0.06);
  }

  /** The loss rises to 0.2, falls to 0.3 and rises for good: only momentum passes the dip. */
  private static void momentumCarriesOver(Maker maker) {
    Network dip =
        network(
            "dense(3) relu dense(2) softmax",
            new float[] {1, 1, 1},
            new float[] {0.1f, -0.2f, -0.3f},
            new float[] {0, 0, 0, 1, -1.5f, 1.5f},
            new float[] {0, -0.5f});
    Walk walk = Walk.mim(12).withSize(StepSize.of(0.06));
    Case on = new Case(dip, 0, 1);
    assertEquals(1, run(maker, Box.NONE, 1, walk, on).broken().count());
    assertEquals(0, run(maker, Box.NONE, 1, walk.withMomentum(0), on).broken().count());
  }

  @Test
  void pgdPasses() {
    for (Fault fault : Fault.values()) {
      noticing(fault).on((threat, walk) -> Pgd.of(threat, walk, 3));
    }
  }

  /** Without a fault the mutant's own code passes too: what fails is the fault. */
  @Test
  void soundMutantPasses() {
    for (Fault fault : Fault.values()) {
      noticing(fault).on((threat, walk) -> new Mutant(threat, walk, null));
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyMutantFails(Fault fault) {
    assertThrows(
        AssertionFailedError.class,
        () -> noticing(fault).on((threat, walk) -> new Mutant(threat, walk, fault)));
  }

  /** Written once more, without any of its haste, it visits the same points but for rounding. */
  @Test
  void anotherBuildOfItAgrees() {
    Network model = Fixtures.network("maxout(9,4) relu dense(5) softmax", 33, 4);
    Tensor x = Fixtures.normal(2, 1, 60, 33);
    int[] labels = new int[60];
    Arrays.setAll(labels, i -> i % 5);
    Walk walk = new Walk(6, StepSize.share(0.3), 3, true, 0.7, false);
    ThreatModel threat = new ThreatModel(Norm.LINF, 0.1, new Box(-2, 2));
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = Math.clamp(x.data()[i], -2f, 2f);
    }
    try (Workers workers = new Workers(1)) {
      AttackResult one = Pgd.of(threat, walk, 3).run(model, x, labels, workers);
      AttackResult other = new Mutant(threat, walk, null).run(model, x, labels, workers);
      int near = 0;
      for (int i = 0; i < 60; i++) {
        Sample a = one.samples().get(i);
        Sample b = other.samples().get(i);
        near += Math.abs(a.attacked().margin() - b.attacked().margin()) < 1e-4 ? 1 : 0;
      }
      assertTrue(near >= 58, near + " of 60 alike");
    }
  }

  /** The attack in L∞ away from the true label, for all samples at once to the end, in double. */
  private record Mutant(ThreatModel threat, Walk walk, Fault fault) implements Attack {
    @Override
    public String name() {
      return "mutant";
    }

    @Override
    public Aim aim() {
      return Aim.TRUE_LABEL;
    }

    @Override
    public boolean clips() {
      return threat.box().limits();
    }

    @Override
    public Attack withEpsilon(double epsilon) {
      return new Mutant(threat.withEpsilon(epsilon), walk, fault);
    }

    @Override
    public void craft(Batch batch) {
      int n = batch.x().columns();
      double[] best = new double[batch.size()];
      Arrays.fill(best, Double.NEGATIVE_INFINITY);
      for (int restart = 0; restart < walk.restarts(); restart++) {
        Tensor x = batch.x().copy();
        double[] v = new double[x.size()];
        for (int row = 0; row < batch.size() && walk.randomStart(); row++) {
          int draw = fault == Fault.RESTARTS_ALIKE ? 0 : restart;
          RandomStream random =
              new RandomStream(3, Purpose.RANDOM_START, 0, draw, batch.samples()[row]);
          for (int i = row * n; i < (row + 1) * n; i++) {
            x.data()[i] += (float) (threat.epsilon() * random.uniform(-1, 1));
          }
        }
        clip(batch, x, walk.randomStart() && fault != Fault.START_NOT_PROJECTED);
        for (int step = 0; step <= walk.steps(); step++) {
          Tensor g = visit(batch, x, best, step == walk.steps());
          for (int row = 0; row < batch.size(); row++) {
            move(x.data(), g.data(), v, row * n, n);
          }
          clip(batch, x, fault != Fault.CLIPS_AT_THE_END);
        }
      }
      clip(batch, batch.adversarial(), fault != Fault.START_NOT_PROJECTED);
    }

    private void move(float[] x, float[] g, double[] v, int at, int n) {
      double sum = 0;
      for (int i = at; i < at + n; i++) {
        sum += Math.abs(g[i]);
      }
      double kept = fault == Fault.NO_MOMENTUM ? 0 : walk.momentum();
      for (int i = at; i < at + n; i++) {
        v[i] = kept * v[i] + (sum == 0 ? 0 : g[i] / sum);
        x[i] += (float) (walk.size().within(threat.epsilon()) * Math.signum(v[i]));
      }
    }

    private void clip(Batch batch, Tensor x, boolean really) {
      for (int i = 0; i < x.size() && really; i++) {
        float clean = batch.x().data()[i];
        float low = Steps.add(clean, -threat.epsilon());
        float high = Steps.add(clean, threat.epsilon());
        x.data()[i] = threat.box().clip(Math.clamp(x.data()[i], low, high));
      }
    }

    private Tensor visit(Batch batch, Tensor x, double[] best, boolean last) {
      int n = x.columns();
      Tape tape = batch.tape();
      tape.rewind();
      Var input = tape.variable(x, "x");
      Var logits = batch.classifier().logits(tape, input);
      Var loss = AttackLoss.COST.of(batch.classifier().top(), logits, batch.labels());
      for (int row = 0; row < batch.size(); row++) {
        int classes = batch.classifier().classes();
        int said = Extremes.argmax(logits.data(), row * classes, classes);
        double value = loss.data()[row] + (said == batch.labels()[row] ? 0 : 1e6);
        boolean keeps = fault == Fault.KEEPS_THE_LAST ? last : value > best[row];
        if (keeps && (!walk.untilBroken() || best[row] < 1e6)) {
          best[row] = value;
          System.arraycopy(x.data(), row * n, batch.adversarial().data(), row * n, n);
        }
      }
      tape.backward(loss);
      return input.gradient().value();
    }
  }
}
