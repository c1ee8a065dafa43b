package advx.cli.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
 * Rows about what several models have in common, on few embedded digits. An ε of 0 leaves the
 * errors under attack at the clean ones; shuffled labels leave those at chance.
 */
class SharedMistakesTest {
  @TempDir private static Path folder;
  private static Workers workers;
  private static Session session;

  @BeforeAll
  static void start() {
    workers = new Workers(2);
    session = TinySession.of(2_000, folder, workers, name -> TrainingListener.NONE);
  }

  @AfterAll
  static void stop() {
    workers.close();
  }

  private static double value(RowResult result, String metric) {
    return TinySession.value(result, metric);
  }

  /** Where both err there are fewer cases, but the same agreements: the share can only grow. */
  @Test
  void leavingOutWhatTheOtherGetsRightRaisesTheShare() {
    RowResult result = new AgreementRow().run(session);
    for (String other : new String[] {"softmax", "rbf"}) {
      double of = value(result, other + "-same");
      double wrong = value(result, other + "-wrong");
      assertTrue(wrong > 0.3, other + " errs on " + wrong);
      assertEquals(of, value(result, other + "-same-both-wrong") * wrong, 1e-3);
    }
  }

  @Test
  void bellsAreNotSureOfNoise() {
    RowResult result = new RubbishRow().run(session);
    assertEquals(0, value(result, "rbf-rubbish-error"));
    assertTrue(value(result, "maxout-rubbish-error") > 0.5);
    assertTrue(value(result, "maxout-rubbish-confidence") > 0.5);
  }

  @Test
  void anEnsembleIsFooledAsAWholeAndThroughOneMember() {
    RowResult result = new EnsembleRow().run(session);
    double clean = value(result, "clean-error");
    assertTrue(clean < 0.3, "clean " + clean);
    assertTrue(value(result, "fgsm-error-whole") > clean + 0.3);
    assertTrue(value(result, "fgsm-error-member") > clean + 0.3);
    assertEquals(EnsembleRow.MEMBERS, result.fingerprints().size());
    assertNotEquals(
        result.fingerprints().get(MaxoutModels.memberName(0)),
        result.fingerprints().get(MaxoutModels.memberName(1)));
  }
}
