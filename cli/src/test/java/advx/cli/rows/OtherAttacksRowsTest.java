package advx.cli.rows;

import static advx.cli.rows.TinySession.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
 * angle, or without a colour to take, nothing changes; with shuffled labels nothing is learnt.
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

  /** Kills also: an angle in degrees taken for radians (the length of the step). */
  @Test
  void rotationsFoolAndNoiseOfTheirLengthDoesNot() {
    RowResult result = new RotationRow().run(session);
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
    for (String model : new String[] {"softmax", "maxout"}) {
      double clean = value(result, model + "-clean-error");
      assertTrue(clean < 0.3, model + " " + clean);
      assertTrue(value(result, model + "-rotation-error") > 0.8, model);
      assertTrue(value(result, model + "-noise-error") < clean + 0.1, model);
      assertEquals(step, value(result, model + "-rotation-length"), 1e-3, model);
    }
    assertTrue(result.holds());
    Figure.Table table = (Figure.Table) result.figures().get(1);
    assertEquals(12, table.rows().size());
    for (int i = 1; i < 6; i++) {
      double smaller = table.rows().get(i - 1).get(2).value();
      assertTrue(table.rows().get(i).get(2).value() >= smaller, "angle number " + i);
    }
  }

  @Test
  void aPixelLowersTheMarginOfDigits() {
    RowResult result = new OnePixelRow().run(session);
    assertTrue(value(result, "margin-lowered") > 0.1, "" + value(result, "margin-lowered"));
    assertEquals(Verdict.NOT_COMPARABLE, result.verdict());
  }

  /** Kills: champions that are not kept (confidence would not grow). */
  @Test
  void evolutionMakesTheNetworkSureOfEveryDigit() {
    RowResult result = new EvolvedImagesRow().run(session);
    double drawn = value(result, "drawn");
    assertTrue(drawn < 0.9, "drawn " + drawn);
    assertTrue(value(result, "mean") > drawn + 0.05, "evolved " + value(result, "mean"));
    Figure.Table table = (Figure.Table) result.figures().get(1);
    double least = table.rows().getFirst().get(1).value();
    assertTrue(value(result, "least") > 10 * least, value(result, "least") + " after " + least);
    for (int i = 1; i < table.rows().size(); i++) {
      double earlier = table.rows().get(i - 1).get(1).value();
      assertTrue(table.rows().get(i).get(1).value() >= earlier, "look number " + i);
    }
  }
}
