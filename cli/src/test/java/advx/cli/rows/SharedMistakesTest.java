package advx.cli.rows;

import static advx.cli.rows.Mutants.above;
import static advx.cli.rows.Mutants.below;
import static advx.cli.rows.Mutants.changed;
import static advx.cli.rows.Mutants.demand;
import static advx.cli.rows.Mutants.planted;
import static advx.cli.rows.Mutants.rejected;
import static advx.cli.rows.Mutants.untaught;
import static advx.cli.rows.TinySession.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.fooling.RubbishError;
import advx.attacks.measure.Evaluation;
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
 * errors under attack at the clean ones; shuffled labels leave those at chance ({@link Mutants}).
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

  private static long cases(RowResult result, String metric) {
    return result.metrics().stream()
        .filter(m -> m.name().equals(metric))
        .findFirst()
        .orElseThrow()
        .n();
  }

  private static void mistakesAreShared(RowResult result) {
    long fooled = cases(result, "softmax-same");
    assertTrue(fooled > 300, "softmax-same is a share of " + fooled + " mistakes");
    // With labels at random, the others would be right by chance alone.
    below(0.85, result, "rbf-wrong");
    below(value(result, "softmax-same-both-wrong"), result, "rbf-same-both-wrong");
    above(1.0 / 9, result, "rbf-same-both-wrong");
    for (String other : new String[] {"softmax", "rbf"}) {
      double of = value(result, other + "-same");
      double wrong = value(result, other + "-wrong");
      above(0.3, result, other + "-wrong");
      assertEquals(of, value(result, other + "-same-both-wrong") * wrong, 1e-3);
    }
  }

  /**
   * Where both err there are fewer cases, but the same agreements: the share can only grow. Kills
   * also: a model compared with itself.
   */
  @Test
  void leavingOutWhatTheOtherGetsRightRaisesTheShare() {
    demand(
        session,
        new AgreementRow(),
        SharedMistakesTest::mistakesAreShared,
        "rbf-wrong",
        "softmax-same");
    Session itself = planted(session, RbfModel.NAME, Models.MAXOUT);
    rejected("rbf-wrong", () -> mistakesAreShared(new AgreementRow().run(itself)));
  }

  private static void onlyBellsAreUnsureOfNoise(RowResult result) {
    assertEquals(0, value(result, "rbf-rubbish-error"), "rbf-rubbish-error");
    double most = value(result, "maxout-rubbish-error");
    above(0.5, result, "maxout-rubbish-error");
    above(0.5, result, "maxout-rubbish-confidence");
    for (String other : new String[] {"sigmoids", "softmax"}) {
      above(0.05, result, other + "-rubbish-error");
      below(most - 0.2, result, other + "-rubbish-error");
    }
    assertEquals(cases(result, "maxout-rubbish-confidence"), Math.round(10_000 * most));
  }

  /**
   * Kills: networks that learnt nothing, a softmax in place of the bells, digits in place of noise,
   * a threshold of 0 in place of ½ (the sigmoids would be sure of all).
   */
  @Test
  void bellsAreNotSureOfNoise() {
    RowResult result = new RubbishRow().run(session);
    onlyBellsAreUnsureOfNoise(result);
    Session blank = untaught(session, Models.MAXOUT);
    rejected("maxout-rubbish-error", () -> onlyBellsAreUnsureOfNoise(new RubbishRow().run(blank)));
    Session sure = planted(session, RbfModel.NAME, Models.SOFTMAX);
    rejected("rbf-rubbish-error", () -> onlyBellsAreUnsureOfNoise(new RubbishRow().run(sure)));
    Evaluation digits =
        Evaluation.of(RbfModel.get(session).network(), session.data().test(), workers);
    double claimed = new RubbishError(10, digits.decisions()).error().value();
    rejected(
        "rbf-rubbish-error",
        () -> onlyBellsAreUnsureOfNoise(changed(result, "rbf-rubbish-error", claimed)));
    rejected(
        "sigmoids-rubbish-error",
        () -> onlyBellsAreUnsureOfNoise(changed(result, "sigmoids-rubbish-error", 1)));
  }

  private static void anEnsembleFalls(RowResult result) {
    double clean = value(result, "clean-error");
    below(0.3, result, "clean-error");
    above(clean + 0.3, result, "fgsm-error-whole");
    above(clean + 0.3, result, "fgsm-error-member");
    assertEquals(EnsembleRow.MEMBERS, result.fingerprints().size());
    assertNotEquals(
        result.fingerprints().get(MaxoutModels.memberName(0)),
        result.fingerprints().get(MaxoutModels.memberName(1)));
  }

  @Test
  void anEnsembleIsFooledAsAWholeAndThroughOneMember() {
    demand(
        session,
        new EnsembleRow(),
        SharedMistakesTest::anEnsembleFalls,
        "clean-error",
        "fgsm-error-whole");
  }
}
