package advx.cli.rows;

import static advx.cli.rows.Mutants.above;
import static advx.cli.rows.Mutants.below;
import static advx.cli.rows.Mutants.demand;
import static advx.cli.rows.Mutants.planted;
import static advx.cli.rows.Mutants.rejected;
import static advx.cli.rows.TinySession.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.cli.result.RowResult;
import advx.engine.Workers;
import advx.nn.TrainingListener;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rows on other perturbations in training, on few embedded digits. Perturbations of size 0
 * leave errors and activations where plain training has them; with shuffled labels nothing is
 * learnt ({@link Mutants}).
 */
class PerturbedTrainingRowsTest {
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

  private static void trainingIsAgainstItsPerturbation(RowResult result) {
    double plain = value(result, "rotation-error-plain");
    for (String key : new String[] {"rotation", "rotation-held", "scaled", "scaled-held"}) {
      below(0.15, result, "clean-error-" + key);
      below(plain - 0.1, result, "rotation-error-" + key);
    }
    double sign = value(result, "fgsm-error-sign");
    below(value(result, "fgsm-error-plain") - 0.2, result, "fgsm-error-sign");
    above(sign, result, "fgsm-error-rotation");
    assertNotEquals(
        result.fingerprints().get("maxout-differentiable-rotation"),
        result.fingerprints().get("maxout-differentiable-rotation-held"));
  }

  /** Kills also: perturbations of size 0 in training, which leave the plain network's weights. */
  @Test
  void aNetworkLearnsToResistWhatItIsTrainedOn() {
    RowResult result =
        demand(
            session,
            new DifferentiableRow(),
            PerturbedTrainingRowsTest::trainingIsAgainstItsPerturbation,
            "clean-error-rotation",
            "fgsm-error-sign");
    assertEquals(
        value(new AdversarialTrainingRow().run(session), "fgsm-error"),
        value(result, "fgsm-error-sign"),
        "one model");
    Session plain = planted(session, "maxout-differentiable-rotation", Models.MAXOUT);
    rejected(
        "rotation-error-rotation",
        () -> trainingIsAgainstItsPerturbation(new DifferentiableRow().run(plain)));
  }

  private static void onlyUnitsWithoutBoundGrow(RowResult result) {
    below(0.15, result, "clean-error-maxout-plain");
    below(0.3, result, "clean-error-sigmoid-plain");
    double plain = value(result, "activation-first-maxout-plain");
    above(1.2 * plain, result, "activation-first-maxout-first");
    below(1 + 1e-9, result, "activation-first-sigmoid-first");
    for (String hidden : new String[] {"first", "last"}) {
      double other = value(result, "fgsm-error-maxout-" + hidden);
      below(other - 0.05, result, "fgsm-error-maxout-input");
    }
    assertFalse(result.metrics().stream().anyMatch(m -> Double.isNaN(m.value())));
  }

  /** Kills also: perturbations of size 0 in training, of a hidden layer and of the input. */
  @Test
  void unitsWithoutBoundGrowAndOthersCannot() {
    demand(
        session,
        new HiddenLayersRow(),
        PerturbedTrainingRowsTest::onlyUnitsWithoutBoundGrow,
        "clean-error-maxout-plain",
        "fgsm-error-maxout-input");
    Session unperturbed = planted(session, "hidden-maxout-first", Models.MAXOUT);
    rejected(
        "activation-first-maxout-first",
        () -> onlyUnitsWithoutBoundGrow(new HiddenLayersRow().run(unperturbed)));
    Session plain = planted(session, Models.ADVERSARIAL_MAXOUT, Models.MAXOUT);
    rejected(
        "fgsm-error-maxout-input",
        () -> onlyUnitsWithoutBoundGrow(new HiddenLayersRow().run(plain)));
  }

  @Test
  void theyBelongToTheLongProfiles() {
    for (Row row : new Row[] {new DifferentiableRow(), new HiddenLayersRow()}) {
      assertFalse(row.profiles().contains(Profile.QUICK));
      assertTrue(row.work(Profile.STANDARD).total() < row.work(Profile.PAPER).total());
    }
  }
}
