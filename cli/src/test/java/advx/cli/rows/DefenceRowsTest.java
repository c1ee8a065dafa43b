package advx.cli.rows;

import static advx.cli.rows.Mutants.above;
import static advx.cli.rows.Mutants.below;
import static advx.cli.rows.Mutants.demand;
import static advx.cli.rows.Mutants.planted;
import static advx.cli.rows.Mutants.rejected;
import static advx.cli.rows.Mutants.shuffledLabels;
import static advx.cli.rows.Mutants.withoutEpsilon;
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
 * with shuffled labels nothing is learnt: each test of figures fails for both ({@link Mutants}).
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

  private static void decayIsNoDefence(RowResult result) {
    below(0.2, result, "clean-error-maxout-small");
    above(0.2, result, "train-error-maxout-large");
    below(0.05, result, "train-error-maxout-small");
    below(0.05, result, "train-error-maxout-plain");
    double adversarial = value(result, "fgsm-error-maxout-adversarial");
    above(adversarial + 0.2, result, "fgsm-error-maxout-small");
    assertFalse(result.metrics().stream().anyMatch(m -> Double.isNaN(m.value())));
  }

  /** The embedded digits are not robust for ε = 0.25: the closed form lowers the cost alone. */
  private static void theClosedFormIsLearnt(RowResult result) {
    below(0.15, result, "clean-error-logistic-plain");
    below(1, result, "attacked-cost-logistic-adversarial");
    double small = value(result, "attacked-cost-logistic-small");
    below(small / 2, result, "attacked-cost-logistic-adversarial");
    below(0.15, result, "train-error-logistic-small");
    above(0.3, result, "train-error-logistic-large");
    above(0.9, result, "fgsm-error-logistic-plain");
  }

  /** Kills also: a coefficient of 0, an ε of 0 in the training on the closed form. */
  @Test
  void aLargeL1DecayKeepsTheNetworkFromLearningAndASmallOneDoesNotHelp() {
    RowResult result = new DecayRow().run(session);
    decayIsNoDefence(result);
    theClosedFormIsLearnt(result);
    assertEquals(
        value(new AdversarialTrainingRow().run(session), "fgsm-error"),
        value(result, "fgsm-error-maxout-adversarial"),
        "one model");
    RowResult shuffled = new DecayRow().run(shuffledLabels(session));
    rejected("clean-error-maxout-small", () -> decayIsNoDefence(shuffled));
    rejected("clean-error-logistic-plain", () -> theClosedFormIsLearnt(shuffled));
    assertFalse(shuffled.holds());
    RowResult still = new DecayRow().run(withoutEpsilon(session));
    rejected("fgsm-error-maxout-small", () -> decayIsNoDefence(still));
    rejected("fgsm-error-logistic-plain", () -> theClosedFormIsLearnt(still));
    assertFalse(still.holds());
    Session undecayed = planted(session, MaxoutModels.decayedName(0.0025), Models.MAXOUT);
    String adversarial = "adversarial-three-versus-seven";
    RowResult plain =
        new DecayRow().run(planted(undecayed, adversarial, Models.THREE_VERSUS_SEVEN));
    rejected("train-error-maxout-large", () -> decayIsNoDefence(plain));
    rejected("attacked-cost-logistic-adversarial", () -> theClosedFormIsLearnt(plain));
  }

  private static void noiseIsNoDefence(double robust, RowResult noise) {
    for (String law : List.of("signs", "uniform")) {
      below(0.15, noise, "clean-error-" + law);
      above(robust + 0.15, noise, "fgsm-error-" + law);
    }
    assertNotEquals(
        noise.fingerprints().get("maxout-noise-signs"),
        noise.fingerprints().get("maxout-noise-uniform"));
  }

  /** Kills also: noise that is made of the gradient, of either law. */
  @Test
  void noiseDoesNotTakeThePlaceOfAdversarialExamples() {
    double robust = value(new AdversarialTrainingRow().run(session), "fgsm-error");
    demand(
        session,
        new NoiseControlRow(),
        found -> noiseIsNoDefence(robust, found),
        "clean-error-signs",
        "fgsm-error-signs");
    for (String law : List.of("signs", "uniform")) {
      Session helped = planted(session, "maxout-noise-" + law, Models.ADVERSARIAL_MAXOUT);
      rejected(
          "fgsm-error-" + law, () -> noiseIsNoDefence(robust, new NoiseControlRow().run(helped)));
    }
  }

  private static void theWideNetworkFalls(RowResult result) {
    below(0.15, result, "clean-error");
    above(0.8, result, "fgsm-error");
  }

  private static void theWideNetworkIsDefended(RowResult result) {
    below(0.15, result, "clean-error");
    above(0.8, result, "fgsm-error-plain");
    below(value(result, "fgsm-error-plain") - 0.2, result, "fgsm-error");
  }

  /** Kills also: an ε of 0 in training, which leaves the plain network's weights. */
  @Test
  void theWideNetworksAreMeasuredBesideEachOther() {
    RowResult plain =
        demand(
            session,
            new WideMaxoutRow(),
            DefenceRowsTest::theWideNetworkFalls,
            "clean-error",
            "fgsm-error");
    RowResult robust =
        demand(
            session,
            new WideAdversarialRow(),
            DefenceRowsTest::theWideNetworkIsDefended,
            "clean-error",
            "fgsm-error-plain");
    Session undefended =
        planted(session, MaxoutModels.WIDE_ADVERSARIAL_MAXOUT, MaxoutModels.WIDE_MAXOUT);
    rejected(
        "fgsm-error", () -> theWideNetworkIsDefended(new WideAdversarialRow().run(undefended)));
    assertEquals(value(plain, "clean-error"), value(robust, "clean-error-plain"));
    assertEquals(value(plain, "fgsm-error"), value(robust, "fgsm-error-plain"));
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
