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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rows on other perturbations in training, on few embedded digits. Perturbations of size 0
 * leave errors and activations where plain training has them; with shuffled labels nothing is
 * learnt.
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

  @Test
  void aNetworkLearnsToResistWhatItIsTrainedOn() {
    RowResult result = new DifferentiableRow().run(session);
    double plain = value(result, "rotation-error-plain");
    for (String key : new String[] {"rotation", "rotation-held", "scaled", "scaled-held"}) {
      assertTrue(value(result, "clean-error-" + key) < 0.15, key);
      double turned = value(result, "rotation-error-" + key);
      assertTrue(turned < plain - 0.1, key + ": " + turned + " of " + plain);
    }
    double sign = value(result, "fgsm-error-sign");
    assertTrue(sign < value(result, "fgsm-error-plain") - 0.2, "" + sign);
    assertTrue(value(result, "fgsm-error-rotation") > sign, "weaker");
    assertNotEquals(
        result.fingerprints().get("maxout-differentiable-rotation"),
        result.fingerprints().get("maxout-differentiable-rotation-held"));
    assertEquals(sign, value(new AdversarialTrainingRow().run(session), "fgsm-error"), "one model");
  }

  @Test
  void unitsWithoutBoundGrowAndOthersCannot() {
    RowResult result = new HiddenLayersRow().run(session);
    double plain = value(result, "activation-first-maxout-plain");
    double grown = value(result, "activation-first-maxout-first");
    assertTrue(grown > 1.2 * plain, grown + " of " + plain);
    assertTrue(value(result, "activation-first-sigmoid-first") <= 1);
    assertTrue(value(result, "clean-error-maxout-plain") < 0.15);
    assertTrue(value(result, "clean-error-sigmoid-plain") < 0.3);
    double input = value(result, "fgsm-error-maxout-input");
    assertTrue(input < value(result, "fgsm-error-maxout-first") - 0.05, "" + input);
    assertTrue(input < value(result, "fgsm-error-maxout-last") - 0.05, "" + input);
    assertFalse(result.metrics().stream().anyMatch(m -> Double.isNaN(m.value())));
  }

  @Test
  void theyBelongToTheLongProfiles() {
    for (Row row : new Row[] {new DifferentiableRow(), new HiddenLayersRow()}) {
      assertFalse(row.profiles().contains(Profile.QUICK));
      assertTrue(row.work(Profile.STANDARD).total() < row.work(Profile.PAPER).total());
    }
  }
}
