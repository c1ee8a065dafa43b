package advx.cli.rows;

import static advx.cli.rows.Mutants.above;
import static advx.cli.rows.Mutants.below;
import static advx.cli.rows.Mutants.changed;
import static advx.cli.rows.Mutants.demand;
import static advx.cli.rows.Mutants.planted;
import static advx.cli.rows.Mutants.rejected;
import static advx.cli.rows.TinySession.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.cli.result.Figure;
import advx.cli.result.RowResult;
import advx.cli.result.Verdict;
import advx.engine.Workers;
import advx.nn.TrainingListener;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rows in a tiny form, on few embedded digits; each check also on sessions that it has to
 * reject ({@link Mutants}).
 */
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

  private static void growsLinearly(RowResult result) {
    assertEquals(1, value(result, "slope"), 0.001, "slope");
    below(0.001, result, "worst-deviation");
    assertEquals(0.5, value(result, "random-slope"), 0.1, "random-slope");
    assertEquals(0, value(result, "stored-pixels"), "stored-pixels");
  }

  /**
   * Kills: random signs in place of those of the weights, an ε of 0 (what does not grow has no
   * exponent), numbers that nobody drew (another seed has others).
   */
  @Test
  void growthIsLinearAndBelowEightBits() {
    RowResult result = new GrowthRow().run(session);
    assertTrue(result.holds());
    growsLinearly(result);
    double random = value(result, "random-slope");
    rejected("slope", () -> growsLinearly(changed(result, "slope", random)));
    double none = GrowthRow.slope(new int[] {10, 100, 1000}, new double[3]);
    rejected("slope", () -> growsLinearly(changed(result, "slope", none)));
    RowResult other = new GrowthRow().run(session.withSeed(2));
    growsLinearly(other);
    assertNotEquals(random, value(other, "random-slope"));
  }

  /** A slope of 2 must not pass for one of 1. */
  @Test
  void aPowerLawIsRecognised() {
    int[] n = {10, 100, 1000};
    assertEquals(2, GrowthRow.slope(n, new double[] {100, 10_000, 1_000_000}), 1e-12);
    assertEquals(0.5, GrowthRow.slope(n, new double[] {Math.sqrt(10), 10, Math.sqrt(1000)}), 1e-12);
  }

  private static void logisticRegressionFalls(RowResult result) {
    below(0.15, result, "clean-error");
    above(0.9, result, "fgsm-error");
    assertEquals(0, value(result, "closed-form-gap"), "closed-form-gap");
    assertEquals(Verdict.NOT_COMPARABLE, result.verdict());
  }

  @Test
  void logisticRegressionEqualsItsClosedForm() {
    demand(
        session, new LogisticRow(), RowsTest::logisticRegressionFalls, "clean-error", "fgsm-error");
  }

  private static void softmaxFalls(RowResult result) {
    below(0.3, result, "clean-error");
    above(0.99, result, "fgsm-error");
    assertTrue(result.holds());
    assertFalse(result.fingerprints().isEmpty());
  }

  @Test
  void softmaxFallsToTheAttack() {
    demand(session, new SoftmaxRow(), RowsTest::softmaxFalls, "clean-error", "fgsm-error");
  }

  /** Kills: a limit that training does not keep, the same model in every line. */
  @Test
  void shorterWeightsAreLessSure() {
    Figure.Table norms =
        new SoftmaxRow()
            .run(session).figures().stream()
                .filter(Figure.Table.class::isInstance)
                .map(Figure.Table.class::cast)
                .findFirst()
                .orElseThrow();
    List<List<Figure.Cell>> lines = norms.rows();
    for (int i = 0; i < lines.size() - 2; i++) {
      double limit = lines.get(i).getFirst().value();
      assertTrue(lines.get(i).get(1).value() <= limit * (1 + 1e-6), "limit " + limit);
    }
    double shortest = lines.getFirst().get(4).value();
    double unlimited = lines.get(lines.size() - 2).get(4).value();
    assertTrue(shortest < unlimited - 0.1, shortest + " against " + unlimited);
  }

  private static void maxoutFalls(RowResult result) {
    below(0.15, result, "clean-error");
    above(0.9, result, "fgsm-error");
  }

  @Test
  void maxoutFallsToTheAttack() {
    demand(session, new MaxoutRow(), RowsTest::maxoutFalls, "clean-error", "fgsm-error");
  }

  private static void trainingHelps(RowResult result) {
    below(0.15, result, "clean-error");
    double plain = value(result, "fgsm-error-plain");
    above(0.9, result, "fgsm-error-plain");
    below(plain - 0.2, result, "fgsm-error");
    // Many steps break no less than one.
    above(value(result, "fgsm-error") - 0.02, result, "pgd-error");
    above(value(result, "clean-error") + 0.1, result, "pgd-error");
  }

  /** Kills also: an ε of 0 in training, where the plain network's weights stay as they are. */
  @Test
  void adversarialTrainingHelpsAgainstOneStep() {
    demand(
        session,
        new AdversarialTrainingRow(),
        RowsTest::trainingHelps,
        "clean-error",
        "fgsm-error-plain");
    Session plain = planted(session, Models.ADVERSARIAL_MAXOUT, Models.MAXOUT);
    rejected("fgsm-error", () -> trainingHelps(new AdversarialTrainingRow().run(plain)));
  }

  private static void examplesTransfer(RowResult result) {
    below(0.4, result, "white-box");
    above(0.5, result, "adversarial-to-plain");
    above(0.3, result, "plain-to-adversarial");
    below(value(result, "adversarial-to-plain") - 0.1, result, "plain-to-adversarial");
  }

  /** Kills also: one network taken for the other. */
  @Test
  void examplesTransferLessToTheAdversariallyTrained() {
    demand(
        session,
        new TransferRow(),
        RowsTest::examplesTransfer,
        "white-box",
        "adversarial-to-plain");
    Session plain = planted(session, Models.ADVERSARIAL_MAXOUT, Models.MAXOUT);
    rejected("white-box", () -> examplesTransfer(new TransferRow().run(plain)));
  }

  @Test
  void rowsShareTheirModels() {
    RowResult plain = new MaxoutRow().run(session);
    RowResult robust = new AdversarialTrainingRow().run(session);
    RowResult transfer = new TransferRow().run(session);
    assertEquals(value(plain, "fgsm-error"), value(robust, "fgsm-error-plain"));
    assertEquals(value(robust, "fgsm-error"), value(transfer, "white-box"));
    assertEquals(robust.fingerprints(), transfer.fingerprints());
  }
}
