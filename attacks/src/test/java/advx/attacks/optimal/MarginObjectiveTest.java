package advx.attacks.optimal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.Aim;
import advx.attacks.Attack;
import advx.attacks.Batch;
import advx.attacks.Box;
import advx.attacks.Fixtures;
import advx.attacks.Norm;
import advx.attacks.ThreatModel;
import advx.attacks.optimal.CarliniWagner.Kind;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Network;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarginObjectiveTest {
  private static final int N = 15;
  private static final double C = 0.3;

  /**
   * ⟨slope, v⟩ against central differences of the objective along v. Kills: a sign of κ or of the
   * aim, a point forgotten, a clipped point that still moves, a distance or tanh without its slope.
   */
  @ParameterizedTest
  @CsvSource({
    "1, false, 0, 1, false",
    "1, true, -2, 3, false",
    "6, false, 0, 1, false",
    "6, true, 0, 1, true",
    "6, false, 0, 255, true",
    "6, false, 0, 255, false"
  })
  void theSlopeIsThatOfTheObjective(
      int points, boolean targeted, float low, float high, boolean outside) {
    Aim aim = targeted ? Aim.NEXT_LABEL : Aim.TRUE_LABEL;
    float width = high - low;
    CarliniWagner attack =
        CarliniWagner.of(Kind.CW, new ThreatModel(Norm.L2, 1e9, new Box(low, high)), aim, 3)
            .withKappa(8)
            .withPoints(points == 1 ? MarginPoints.ALONE : new MarginPoints(points, 0.4 * width))
            .withQuirks(new Quirks(false, outside, false, false));
    Network model = Fixtures.network("dense(9) tanh dense(4) softmax", N, 3);
    for (int i = 0; i < model.parameters().get(0).value().size(); i++) {
      model.parameters().get(0).value().data()[i] *= 4 / width;
    }
    Tensor x = Fixtures.uniform(8, 1, N);
    for (int i = 0; i < N; i++) {
      x.data()[i] = low + width * x.data()[i];
    }
    try (Workers workers = new Workers(1)) {
      new Probe(attack).run(model, x, new int[1], workers);
    }
  }

  /** Reaches into a batch, as attacks do. */
  private record Probe(CarliniWagner attack) implements Attack {
    @Override
    public String name() {
      return "probe";
    }

    @Override
    public ThreatModel threat() {
      return attack.threat();
    }

    @Override
    public Aim aim() {
      return attack.aim();
    }

    @Override
    public boolean clips() {
      return true;
    }

    @Override
    public Attack withEpsilon(double epsilon) {
      return this;
    }

    @Override
    public void craft(Batch batch) {
      MarginObjective objective = new MarginObjective();
      objective.open(attack, batch, 1);
      objective.use(1);
      float[] w = Fixtures.normal(5, 0.5f, N).data();
      float[] g = new float[N];
      value(objective, w);
      objective.differentiate();
      assertTrue(objective.slope(0, 0, C, g));
      for (int probe = 0; probe < 5; probe++) {
        float[] v = Fixtures.normal(20 + probe, 1, N).data();
        double along = 0;
        double size = 0;
        for (int i = 0; i < N; i++) {
          along += (double) g[i] * v[i];
          size += (double) g[i] * g[i];
        }
        double h = 1e-3;
        double difference = (moved(objective, w, v, h) - moved(objective, w, v, -h)) / (2 * h);
        assertEquals(difference, along, 0.02 * Math.sqrt(size), "probe " + probe);
      }
    }

    private double moved(MarginObjective objective, float[] w, float[] v, double h) {
      float[] there = w.clone();
      for (int i = 0; i < N; i++) {
        there[i] = (float) (w[i] + h * v[i]);
      }
      return value(objective, there);
    }

    private double value(MarginObjective objective, float[] w) {
      objective.place(0, w);
      float[] logits = objective.logits();
      int label = attack.aim().label(0, 0, 4);
      return objective.distance(0, 0) + C * objective.hinge(0, label, logits);
    }
  }
}
