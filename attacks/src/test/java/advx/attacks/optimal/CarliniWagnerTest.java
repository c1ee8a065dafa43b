package advx.attacks.optimal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.Aim;
import advx.attacks.AttackResult;
import advx.attacks.AttackResult.Sample;
import advx.attacks.Box;
import advx.attacks.Fixtures;
import advx.attacks.Norm;
import advx.attacks.ThreatModel;
import advx.attacks.exact.LinearClosedForm;
import advx.attacks.optimal.CarliniWagner.Kind;
import advx.engine.InputException;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Network;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CarliniWagnerTest {
  private static final Search SHORT = new Search(0.05, 120, 5, 0.1, true);

  private static ThreatModel anywhere(Box box) {
    return new ThreatModel(Norm.L2, ThreatModel.UNLIMITED, box);
  }

  private static CarliniWagner of(Kind kind, Box box, Aim aim) {
    return CarliniWagner.of(kind, anywhere(box), aim, 5);
  }

  private static AttackResult run(CarliniWagner attack, Network model, Tensor x, int[] labels) {
    try (Workers workers = new Workers(1)) {
      return attack.run(model, x, labels, workers);
    }
  }

  /** A curved model of 20 numbers and 4 classes, inputs in [0, 1], and its own answers. */
  private record Curved(Network model, Tensor x, int[] labels) {
    static Curved of(int samples) {
      Network model =
          Fixtures.network("dense(12,init=normal:0.5) tanh dense(4,init=normal:1) softmax", 20, 2);
      Tensor x = Fixtures.uniform(7, samples, 20);
      try (Workers workers = new Workers(1)) {
        var said = advx.attacks.measure.Evaluation.of(model, x, new int[samples], workers);
        int[] labels = said.decisions().stream().mapToInt(d -> d.prediction()).toArray();
        return new Curved(model, x, labels);
      }
    }
  }

  /** A linear model, and inputs well inside a box. */
  private record Linear(Network model, Tensor x, int[] labels, LinearClosedForm exact) {
    static Linear of(int n, int classes, float low, float high) {
      float width = high - low;
      float[] weights = Fixtures.normal(3, 4 / width, classes, n).data();
      float[][] w = new float[classes][];
      float[] biases = new float[classes];
      for (int c = 0; c < classes; c++) {
        w[c] = Arrays.copyOfRange(weights, c * n, (c + 1) * n);
        for (int i = 0; i < n; i++) {
          biases[c] -= w[c][i] * (low + high) / 2;
        }
      }
      Tensor x = Fixtures.uniform(4, 12, n);
      for (int i = 0; i < x.size(); i++) {
        x.data()[i] = low + width * (0.4f + 0.2f * x.data()[i]);
      }
      Network model = Fixtures.linear(w, biases);
      LinearClosedForm exact = LinearClosedForm.of(model);
      int[] labels = new int[x.rows()];
      for (int row = 0; row < labels.length; row++) {
        for (int c = 1; c < classes; c++) {
          labels[row] = exact.margin(x.data(), row * n, c) > 0 ? c : labels[row];
        }
      }
      return new Linear(model, x, labels, exact);
    }
  }

  /** Kills: c never lowered, another unit of the distance, the last image, success in passing. */
  @ParameterizedTest
  @CsvSource({"2, -1, 1", "10, 0, 255", "30, 100, 100.5", "50, 0, 1"})
  void isNearTheClosedForm(int n, float low, float high) {
    Linear on = Linear.of(n, 2, low, high);
    CarliniWagner attack = of(Kind.CW, new Box(low, high), Aim.TRUE_LABEL);
    AttackResult result = run(attack, on.model, on.x, on.labels);
    for (int row = 0; row < on.labels.length; row++) {
      double least = on.exact.distance(on.x.data(), row * n, on.labels[row], Norm.L2);
      Sample s = result.samples().get(row);
      assertTrue(s.fooled(), s.toString());
      double rounding = 1e-6 * Math.abs(high);
      assertTrue(
          s.l2() >= 0.9999 * least - rounding && s.l2() <= 1.05 * least + rounding,
          least + " " + s);
    }
  }

  /** With more classes it may find another class than the nearest one. */
  @ParameterizedTest
  @CsvSource({"50, 5", "30, 10"})
  void isNotFarFromTheClosedFormWithManyClasses(int n, int classes) {
    Linear on = Linear.of(n, classes, 0, 1);
    AttackResult result = run(of(Kind.CW, Box.UNIT, Aim.TRUE_LABEL), on.model, on.x, on.labels);
    for (int row = 0; row < on.labels.length; row++) {
      double least = on.exact.distance(on.x.data(), row * n, on.labels[row], Norm.L2);
      Sample s = result.samples().get(row);
      assertTrue(s.fooled() && s.l2() <= 1.25 * least, least + " " + s);
    }
  }

  /** Logits (x, −x): the margin that is reached is κ. Kills: κ of the wrong sign, κ left out. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 2.3})
  void reachesTheMarginThatIsAskedFor(double kappa) {
    Network line = Fixtures.linear(new float[][] {{1}, {-1}}, 0, 0);
    Tensor x = Tensor.of(new float[] {0.7f, 2, -1.5f, -0.4f}, 4, 1);
    int[] labels = {0, 0, 1, 1};
    for (Aim aim : new Aim[] {Aim.TRUE_LABEL, Aim.NEXT_LABEL}) {
      CarliniWagner attack = of(Kind.CW, new Box(-3, 3), aim).withKappa(kappa);
      for (Sample s : run(attack, line, x, labels).samples()) {
        assertTrue(s.fooled(), s.toString());
        assertEquals(kappa, -s.attacked().margin(), 0.1, s.toString());
        assertTrue(-s.attacked().margin() >= kappa, s.toString());
      }
    }
  }

  /** Kills: success by any other class, the gradient towards the label. */
  @Test
  void reachesTheTarget() {
    Curved on = Curved.of(12);
    for (Aim aim : new Aim[] {Aim.NEXT_LABEL, Aim.target(1)}) {
      CarliniWagner attack = of(Kind.OPTBRITTLE, Box.UNIT, aim).withSearch(SHORT);
      for (Sample s : run(attack, on.model, on.x, on.labels).samples()) {
        assertEquals(s.target(), s.attacked().prediction(), s.toString());
        assertEquals(s.label() == s.target(), s.l2() == 0, s.toString());
      }
    }
  }

  /** Kills: one point is enough, points that are not orthogonal or not as far as they should be. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void marginKeepsAllPointsFooled(boolean outside) {
    Curved on = Curved.of(12);
    MarginPoints points = new MarginPoints(20, 0.1);
    Quirks quirks = new Quirks(false, outside, false, false);
    CarliniWagner attack =
        of(Kind.OPTMARGIN, Box.UNIT, Aim.TRUE_LABEL)
            .withPoints(points)
            .withSearch(SHORT)
            .withQuirks(quirks);
    AttackResult result = run(attack, on.model, on.x, on.labels);
    CarliniWagner brittle = attack.withPoints(MarginPoints.ALONE);
    AttackResult near = run(brittle, on.model, on.x, on.labels);
    try (Workers workers = new Workers(1)) {
      Box box = attack.pointBox();
      int[] all = points.fooled(on.model, workers, result.adversarial(), on.labels, box, 5);
      int[] few = points.fooled(on.model, workers, near.adversarial(), on.labels, box, 5);
      int fooled = 0;
      int kept = 0;
      for (int row = 0; row < all.length; row++) {
        Sample s = result.samples().get(row);
        fooled += s.fooled() ? 1 : 0;
        kept += near.samples().get(row).fooled() && few[row] == 20 ? 1 : 0;
        assertEquals(s.fooled() ? 20 : 0, s.fooled() ? all[row] : 0, s.toString());
        assertTrue(!s.fooled() || s.l2() > near.samples().get(row).l2(), s.toString());
      }
      assertTrue(fooled >= 10, fooled + " fooled");
      assertEquals(0, kept);
    }
  }

  @Test
  void movesAreOrthogonalAndOfTheLengthAsked() {
    float[][] moves = new MarginPoints(20, 0.3).moves(784, 9);
    assertEquals(19, moves.length);
    for (int i = 0; i < moves.length; i++) {
      for (int j = 0; j <= i; j++) {
        double product = 0;
        for (int k = 0; k < 784; k++) {
          product += (double) moves[i][k] * moves[j][k];
        }
        assertEquals(i == j ? 0.09 : 0, product / 784, 1e-6);
      }
    }
  }

  /** Kills: an early end by the batch's objective, states that get mixed up as slots move. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void aSampleIsTheSameAloneAndOnAnyNumberOfThreads(Kind kind) {
    Curved on = Curved.of(30);
    CarliniWagner attack = of(kind, Box.UNIT, Aim.TRUE_LABEL).withSearch(SHORT.withIterations(40));
    if (kind == Kind.OPTMARGIN) {
      attack = attack.withPoints(new MarginPoints(15, 0.05));
    }
    if (kind == Kind.OPTSTRONG) {
      attack = attack.withKappa(1);
    }
    AttackResult all = run(attack, on.model, on.x, on.labels);
    try (Workers workers = new Workers(3)) {
      AttackResult shared = attack.run(on.model, on.x, on.labels, workers);
      assertEquals(all.samples(), shared.samples());
      assertArrayEquals(all.adversarial().data(), shared.adversarial().data());
    }
    for (int row = 0; row < 30; row += 7) {
      float[] own = Arrays.copyOfRange(on.x.data(), row * 20, (row + 1) * 20);
      try (Workers workers = new Workers(1)) {
        AttackResult alone =
            attack.run(
                on.model,
                Tensor.of(own, 1, 20),
                new int[] {on.labels[row]},
                new int[] {row},
                workers);
        assertEquals(all.samples().get(row), alone.samples().getFirst());
        assertArrayEquals(
            Arrays.copyOfRange(all.adversarial().data(), row * 20, (row + 1) * 20),
            alone.adversarial().data());
      }
    }
  }

  /** Kills: one that is wrong when clean is attacked, or its gradients are counted. */
  @Test
  void whatIsWrongWhenCleanStaysAsItIs() {
    Curved on = Curved.of(6);
    int[] labels = on.labels.clone();
    labels[2] = (labels[2] + 1) % 4;
    Sample s =
        run(of(Kind.OPTMARGIN, Box.UNIT, Aim.TRUE_LABEL).withSearch(SHORT), on.model, on.x, labels)
            .samples()
            .get(2);
    assertEquals(0, s.l2());
    assertEquals(0, s.gradients().taken());
    assertTrue(s.broken() && !s.fooled());
  }

  /** Kills: an image outside the budget is handed out and refused, or a smaller one is not. */
  @Test
  void nothingOutsideTheBudgetIsHandedOut() {
    Curved on = Curved.of(20);
    CarliniWagner free = of(Kind.CW, Box.UNIT, Aim.TRUE_LABEL).withSearch(SHORT);
    AttackResult whole = run(free, on.model, on.x, on.labels);
    double[] sizes = whole.samples().stream().mapToDouble(Sample::l2).sorted().toArray();
    double budget = (sizes[9] + sizes[10]) / 2;
    AttackResult some = run(free.withEpsilon(budget), on.model, on.x, on.labels);
    for (int row = 0; row < 20; row++) {
      Sample s = some.samples().get(row);
      double size = whole.samples().get(row).l2();
      assertTrue(s.admissible());
      assertEquals(size <= budget, s.fooled());
      assertEquals(size <= budget ? size : 0, s.l2());
    }
  }

  /** A model that names no class is nobody's success, and the search ends. */
  @Test
  void overflowIsNoSuccess() {
    Network model = Fixtures.linear(new float[][] {{3e38f, 3e38f}, {-3e38f, 3e38f}}, 0, 0);
    Tensor x = Tensor.of(new float[] {0.9f, 0.9f}, 1, 2);
    Sample s =
        run(of(Kind.CW, Box.UNIT, Aim.TRUE_LABEL), model, x, new int[1]).samples().getFirst();
    assertEquals(0, s.l2());
  }

  /** The steps end early, and each sample at its own: fewer gradients than without, and unequal. */
  @Test
  void endsEarlyEachOnItsOwn() {
    Curved on = Curved.of(20);
    CarliniWagner attack = of(Kind.CW, Box.UNIT, Aim.TRUE_LABEL);
    Search never = new Search(0.05, 200, 5, 0.1, false);
    AttackResult whole = run(attack.withSearch(never), on.model, on.x, on.labels);
    Search early = new Search(0.05, 200, 5, 0.1, true);
    AttackResult some = run(attack.withSearch(early), on.model, on.x, on.labels);
    long kinds = some.samples().stream().map(s -> s.gradients().taken()).distinct().count();
    assertTrue(kinds > 2, kinds + " different numbers of gradients");
    for (int row = 0; row < 20; row++) {
      assertEquals(5 * 199, whole.samples().get(row).gradients().taken());
      Sample ended = some.samples().get(row);
      assertTrue(ended.gradients().taken() < 5 * 199, ended.toString());
    }
    assertEquals(mean(whole), mean(some), 0.02 * mean(whole));
  }

  /** Kills: a switch that does nothing, or another's work. */
  @Test
  void quirksDoWhatTheySay() {
    Curved on = Curved.of(10);
    CarliniWagner attack = of(Kind.CW, Box.UNIT, Aim.TRUE_LABEL).withSearch(SHORT);
    Search scaled = new Search(0.05, 120, 5, 0.1 / (255 * 255), true);
    double own = mean(run(attack, on.model, on.x, on.labels));
    CarliniWagner by255 = attack.withQuirks(new Quirks(true, false, false, false));
    assertTrue(mean(run(by255, on.model, on.x, on.labels)) > own);
    assertEquals(own, mean(run(by255.withSearch(scaled), on.model, on.x, on.labels)), 0.02 * own);
    CarliniWagner eased = attack.withKappa(40).withQuirks(new Quirks(false, false, true, false));
    assertEquals(0, mean(run(eased, on.model, on.x, on.labels)), 1e-3);
    assertEquals(
        "quirks=squares-by-255,points-outside,lenient-kappa,passing-success",
        Quirks.AUTHORS.toString());
    assertTrue(attack.describe().endsWith("abort=early quirks=none seed=5"), attack.describe());
  }

  private static double mean(AttackResult result) {
    return result.samples().stream().mapToDouble(Sample::l2).average().orElseThrow();
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    CarliniWagner sound = of(Kind.CW, Box.UNIT, Aim.TRUE_LABEL);
    says("has none", () -> of(Kind.OPTMARGIN, Box.NONE, Aim.TRUE_LABEL));
    says("Kappa is -1.0", () -> sound.withKappa(-1));
    says("0 iterations", () -> new Search(0.1, 0, 9, 1, true));
    says("rate 0.0", () -> new Search(0, 1, 9, 1, true));
    says("0 values of c", () -> new Search(0.1, 1, 0, 1, true));
    says("20 points at distance 0.0", () -> new MarginPoints(20, 0));
    Curved on = Curved.of(1);
    says(
        "no 24 orthogonal directions",
        () -> run(sound.withPoints(new MarginPoints(25, 1)), on.model, on.x, on.labels));
  }

  private static void says(String part, org.junit.jupiter.api.function.Executable what) {
    String message = assertThrows(InputException.class, what).getMessage();
    assertTrue(message.contains(part) && message.endsWith("."), message);
  }
}
