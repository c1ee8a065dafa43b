package advx.attacks.optimal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.Aim;
import advx.attacks.Attack;
import advx.attacks.AttackLoss;
import advx.attacks.AttackResult;
import advx.attacks.AttackResult.Sample;
import advx.attacks.Batch;
import advx.attacks.Box;
import advx.attacks.Fixtures;
import advx.attacks.Norm;
import advx.attacks.ThreatModel;
import advx.attacks.exact.LinearClosedForm;
import advx.attacks.optimal.CarliniWagner.Kind;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.nn.Network;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.AssertionFailedError;

/** What a search for the smallest perturbation has to do, and usual mistakes, which fail. */
class CarliniWagnerMutantsTest {
  /** Makes the attack under test: these settings, in its own way. */
  @FunctionalInterface
  private interface Maker {
    Attack make(CarliniWagner settings);
  }

  @FunctionalInterface
  private interface Check {
    void on(Maker maker);
  }

  private enum Fault {
    NEVER_LOWERS_C,
    KEEPS_THE_LAST,
    KAPPA_OF_THE_WRONG_SIGN,
    SUCCESS_BY_LABEL,
    WRONG_SIGN_WHEN_TARGETED,
    ONE_POINT_IS_ENOUGH,
    LEAVES_THE_BOX,
    DISTANCE_IN_PIXELS
  }

  /** The check that has to notice it. */
  private static Check noticing(Fault fault) {
    return switch (fault) {
      case NEVER_LOWERS_C, KEEPS_THE_LAST -> CarliniWagnerMutantsTest::isNearTheClosedForm;
      case KAPPA_OF_THE_WRONG_SIGN -> CarliniWagnerMutantsTest::reachesKappa;
      case SUCCESS_BY_LABEL, WRONG_SIGN_WHEN_TARGETED -> CarliniWagnerMutantsTest::reachesTheTarget;
      case ONE_POINT_IS_ENOUGH -> CarliniWagnerMutantsTest::foolsAllPoints;
      case LEAVES_THE_BOX -> CarliniWagnerMutantsTest::staysInTheBox;
      case DISTANCE_IN_PIXELS -> CarliniWagnerMutantsTest::isTheSameInOtherUnits;
    };
  }

  private static CarliniWagner settings(Box box, Aim aim, Search search) {
    ThreatModel anywhere = new ThreatModel(Norm.L2, ThreatModel.UNLIMITED, box);
    return CarliniWagner.of(Kind.CW, anywhere, aim, 5).withSearch(search);
  }

  private static AttackResult run(Attack attack, Network model, Tensor x, int[] labels) {
    try (Workers workers = new Workers(1)) {
      return attack.run(model, x, labels, workers);
    }
  }

  /**
   * Two classes, wᵀx with a norm of 30 widths of the box, samples of class 0 up to the boundary.
   */
  private static Network slope(int n, float width) {
    float[] w = Fixtures.normal(3, 30 / (float) Math.sqrt(n) / width, n).data();
    double sum = 0;
    for (float weight : w) {
      sum += weight;
    }
    return Fixtures.linear(new float[][] {new float[n], w}, (float) (sum * width / 2) + 3, 0);
  }

  private static Tensor below(int samples, int n, float width) {
    Tensor x = Fixtures.uniform(4, samples, n);
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = width * (0.47f + 0.06f * x.data()[i]);
    }
    return x;
  }

  private static void isNearTheClosedForm(Maker maker) {
    Network model = slope(30, 1);
    Tensor x = below(8, 30, 1);
    Search search = new Search(0.05, 400, 9, 1, false);
    Attack attack = maker.make(settings(Box.UNIT, Aim.TRUE_LABEL, search));
    LinearClosedForm exact = LinearClosedForm.of(model);
    AttackResult result = run(attack, model, x, new int[8]);
    for (int row = 0; row < 8; row++) {
      double least = exact.distance(x.data(), row * 30, 0, Norm.L2);
      Sample s = result.samples().get(row);
      assertTrue(s.fooled() && s.l2() <= 1.05 * least, least + " " + s);
    }
  }

  /** Logits (x, −x). */
  private static void reachesKappa(Maker maker) {
    Network line = Fixtures.linear(new float[][] {{1}, {-1}}, 0, 0);
    Tensor x = Tensor.of(new float[] {0.7f, 1.5f}, 2, 1);
    Search search = new Search(0.02, 400, 8, 0.1, false);
    CarliniWagner settings = settings(new Box(-3, 3), Aim.TRUE_LABEL, search).withKappa(2.3);
    for (Sample s : run(maker.make(settings), line, x, new int[2]).samples()) {
      assertEquals(-2.3, s.attacked().margin(), 0.1, s.toString());
    }
  }

  private static void reachesTheTarget(Maker maker) {
    Network model = Fixtures.linear(new float[][] {{9, 0, 0}, {0, 9, 0}, {0, 0, 9}}, 0, 0, 0);
    Tensor x = Tensor.of(new float[] {.6f, .4f, .5f, .3f, .5f, .4f, .4f, .5f, .6f}, 3, 3);
    Search search = new Search(0.05, 100, 5, 0.1, false);
    Attack attack = maker.make(settings(Box.UNIT, Aim.NEXT_LABEL, search));
    for (Sample s : run(attack, model, x, new int[] {0, 1, 2}).samples()) {
      assertTrue(s.reachedTarget(), s.toString());
    }
  }

  private static void foolsAllPoints(Maker maker) {
    Network model = slope(30, 1);
    Tensor x = below(8, 30, 1);
    MarginPoints points = new MarginPoints(12, 0.02);
    Search search = new Search(0.05, 100, 6, 0.1, false);
    CarliniWagner settings = settings(Box.UNIT, Aim.TRUE_LABEL, search).withPoints(points);
    Tensor made = run(maker.make(settings), model, x, new int[8]).adversarial();
    try (Workers workers = new Workers(1)) {
      for (int fooled : points.fooled(model, workers, made, new int[8], Box.UNIT, 5)) {
        assertEquals(12, fooled);
      }
    }
  }

  /**
   * The boundary is nearest where pixels are at the edge already, and can only be met by others.
   */
  private static void staysInTheBox(Maker maker) {
    Network model = Fixtures.linear(new float[][] {{0, 0}, {10, 2}}, 11, 0);
    Tensor x = Tensor.of(new float[] {1, 0.2f}, 1, 2);
    Search search = new Search(0.05, 300, 6, 0.1, false);
    Sample s =
        run(maker.make(settings(Box.UNIT, Aim.TRUE_LABEL, search)), model, x, new int[1])
            .samples()
            .getFirst();
    assertTrue(s.admissible() && s.fooled(), s.toString());
    assertEquals(0.3, s.l2(), 0.02);
  }

  private static void isTheSameInOtherUnits(Maker maker) {
    Search search = new Search(0.05, 60, 3, 0.05, false);
    double[] rms = new double[2];
    for (int i = 0; i < 2; i++) {
      float width = i == 0 ? 1 : 255;
      Attack attack = maker.make(settings(new Box(0, width), Aim.TRUE_LABEL, search));
      for (Sample s : run(attack, slope(30, width), below(8, 30, width), new int[8]).samples()) {
        rms[i] += s.l2() / width;
      }
    }
    assertEquals(rms[0], rms[1], 0.01 * rms[0]);
  }

  @Test
  void carliniWagnerPasses() {
    for (Fault fault : Fault.values()) {
      noticing(fault).on(settings -> settings);
    }
  }

  /** Without a fault the mutant's own code passes too: what fails is the fault. */
  @Test
  void soundMutantPasses() {
    for (Fault fault : Fault.values()) {
      noticing(fault).on(settings -> new Mutant(settings, null));
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyMutantFails(Fault fault) {
    assertThrows(
        AssertionFailedError.class,
        () -> noticing(fault).on(settings -> new Mutant(settings, fault)));
  }

  /** The attack once more: a sample at a time, in double, without any of its haste. */
  private record Mutant(CarliniWagner settings, Fault fault) implements Attack {
    @Override
    public String name() {
      return "mutant";
    }

    @Override
    public ThreatModel threat() {
      return settings.threat();
    }

    @Override
    public Aim aim() {
      return settings.aim();
    }

    @Override
    public boolean clips() {
      return true;
    }

    @Override
    public Attack withEpsilon(double epsilon) {
      return new Mutant(settings.withEpsilon(epsilon), fault);
    }

    @Override
    public void craft(Batch batch) {
      for (int row = 0; row < batch.size(); row++) {
        new Walker(this, batch, row).search();
      }
    }
  }

  /** The search of one sample. */
  private static final class Walker {
    private final CarliniWagner settings;
    private final Fault fault;
    private final Batch batch;
    private final int row;
    private final int n;
    private final int label;
    private final float[] x;
    private final float[][] moves;
    private final double middle;
    private final double half;
    private final double unit;
    private double best = Double.POSITIVE_INFINITY;

    Walker(Mutant mutant, Batch batch, int row) {
      settings = mutant.settings();
      fault = mutant.fault();
      this.batch = batch;
      this.row = row;
      n = batch.x().columns();
      label = settings.aim().label(batch.labels()[row], 0, batch.classifier().classes());
      x = Arrays.copyOfRange(batch.x().data(), row * n, (row + 1) * n);
      moves = settings.points().moves(n, settings.seed());
      Box box = settings.threat().box();
      middle = ((double) box.low() + box.high()) / 2;
      half = ((double) box.high() - box.low()) / 2;
      unit = fault == Fault.DISTANCE_IN_PIXELS ? 1 : 2 * half;
    }

    void search() {
      double c = settings.search().first();
      double lower = 0;
      double upper = Double.POSITIVE_INFINITY;
      for (int step = 0; step < settings.search().steps(); step++) {
        if (descend(c, step == settings.search().steps() - 1) && fault != Fault.NEVER_LOWERS_C) {
          upper = c;
        } else {
          lower = c;
        }
        boolean stays = fault == Fault.NEVER_LOWERS_C && best < Double.POSITIVE_INFINITY;
        c = stays ? c : upper < Double.POSITIVE_INFINITY ? (lower + upper) / 2 : 10 * c;
      }
    }

    /** Returns whether one of the last tenth of the images succeeded. */
    private boolean descend(double c, boolean lastStep) {
      double[] w = new double[n];
      double[] m = new double[n];
      double[] v = new double[n];
      for (int i = 0; i < n; i++) {
        double u = 0.999999 * (x[i] - middle) / half;
        w[i] = Math.abs(u) < 1 ? 0.5 * StrictMath.log((1 + u) / (1 - u)) : 0;
      }
      int iterations = settings.search().iterations();
      boolean late = false;
      for (int t = 0; t < iterations; t++) {
        float[] image = image(w);
        double[] g = new double[n];
        boolean wins = look(image, g);
        late |= wins && t >= iterations - iterations / 10;
        keep(image, wins, lastStep && t == iterations - 1);
        for (int i = 0; i < n; i++) {
          double tanh = StrictMath.tanh(w[i]);
          double slope = fault == Fault.LEAVES_THE_BOX ? half : half * (1 - tanh * tanh);
          double total = (2 * (image[i] - x[i]) / (unit * unit) + c * g[i]) * slope;
          m[i] = 0.9 * m[i] + 0.1 * total;
          v[i] = 0.999 * v[i] + 0.001 * total * total;
          double first = m[i] / (1 - StrictMath.pow(0.9, t + 1));
          double second = v[i] / (1 - StrictMath.pow(0.999, t + 1));
          w[i] -= settings.search().rate() * first / (Math.sqrt(second) + 1e-8);
        }
      }
      return late;
    }

    private float[] image(double[] w) {
      float[] image = new float[n];
      for (int i = 0; i < n; i++) {
        boolean free = fault == Fault.LEAVES_THE_BOX;
        double u = free ? w[i] + 1e-3 : StrictMath.tanh(w[i]);
        image[i] = (float) (middle + half * u);
      }
      return image;
    }

    /** Adds the slope of the hinges to g; returns whether the image succeeds. */
    private boolean look(float[] image, double[] g) {
      boolean wins = true;
      int classes = batch.classifier().classes();
      for (int p = 0; p <= moves.length; p++) {
        float[] point = image.clone();
        for (int i = 0; i < n && p < moves.length; i++) {
          point[i] = settings.threat().box().clip(image[i] + moves[p][i]);
        }
        Tape tape = new Tape(batch.tape().workers());
        Var input = tape.variable(Tensor.of(point, 1, n), "x");
        Var logits = batch.classifier().logits(tape, input);
        Var lead = AttackLoss.MARGIN.of(batch.classifier().top(), logits, new int[] {label});
        tape.backward(lead);
        int sign = settings.aim().targeted() ? -1 : 1;
        double advantage = sign * lead.data()[0];
        double kappa =
            fault == Fault.KAPPA_OF_THE_WRONG_SIGN ? -settings.kappa() : settings.kappa();
        boolean counts = fault != Fault.ONE_POINT_IS_ENOUGH || p == moves.length;
        wins &= !counts || wins(advantage, kappa, classes);
        boolean turned = fault == Fault.WRONG_SIGN_WHEN_TARGETED && settings.aim().targeted();
        for (int i = 0; i < n && advantage < kappa; i++) {
          boolean free = settings.threat().box().contains(image[i] + move(p, i));
          g[i] -= free ? (turned ? -sign : sign) * input.gradient().data()[i] : 0;
        }
      }
      return wins;
    }

    private float move(int p, int i) {
      return p < moves.length ? moves[p][i] : 0;
    }

    private boolean wins(double advantage, double kappa, int classes) {
      if (fault == Fault.SUCCESS_BY_LABEL) {
        return label < classes;
      }
      return advantage > kappa;
    }

    private void keep(float[] image, boolean wins, boolean last) {
      double squares = 0;
      for (int i = 0; i < n; i++) {
        squares += ((double) image[i] - x[i]) * (image[i] - x[i]);
      }
      boolean nearer = wins && squares < best;
      best = nearer ? squares : best;
      if (fault == Fault.KEEPS_THE_LAST ? last : nearer) {
        System.arraycopy(image, 0, batch.adversarial().data(), row * n, n);
      }
    }
  }
}
