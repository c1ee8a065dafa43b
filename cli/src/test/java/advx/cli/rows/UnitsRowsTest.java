package advx.cli.rows;

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
 * at the clean ones; shuffled labels leave those at chance.
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

  @Test
  void radialUnitsAreUnsureOfTheirMistakes() {
    RowResult result = new RbfRow().run(session);
    double clean = value(result, "clean-error");
    double sure = value(result, "clean-confidence");
    assertTrue(clean < 0.4, "clean error " + clean);
    assertTrue(value(result, "fgsm-error") > clean + 0.2);
    assertTrue(sure > 0.3, "clean confidence " + sure);
    assertTrue(value(result, "fgsm-confidence-mistakes") < sure / 4);
    assertEquals(0, value(result, "zero-gradients"));
    assertTrue(result.holds());
  }

  @Test
  void theMachineFallsToTheAttack() {
    RowResult result = new MpDbmRow().run(session);
    assertTrue(value(result, "clean-error") < 0.3, "clean error " + value(result, "clean-error"));
    assertTrue(value(result, "fgsm-error") > 0.8);
    assertTrue(value(result, "fgsm-error-multi") > 0.8);
  }

  @Test
  void saturatingUnitsFallAsLinearOnesDo() {
    RowResult result = new LinearityRow().run(session);
    for (String network :
        List.of("sigmoid-1", "sigmoid-2", "tanh-1", "tanh-2", "relu-1", "relu-2")) {
      assertTrue(value(result, network + "-clean-error") < 0.25, network);
      assertTrue(value(result, network + "-fgsm-error") > 0.8, network);
    }
  }
}
