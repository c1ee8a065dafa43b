package advx.cli.rows;

import static advx.cli.rows.Mutants.above;
import static advx.cli.rows.Mutants.below;
import static advx.cli.rows.Mutants.changed;
import static advx.cli.rows.Mutants.rejected;
import static advx.cli.rows.Mutants.shuffledLabels;
import static advx.cli.rows.Mutants.untaught;
import static advx.cli.rows.TinySession.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.AttackEvaluation;
import advx.cli.result.Figure;
import advx.cli.result.RowResult;
import advx.cli.result.Verdict;
import advx.engine.Workers;
import advx.nn.TrainingListener;
import advx.nn.data.Dataset;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows on other attacks than the fast gradient sign method, on few embedded digits. Without an
 * angle, or without a colour to take, nothing changes; with shuffled labels nothing is learnt
 * ({@link Mutants}).
 */
class OtherAttacksRowsTest {
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

  private static final String[] MODELS = {"softmax", "maxout"};

  private static void rotationsFool(RowResult result) {
    for (String model : MODELS) {
      below(0.3, result, model + "-clean-error");
      above(0.8, result, model + "-rotation-error");
      below(value(result, model + "-clean-error") + 0.1, result, model + "-noise-error");
    }
    assertTrue(result.holds());
    Figure.Table table = (Figure.Table) result.figures().get(1);
    assertEquals(12, table.rows().size());
    for (int i = 1; i < 6; i++) {
      double smaller = table.rows().get(i - 1).get(2).value();
      assertTrue(table.rows().get(i).get(2).value() >= smaller, "angle number " + i);
    }
  }

  /**
   * Kills: shuffled labels, no angle, noise in place of the gradient, a rotation that is taken for
   * noise, an angle in degrees taken for radians (the length of the step).
   */
  @Test
  void rotationsFoolAndNoiseOfTheirLengthDoesNot() {
    RowResult result = new RotationRow().run(session);
    rotationsFool(result);
    Dataset test = session.data().test();
    double lengths = 0;
    for (int i = 0; i < test.size(); i++) {
      double squares = 0;
      for (float v : test.images(i, i + 1).data()) {
        squares += (double) v * v;
      }
      lengths += Math.sqrt(squares) / test.size();
    }
    double step = 2 * lengths * StrictMath.sin(StrictMath.toRadians(15));
    for (String model : MODELS) {
      assertEquals(step, value(result, model + "-rotation-length"), 1e-3, model);
    }
    Session shuffled = shuffledLabels(session);
    rejected("softmax-clean-error", () -> rotationsFool(new RotationRow().run(shuffled)));
    double unturned =
        AttackEvaluation.of(
                RotationRow.rotation(1e-6), Models.maxout(session).network(), test, workers)
            .attacked()
            .error()
            .value();
    String turned = "maxout-rotation-error";
    String drawn = "maxout-noise-error";
    double noise = value(result, drawn);
    rejected(turned, () -> rotationsFool(changed(result, turned, unturned)));
    rejected(turned, () -> rotationsFool(changed(result, turned, noise)));
    rejected(drawn, () -> rotationsFool(changed(result, drawn, value(result, turned))));
  }

  private static void aPixelLowersTheMargin(Session session) {
    RowResult result = new OnePixelRow().run(session);
    below(0.6, result, "clean-error");
    above(0.1, result, "margin-lowered");
    assertEquals(Verdict.NOT_COMPARABLE, result.verdict());
  }

  /** Kills: shuffled labels, and a network on which no pixel has an effect. */
  @Test
  void aPixelLowersTheMarginOfDigits() {
    aPixelLowersTheMargin(session);
    Session shuffled = shuffledLabels(session);
    rejected("clean-error", () -> aPixelLowersTheMargin(shuffled));
    Session blind = untaught(session, Models.MAXOUT);
    rejected("clean-error", () -> aPixelLowersTheMargin(blind));
  }

  private static void confidenceGrows(RowResult result) {
    double drawn = value(result, "drawn");
    below(0.9, result, "drawn");
    above(drawn + 0.05, result, "mean");
    Figure.Table table = (Figure.Table) result.figures().get(1);
    above(10 * table.rows().getFirst().get(1).value(), result, "least");
    for (int i = 1; i < table.rows().size(); i++) {
      double earlier = table.rows().get(i - 1).get(1).value();
      assertTrue(table.rows().get(i).get(1).value() >= earlier, "look number " + i);
    }
  }

  /**
   * Kills: champions that are not kept (confidence would stay that of the noise), a network that
   * learnt nothing.
   */
  @Test
  void evolutionMakesTheNetworkSureOfEveryDigit() {
    RowResult result = new EvolvedImagesRow().run(session);
    confidenceGrows(result);
    double drawn = value(result, "drawn");
    rejected("mean", () -> confidenceGrows(changed(result, "mean", drawn)));
    Session blank = untaught(session, Models.MAXOUT);
    rejected("mean", () -> confidenceGrows(new EvolvedImagesRow().run(blank)));
  }
}
