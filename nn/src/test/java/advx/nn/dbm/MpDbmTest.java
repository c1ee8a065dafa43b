package advx.nn.dbm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.Bits;
import advx.engine.InputException;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.engine.kernel.DropoutMask;
import advx.engine.op.SoftmaxCrossEntropy;
import advx.nn.Architecture;
import advx.nn.Network;
import advx.nn.Parameter;
import advx.nn.Pass;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine against its equations in double precision. */
class MpDbmTest {
  private static final int D = 13;
  private static final int SAMPLES = 9;
  private static final long SEED = 11;
  private static final int STEP = 4;
  private static final double VALUE = 2e-5;
  private static final double DERIVATIVE = 2e-4;
  private static final int[] LABELS = {0, 1, 2, 0, 1, 2, 2, 1, 0};
  private static final int[] INDICES = {3, 1, 4, 15, 9, 2, 6, 5, 35};

  private final Workers workers = new Workers(1);

  private static Network network(String settings) {
    Network network =
        Architecture.parse("mpdbm(7,6,3" + settings + ",init=normal:0.7) softmax").network(D, 5);
    for (Parameter p : network.parameters()) {
      if (p.value().rank() == 1) {
        RandomStream random = new RandomStream(SEED, Purpose.TEST, p.index(), 0, 0);
        for (int i = 0; i < p.value().size(); i++) {
          p.value().data()[i] = random.uniform(-0.5f, 0.5f);
        }
      }
    }
    return network;
  }

  private static Tensor images() {
    RandomStream random = new RandomStream(SEED, Purpose.TEST, 100, 0, 0);
    Tensor x = Tensor.zeros(SAMPLES, D);
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = random.uniform();
    }
    return x;
  }

  private static double[] row(Tensor x, int s) {
    double[] row = new double[D];
    for (int i = 0; i < D; i++) {
      row[i] = x.data()[s * D + i];
    }
    return row;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",iterations=2",
        ",iterations=3",
        "",
        ",iterations=14",
        ",multi",
        ",iterations=2,multi"
      })
  void logitsAreThoseOfTheEquations(String settings) {
    Network network = network(settings);
    Tensor x = images();
    Tape tape = new Tape(workers);
    float[] z = network.logits(tape, tape.constant(x)).data();
    PlainMachine plain = new PlainMachine(network);
    PlainMachine single = new PlainMachine(network);
    single.doubling = 1;
    double undoubled = 0;
    for (int s = 0; s < SAMPLES; s++) {
      double[] expected = plain.logits(row(x, s));
      double[] wrong = single.logits(row(x, s));
      for (int c = 0; c < 3; c++) {
        assertEquals(expected[c], z[s * 3 + c], VALUE);
        undoubled = Math.max(undoubled, Math.abs(expected[c] - wrong[c]));
      }
    }
    assertTrue(
        settings.contains("14") || undoubled > 100 * VALUE,
        "the first pass matters unless the states settle: " + undoubled);
  }

  @Test
  void theInputGradientGoesThroughEveryIteration() {
    for (String settings : List.of("", ",multi")) {
      Network network = network(settings);
      Tensor x = images();
      Tape tape = new Tape(workers);
      Var input = tape.variable(x, "x");
      tape.backward(SoftmaxCrossEntropy.softmaxCrossEntropy(network.logits(tape, input), LABELS));
      PlainMachine plain = new PlainMachine(network);
      for (int s = 0; s < SAMPLES; s++) {
        double[] v = direction(s, D);
        double product = 0;
        double[] before = row(x, s);
        double[] after = row(x, s);
        for (int i = 0; i < D; i++) {
          product += v[i] * input.gradient().data()[s * D + i];
          before[i] -= 1e-4 * v[i];
          after[i] += 1e-4 * v[i];
        }
        double slope = (loss(plain, after, LABELS[s]) - loss(plain, before, LABELS[s])) / 2e-4;
        assertEquals(slope, product, DERIVATIVE * (1 + Math.abs(slope)), settings + " " + s);
      }
    }
  }

  private static double loss(PlainMachine plain, double[] x, int label) {
    return -StrictMath.log(PlainMachine.softmax(plain.logits(x))[label]);
  }

  private static double[] direction(int which, int size) {
    RandomStream random = new RandomStream(SEED, Purpose.TEST, 200, which, 0);
    double[] v = new double[size];
    for (int i = 0; i < size; i++) {
      v[i] = random.normal();
    }
    return v;
  }

  /** Σ over samples of the cost, from the definition. */
  private static double plainCost(PlainMachine plain, MultiPrediction objective, Tensor x) {
    double sum = 0;
    double[][] means = {new double[7], new double[6]};
    for (int s = 0; s < SAMPLES; s++) {
      float[] seen = new float[D + 1];
      float keep = (float) (1 - objective.hidden());
      DropoutMask.mask(seen, 0, D + 1, SEED, INDICES[s], STEP, 0, keep, 1);
      boolean[] hidden = new boolean[D + 1];
      for (int i = 0; i <= D; i++) {
        hidden[i] = seen[i] == 0;
      }
      double[][] states = new double[2][];
      sum += plain.cost(row(x, s), LABELS[s], hidden, objective.label(), states);
      for (int k = 0; k < 2; k++) {
        for (int j = 0; j < means[k].length; j++) {
          means[k][j] += states[k][j] / SAMPLES;
        }
      }
    }
    double extra = activity(objective.first(), means[0]) + activity(objective.second(), means[1]);
    for (int k = 0; k < 3; k++) {
      for (double w : plain.weights[k]) {
        extra += objective.decay() * w * w;
      }
    }
    return sum + SAMPLES * extra;
  }

  private static double activity(MultiPrediction.Activity wanted, double[] means) {
    double sum = 0;
    for (double mean : means) {
      sum += Math.max(0, Math.abs(mean - wanted.target()) - wanted.slack());
    }
    return wanted.weight() * sum / means.length;
  }

  private double gradients(MultiPrediction objective, Network network, Pass pass, Tensor x) {
    pass.start(STEP, INDICES);
    return objective.gradients(network, pass, x, LABELS);
  }

  private static final List<MultiPrediction> OBJECTIVES =
      List.of(
          new MultiPrediction(0.5, 1, false),
          new MultiPrediction(
              0.3,
              7,
              false,
              new MultiPrediction.Activity(0.06, 0.04, 0.5),
              new MultiPrediction.Activity(0.9, 0.05, 0.2),
              0.01));

  @Test
  void theCostAndItsGradientAreThoseOfTheFormula() {
    for (String settings : List.of("", ",iterations=2")) {
      for (MultiPrediction objective : OBJECTIVES) {
        Network network = network(settings);
        Tensor x = images();
        Pass pass = Pass.training(new Tape(workers), SEED);
        double cost = gradients(objective, network, pass, x);
        PlainMachine plain = new PlainMachine(network);
        double expected = plainCost(plain, objective, x);
        assertEquals(expected, cost, VALUE * expected, objective.describe());
        slopes(objective, network, pass, plain, x);
        mistakesShow(objective, network, x, expected, settings.contains("2"));
      }
    }
  }

  /** ⟨v, ∇J⟩ = d/dt J(θ + tv), for each parameter. */
  private static void slopes(
      MultiPrediction objective, Network network, Pass pass, PlainMachine plain, Tensor x) {
    for (Parameter p : network.parameters()) {
      double[] v = direction(p.index(), p.value().size());
      double product = 0;
      for (int i = 0; i < v.length; i++) {
        product += v[i] * pass.parameter(p).gradient().data()[i];
      }
      double after = moved(plain, p.index(), v, 1e-4, objective, x);
      double before = moved(plain, p.index(), v, -1e-4, objective, x);
      double slope = (after - before) / 2e-4 / SAMPLES;
      assertEquals(slope, product, DERIVATIVE * (0.1 + Math.abs(slope)), p.name());
    }
  }

  private static double moved(
      PlainMachine plain, int k, double[] v, double t, MultiPrediction objective, Tensor x) {
    double[] kept = plain.weights[k].clone();
    for (int i = 0; i < v.length; i++) {
      plain.weights[k][i] += t * v[i];
    }
    double cost = plainCost(plain, objective, x);
    plain.weights[k] = kept;
    return cost;
  }

  /**
   * Each of the mistakes changes the cost by far more than the tolerance above.
   *
   * @param few whether the iterations are too few for the states to forget how they began
   */
  private static void mistakesShow(
      MultiPrediction objective, Network network, Tensor x, double right, boolean few) {
    double notable = 20 * VALUE * right;
    PlainMachine single = new PlainMachine(network);
    single.doubling = 1;
    assertTrue(!few || Math.abs(plainCost(single, objective, x) - right) > notable, "not doubled");
    PlainMachine loose = new PlainMachine(network);
    loose.clamped = false;
    assertTrue(Math.abs(plainCost(loose, objective, x) - right) > notable, "not clamped");
    MultiPrediction heavy =
        new MultiPrediction(
            objective.hidden(),
            D * objective.label(),
            false,
            objective.first(),
            objective.second(),
            objective.decay());
    double other = plainCost(new PlainMachine(network), heavy, x);
    assertTrue(Math.abs(other - right) > notable, "weight of the label");
  }

  @Test
  void aSampleIsTheSameAloneAndInAnyBatch() {
    for (String settings : List.of("", ",multi")) {
      Network network = network(settings);
      Tensor x = images();
      Tape tape = new Tape(workers);
      float[] all = network.logits(tape, tape.constant(x)).data().clone();
      for (int s = 0; s < SAMPLES; s++) {
        Tensor one = Tensor.zeros(1, D);
        System.arraycopy(x.data(), s * D, one.data(), 0, D);
        tape.rewind();
        float[] z = network.logits(tape, tape.constant(one)).data();
        for (int c = 0; c < 3; c++) {
          Bits.assertEqualBits(all[s * 3 + c], z[c], settings);
        }
      }
    }
  }

  @Test
  void imagesAreMadeBinaryWithTheirGreyValuesProbability() {
    Network network = network("");
    Tensor extremes = Tensor.zeros(SAMPLES, D);
    for (int i = 0; i < extremes.size(); i++) {
      extremes.data()[i] = i % 3 == 0 ? 1 : 0;
    }
    double[] costs = new double[2];
    for (int k = 0; k < 2; k++) {
      Pass pass = Pass.training(new Tape(workers), SEED);
      costs[k] = gradients(new MultiPrediction(0.5, 1, k == 1), network, pass, extremes);
    }
    assertEquals(costs[0], costs[1], "0 and 1 stay what they are");
    Pass pass = Pass.training(new Tape(workers), SEED);
    double grey = gradients(new MultiPrediction(0.5, 1, false), network, pass, images());
    double drawn = gradients(new MultiPrediction(0.5, 1, true), network, pass, images());
    assertTrue(Math.abs(grey - drawn) > 1e-3, "grey values are drawn");
  }

  @Test
  void refusesInOneSentence() {
    InputException one = assertThrows(InputException.class, () -> network(",iterations=1"));
    assertTrue(one.getMessage().contains("2 or more"), one.getMessage());
    InputException limits = assertThrows(InputException.class, () -> network(",limit=1:2"));
    assertTrue(limits.getMessage().contains("limit"), limits.getMessage());
    Network dense = Architecture.parse("dense(3) softmax").network(D, 1);
    InputException other =
        assertThrows(
            InputException.class,
            () ->
                gradients(
                    new MultiPrediction(0.5, 1, false),
                    dense,
                    Pass.training(new Tape(workers), SEED),
                    images()));
    assertTrue(other.getMessage().contains("mpdbm"), other.getMessage());
    assertThrows(InputException.class, () -> new MultiPrediction(1, 1, false));
  }
}
