package advx.cli.rows;

import static advx.cli.rows.TinySession.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.cli.result.RowResult;
import advx.engine.Workers;
import advx.nn.TrainingListener;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rows on training procedures, on few embedded digits. With ε = 0 no error rises under attack,
 * with shuffled labels nothing is learnt: each test of figures fails for both.
 */
class DefenceRowsTest {
  @TempDir private static Path folder;
  private static Workers workers;
  private static Session session;

  @BeforeAll
  static void start() {
    workers = new Workers(2);
    session = TinySession.of(2_600, folder, workers, name -> TrainingListener.NONE);
  }

  @AfterAll
  static void stop() {
    workers.close();
  }

  @Test
  void aLargeL1DecayKeepsTheNetworkFromLearningAndASmallOneDoesNotHelp() {
    RowResult result = new DecayRow().run(session);
    assertTrue(value(result, "train-error-maxout-large") > 0.2);
    assertTrue(value(result, "train-error-maxout-small") < 0.05);
    assertTrue(value(result, "train-error-maxout-plain") < 0.05);
    double adversarial = value(result, "fgsm-error-maxout-adversarial");
    assertTrue(value(result, "fgsm-error-maxout-small") > adversarial + 0.2);
    assertEquals(
        adversarial, value(new AdversarialTrainingRow().run(session), "fgsm-error"), "one model");
    assertFalse(result.metrics().stream().anyMatch(m -> Double.isNaN(m.value())));
  }

  /**
   * The embedded digits are not robust for ε = 0.25: training on the closed form lowers its cost.
   */
  @Test
  void logisticRegressionTrainedOnTheClosedFormHasTheLowestCostUnderAttack() {
    RowResult result = new DecayRow().run(session);
    double robust = value(result, "attacked-cost-logistic-adversarial");
    assertTrue(robust < 1, "" + robust);
    assertTrue(robust < value(result, "attacked-cost-logistic-small") / 2);
    assertTrue(value(result, "train-error-logistic-small") < 0.15);
    assertTrue(value(result, "train-error-logistic-large") > 0.3);
    assertTrue(value(result, "fgsm-error-logistic-plain") > 0.9);
  }

  @Test
  void noiseDoesNotTakeThePlaceOfAdversarialExamples() {
    RowResult noise = new NoiseControlRow().run(session);
    double robust = value(new AdversarialTrainingRow().run(session), "fgsm-error");
    for (String law : List.of("signs", "uniform")) {
      double clean = value(noise, "clean-error-" + law);
      double attacked = value(noise, "fgsm-error-" + law);
      assertTrue(clean < 0.15, law + " " + clean);
      assertTrue(attacked > robust + 0.15, law + " " + attacked + " " + robust);
    }
    assertNotEquals(
        noise.fingerprints().get("maxout-noise-signs"),
        noise.fingerprints().get("maxout-noise-uniform"));
  }

  @Test
  void manyStepsBreakNoLessThanOne() {
    RowResult robust = new AdversarialTrainingRow().run(session);
    assertTrue(value(robust, "pgd-error") >= value(robust, "fgsm-error") - 0.02);
    assertTrue(value(robust, "pgd-error") > value(robust, "clean-error") + 0.1);
  }

  @Test
  void theWideNetworksAreMeasuredBesideEachOther() {
    RowResult plain = new WideMaxoutRow().run(session);
    RowResult robust = new WideAdversarialRow().run(session);
    assertTrue(value(plain, "clean-error") < 0.15);
    assertEquals(value(plain, "clean-error"), value(robust, "clean-error-plain"));
    assertEquals(value(plain, "fgsm-error"), value(robust, "fgsm-error-plain"));
    assertTrue(value(plain, "fgsm-error") > 0.8);
    assertTrue(value(robust, "fgsm-error") < value(plain, "fgsm-error") - 0.2);
    assertEquals(
        value(new MaxoutRow().run(session), "clean-error"), value(plain, "clean-error-narrow"));
  }

  @Test
  void everyNumberFromSixToThirteenHasItsRow() {
    for (int number = 6; number <= 13; number++) {
      List<Row> rows = Rows.choose(Rows.all(), List.of("" + number), Profile.PAPER);
      assertEquals(1, rows.size(), "number " + number);
      for (Profile profile : rows.getFirst().profiles()) {
        assertTrue(rows.getFirst().work(profile).total() > 0);
      }
    }
  }
}
