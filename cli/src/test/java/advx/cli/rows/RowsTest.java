package advx.cli.rows;

import static advx.cli.rows.TinySession.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.cli.result.RowResult;
import advx.cli.result.Verdict;
import advx.engine.Workers;
import advx.nn.TrainingListener;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows in a tiny form, on few embedded digits. */
class RowsTest {
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
  void idsAndMetricsAreUnique() {
    Set<String> ids = new HashSet<>();
    for (Row row : Rows.all()) {
      assertTrue(ids.add(row.id()), row.id());
      assertTrue(row.claim().endsWith("."), row.claim());
      assertTrue(row.place().matches("[A-Z][a-z]+ et al\\. 20\\d\\d.*"), row.place());
    }
  }

  @Test
  void growthIsLinearAndBelowEightBits() {
    RowResult result = new GrowthRow().run(session);
    assertTrue(result.holds());
    assertEquals(1, value(result, "slope"), 0.001);
    assertEquals(0.5, value(result, "random-slope"), 0.1);
    assertTrue(value(result, "worst-deviation") < 0.001);
    assertEquals(0, value(result, "stored-pixels"));
  }

  /** A slope of 2 must not pass for one of 1. */
  @Test
  void aPowerLawIsRecognised() {
    int[] n = {10, 100, 1000};
    assertEquals(2, GrowthRow.slope(n, new double[] {100, 10_000, 1_000_000}), 1e-12);
    assertEquals(0.5, GrowthRow.slope(n, new double[] {Math.sqrt(10), 10, Math.sqrt(1000)}), 1e-12);
  }

  @Test
  void logisticRegressionEqualsItsClosedForm() {
    RowResult result = new LogisticRow().run(session);
    assertEquals(0, value(result, "closed-form-gap"));
    assertTrue(value(result, "clean-error") < 0.15);
    assertTrue(value(result, "fgsm-error") > 0.9);
    assertEquals(Verdict.NOT_COMPARABLE, result.verdict());
  }

  @Test
  void softmaxFallsToTheAttack() {
    RowResult result = new SoftmaxRow().run(session);
    assertTrue(value(result, "clean-error") < 0.3);
    assertTrue(value(result, "fgsm-error") > 0.99);
    assertTrue(result.holds());
    assertFalse(result.fingerprints().isEmpty());
  }

  @Test
  void adversarialTrainingHelpsAndTransfers() {
    RowResult plain = new MaxoutRow().run(session);
    RowResult robust = new AdversarialTrainingRow().run(session);
    assertTrue(value(plain, "clean-error") < 0.15);
    assertTrue(value(plain, "fgsm-error") > 0.9);
    assertTrue(value(robust, "fgsm-error") < value(plain, "fgsm-error") - 0.2);
    assertEquals(value(plain, "fgsm-error"), value(robust, "fgsm-error-plain"));
    RowResult transfer = new TransferRow().run(session);
    assertEquals(value(robust, "fgsm-error"), value(transfer, "white-box"));
    assertEquals(robust.fingerprints(), transfer.fingerprints());
  }
}
