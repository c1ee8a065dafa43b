package advx.attacks.detector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.Aim;
import advx.attacks.AttackResult;
import advx.attacks.Box;
import advx.attacks.Fixtures;
import advx.attacks.Norm;
import advx.attacks.OrthogonalDirections;
import advx.attacks.ThreatModel;
import advx.attacks.boundary.BoundaryAnalysis;
import advx.attacks.boundary.BoundarySettings;
import advx.attacks.optimal.CarliniWagner;
import advx.attacks.optimal.Search;
import advx.engine.InputException;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Network;
import advx.nn.data.Dataset;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Closed forms on a linear model, and a whole defence in small. */
class AdaptiveAttackTest {
  private static final float[][] WEIGHTS = {{1, -1, 0.5f, 0}, {-1, 1, 0, 1}};
  private static final double[] SLOPE = {-2, 2, -0.5, 1};
  private static final ThreatModel WIDE = new ThreatModel(Norm.L2, 1e6, new Box(-100, 100));

  private final Network linear = Fixtures.linear(WEIGHTS, 0, 0);
  private final Tensor x = Tensor.of(new float[] {1, 0, 1, 0, 2, 1, 0, 0, 0.5f, -1, 1, -1}, 3, 4);
  private final int[] labels = {0, 0, 0};

  private static RobustMargin family(double radius) {
    return new RobustMargin(WIDE, new float[][] {{2, 0, 0, 0}, {0, -2, 0, 0}}, radius, 0.02, 2000);
  }

  private static AdaptiveAttack adaptive() {
    return new AdaptiveAttack(AdaptiveAttackTest::family, 0.05, 2, 8, 8, 8);
  }

  /** z₁ − z₀ of a row: above 0 it is misclassified. */
  private static double margin(Tensor t, int row) {
    double margin = 0;
    for (int i = 0; i < 4; i++) {
      margin += SLOPE[i] * t.get(row, i);
    }
    return margin;
  }

  /** The RMS distance from a row to where the margin is this. */
  private double distance(int row, double margin) {
    double squares = Arrays.stream(SLOPE).map(s -> s * s).sum();
    return (margin - margin(x, row)) / Math.sqrt(squares) / 2;
  }

  private static Detector needs(double margin) {
    return t -> IntStream.range(0, t.rows()).mapToDouble(row -> margin - margin(t, row)).toArray();
  }

  /** Both directions lower the margin by 4 a unit of radius: kills a forgotten point. */
  @Test
  void robustMarginIsTheClosedFormOfALinearModel() {
    try (Workers workers = new Workers(1)) {
      for (double radius : new double[] {0, 0.25, 1}) {
        AttackResult found = family(radius).run(linear, x, labels, workers);
        for (int row = 0; row < 3; row++) {
          AttackResult.Sample sample = found.samples().get(row);
          assertTrue(sample.fooled() && sample.admissible());
          double expected = distance(row, 4 * radius);
          assertEquals(expected, sample.l2() / 2, 0.003 * expected, "row " + row);
          assertTrue(sample.gradients().taken() > 3);
        }
      }
    }
  }

  @Test
  void theNearestPointThatTheDetectorLetsPassIsFound() {
    try (Workers workers = new Workers(2)) {
      for (double needed : new double[] {0.5, 3, 9}) {
        AdaptiveAttack.Result found = adaptive().run(linear, needs(needed), x, labels, workers);
        assertEquals(3, found.rate().count());
        for (int row = 0; row < 3; row++) {
          double expected = distance(row, needed);
          assertEquals(expected, found.rms()[row], 0.01 * expected, needed + " row " + row);
          assertTrue(margin(found.inputs(), row) >= needed);
        }
        assertEquals(
            Arrays.stream(found.rms()).average().orElse(0), found.distance().value(), 1e-9);
      }
    }
  }

  /** The same with OPTMARGIN, whose own optimum is a little farther than the closed form. */
  @Test
  void optMarginIsAFamilyToo() {
    CarliniWagner attack =
        CarliniWagner.of(
                CarliniWagner.Kind.OPTMARGIN,
                new ThreatModel(Norm.L2, 1e6, new Box(-4, 4)),
                Aim.TRUE_LABEL,
                1)
            .withSearch(Search.USUAL.withIterations(200));
    AdaptiveAttack.Family family = AdaptiveAttack.optMargin(attack, 4);
    try (Workers workers = new Workers(2)) {
      AdaptiveAttack adaptive = new AdaptiveAttack(family, 0.1, 2, 6, 2, 6);
      AdaptiveAttack.Result found = adaptive.run(linear, needs(2), x, labels, workers);
      assertEquals(3, found.rate().count());
      for (int row = 0; row < 3; row++) {
        double expected = distance(row, 2);
        assertTrue(found.rms()[row] >= expected * 0.999, "nearer than possible: row " + row);
        assertTrue(found.rms()[row] < expected * 1.3, found.rms()[row] + " for " + expected);
      }
    }
  }

  @Test
  void aBlindDetectorCostsNothingAndAPerfectOneIsNotEvaded() {
    try (Workers workers = new Workers(1)) {
      Detector blind = t -> new double[t.rows()];
      AdaptiveAttack.Result found = adaptive().run(linear, blind, x, labels, workers);
      for (int row = 0; row < 3; row++) {
        assertEquals(distance(row, 0), found.rms()[row], 0.01 * distance(row, 0));
        assertTrue(margin(found.inputs(), row) > 0, "a clean input is no evasion");
      }
      for (double score : new double[] {1, Double.NaN}) {
        Detector perfect =
            t -> {
              double[] scores = new double[t.rows()];
              Arrays.fill(scores, score);
              return scores;
            };
        AdaptiveAttack.Result none = adaptive().run(linear, perfect, x, labels, workers);
        assertEquals(0, none.rate().count());
        assertArrayEquals(x.data(), none.inputs().data());
        assertTrue(Double.isNaN(none.strengths()[0]));
      }
      assertEquals(25, adaptive().asked());
    }
  }

  /** What the plain attack cannot do to a trained boundary classifier, the adaptive one does. */
  @Test
  void aTrainedBoundaryClassifierIsEvadedMoreOften() {
    Dataset data = Fixtures.blobs(3, 90, 6, 3);
    Network network =
        Fixtures.train(Fixtures.network("dense(24) tanh dense(3) softmax", 36, 2), data, 150, 0.5);
    BoundarySettings settings = BoundarySettings.mnist(1).along(36, true).inSteps(0.02, 20, 0.6);
    float[][] own = OrthogonalDirections.draw(OrthogonalDirections.Use.BOUNDARY, 36, 36, 1);
    for (float[] direction : own) {
      for (int i = 0; i < direction.length; i++) {
        direction[i] *= 6;
      }
    }
    ThreatModel threat = new ThreatModel(Norm.L2, 1e6, Box.UNIT);
    RobustMargin attack = new RobustMargin(threat, own, 0, 0.01, 200);
    try (Workers workers = new Workers(2)) {
      BoundaryAnalysis analysis = new BoundaryAnalysis(network, settings, workers);
      int[] samples = IntStream.range(0, 90).toArray();
      Tensor images = data.images(0, 90);
      Tensor fooling = attack.run(network, images, data.labels(), samples, workers).inputs();
      Surroundings benign = Surroundings.ofProfiles(analysis.of(images));
      Surroundings adversarial = Surroundings.ofProfiles(analysis.of(fooling));
      Network trained =
          new DetectorTraining(32, 300, 2e-3, 1)
              .train(
                  BoundaryClassifier.architecture(),
                  benign.subset(0, 60),
                  adversarial.subset(0, 60),
                  workers);
      BoundaryClassifier classifier = new BoundaryClassifier(trained, workers);
      DetectorEvaluation plain =
          classifier.evaluate(benign.subset(60, 90), adversarial.subset(60, 90));
      assertTrue(plain.roc().area() > 0.9, "area " + plain.roc().area());
      AdaptiveAttack adaptive = new AdaptiveAttack(attack::withRadius, 0.02, 1.6, 6, 2, 3);
      AdaptiveAttack.Result evaded =
          adaptive.run(
              network,
              new BoundaryDetector(analysis, classifier),
              data.subset(60, 90).images(0, 30),
              Arrays.copyOfRange(data.labels(), 60, 90),
              workers);
      double missed = plain.falseNegatives().value();
      assertTrue(evaded.rate().value() > missed + 0.2, missed + " " + evaded.rate());
      assertFalse(evaded.distance().value() > 0.5);
    }
  }

  @Test
  void saysWhatIsWrongWithItsSettings() {
    assertThrows(InputException.class, () -> new AdaptiveAttack(d -> family(d), 0, 2, 1, 0, 0));
    assertThrows(InputException.class, () -> new AdaptiveAttack(d -> family(d), 1, 1, 1, 0, 0));
    assertThrows(InputException.class, () -> family(-1));
    ThreatModel linf = new ThreatModel(Norm.LINF, 1, Box.UNIT);
    assertThrows(InputException.class, () -> new RobustMargin(linf, new float[0][], 1, 0.1, 3));
    assertTrue(family(0.5).describe().contains("radius=0.5"), family(0.5).describe());
  }
}
