package advx.cli.rows;

import static advx.cli.rows.Mutants.above;
import static advx.cli.rows.Mutants.below;
import static advx.cli.rows.Mutants.demand;
import static advx.cli.rows.Mutants.planted;
import static advx.cli.rows.Mutants.rejected;
import static advx.cli.rows.TinySession.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
 * Rows about other kinds of units, on few embedded digits. An ε of 0 leaves the errors under attack
 * at the clean ones; shuffled labels leave those at chance ({@link Mutants}).
 */
class UnitsRowsTest {
  @TempDir private static Path folder;
  private static Workers workers;
  private static Session session;

  @BeforeAll
  static void start() {
    workers = new Workers(2);
    session = TinySession.of(2_700, folder, workers, name -> TrainingListener.NONE);
  }

  @AfterAll
  static void stop() {
    workers.close();
  }

  private static void bellsAreUnsure(RowResult result) {
    double sure = value(result, "clean-confidence");
    below(0.4, result, "clean-error");
    above(value(result, "clean-error") + 0.2, result, "fgsm-error");
    above(0.3, result, "clean-confidence");
    below(sure / 4, result, "fgsm-confidence-mistakes");
    assertEquals(0, value(result, "zero-gradients"));
    assertTrue(result.holds());
  }

  /** Kills also: a softmax in place of the bells, which is sure of its mistakes. */
  @Test
  void radialUnitsAreUnsureOfTheirMistakes() {
    demand(session, new RbfRow(), UnitsRowsTest::bellsAreUnsure, "clean-error", "fgsm-error");
    new LinearityRow().run(session);
    Session sure = planted(session, RbfModel.NAME, "linearity-relu-1");
    rejected("fgsm-confidence-mistakes", () -> bellsAreUnsure(new RbfRow().run(sure)));
  }

  private static void theMachineFalls(RowResult result) {
    below(0.3, result, "clean-error");
    below(0.3, result, "clean-error-multi");
    above(0.8, result, "fgsm-error");
    above(0.8, result, "fgsm-error-multi");
  }

  @Test
  void theMachineFallsToTheAttack() {
    demand(session, new MpDbmRow(), UnitsRowsTest::theMachineFalls, "clean-error", "fgsm-error");
  }

  private static void allUnitsFall(RowResult result) {
    for (String network :
        List.of("sigmoid-1", "sigmoid-2", "tanh-1", "tanh-2", "relu-1", "relu-2")) {
      below(0.25, result, network + "-clean-error");
      above(0.8, result, network + "-fgsm-error");
    }
  }

  @Test
  void saturatingUnitsFallAsLinearOnesDo() {
    demand(
        session,
        new LinearityRow(),
        UnitsRowsTest::allUnitsFall,
        "sigmoid-1-clean-error",
        "sigmoid-1-fgsm-error");
  }
}
