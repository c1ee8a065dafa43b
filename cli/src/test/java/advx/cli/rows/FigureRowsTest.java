package advx.cli.rows;

import static advx.cli.rows.TinySession.value;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.cli.result.Figure;
import advx.cli.result.RowResult;
import advx.engine.Workers;
import advx.nn.TrainingListener;
import advx.nn.data.Dataset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures 3 and 4, and training on rubbish, on few embedded digits. */
class FigureRowsTest {
  @TempDir private static Path folder;
  private static Workers workers;
  private static Session session;
  private static RowResult line;

  @BeforeAll
  static void start() {
    workers = new Workers(2);
    session = TinySession.of(2_600, folder, workers, name -> TrainingListener.NONE);
    line = new LineRow().run(session);
  }

  @AfterAll
  static void stop() {
    workers.close();
  }

  /**
   * Kills: an ε of 0 (no image would be lost at 0.25, none of the line would move), shuffled labels
   * (none would be right at 0), a step down the gradient (the right class would be lost below 0),
   * pieces that are not those of the network.
   */
  @Test
  void theRightClassIsLostSoonAlongTheGradient() {
    double right = value(line, "right-at-zero");
    assertTrue(right >= 0.6, "right " + right);
    Dataset same = session.data().test().subset(0, 5);
    assertEquals(
        FgsmSection.attack(session, Models.maxout(session).network(), same)
            .attacked()
            .error()
            .value(),
        value(line, "wrong-at-epsilon"),
        "the point of the line at ε is the published attack");
    assertTrue(value(line, "wrong-at-epsilon") >= 1 - right + 0.4);
    assertTrue(value(line, "right-to") > 0 && value(line, "right-to") < 0.25);
    assertTrue(value(line, "right-from") < -value(line, "right-to"));
    assertTrue(value(line, "piece-gap") < 1e-5, "gap " + value(line, "piece-gap"));
    assertTrue(value(line, "pieces") > 100, "pieces " + value(line, "pieces"));
    assertTrue(value(line, "regions") >= value(line, "pieces"));
    assertTrue(value(line, "segments") < value(line, "pieces") / 10);
  }

  /** Each picture of the slider is the image, moved by its ε; the clean one is in the middle. */
  @Test
  void theSliderShowsWhatTheNetworkSees() {
    Figure.Trace trace = (Figure.Trace) line.figures().getLast();
    assertEquals(31, trace.at().length);
    assertEquals(0, trace.at()[15]);
    assertEquals(List.of(4, 0, 7, 9), trace.images().stream().map(i -> i.label()).toList());
    for (Figure.TraceImage image : trace.images()) {
      float[] clean = image.pictures().get(15).pixels();
      for (int k = 0; k < 31; k++) {
        float[] moved = image.pictures().get(k).pixels();
        double furthest = 0;
        for (int j = 0; j < clean.length; j++) {
          furthest = Math.max(furthest, Math.abs((double) moved[j] - clean[j]));
        }
        assertEquals(Math.abs(trace.at()[k]), furthest, 1e-5);
        assertEquals(1, Arrays.stream(image.probabilities()[k]).sum(), 1e-9);
      }
      double[] p = image.probabilities()[15];
      assertTrue(image.probabilities()[20][image.label()] < p[image.label()], "at ε 0.25");
    }
    float[] four = trace.images().getFirst().pictures().get(15).pixels();
    Dataset test = session.data().test();
    int i = 0;
    while (test.label(i) != 4) {
      i++;
    }
    assertArrayEquals(test.images(i, i + 1).data(), four);
  }

  /**
   * Kills: an ε of 0 in training (the filters would stay the plain ones but for little), shuffled
   * labels (the clean error), the two networks taken for each other.
   */
  @Test
  void adversarialTrainingMakesFiltersMoreLocal() {
    RowResult result = new FiltersRow().run(session);
    double plain = value(result, "participation-plain");
    double robust = value(result, "participation-adversarial");
    assertTrue(robust < plain - 0.01, robust + " and " + plain);
    assertTrue(plain > 0.1 && plain < 0.7, "plain " + plain);
    assertTrue(value(result, "clean-error-plain") < 0.2);
    assertTrue(value(result, "clean-error-adversarial") < 0.2);
    assertEquals(2, result.figures().stream().filter(f -> f instanceof Figure.Sheet).count());
    assertEquals(
        new AdversarialTrainingRow().run(session).fingerprints(), result.fingerprints(), "shared");
  }

  /**
   * Kills: α of 1 (the noise would be given classes), shuffled labels (the clean error), an ε of 0
   * (the step would change nothing).
   */
  @Test
  void trainedOnRubbishItGivesNoiseNoClassUntilItIsMoved() {
    RowResult result = new RubbishTrainingRow().run(session);
    assertTrue(value(result, "rubbish-error-plain") > 0.5);
    // 0.08 after the 156 updates that a test can wait for.
    assertTrue(value(result, "rubbish-error") < 0.2);
    assertTrue(value(result, "stepped-error") > value(result, "rubbish-error") + 0.3);
    assertTrue(value(result, "clean-error") < 0.15);
    assertTrue(value(result, "fgsm-error") > 0.8);
    Figure.Table sweep = (Figure.Table) result.figures().getFirst();
    assertEquals(value(result, "rubbish-error"), sweep.rows().getFirst().get(2).value());
    assertEquals(value(result, "stepped-error"), sweep.rows().get(3).get(2).value());
  }

  @Test
  void theirNumbersAreBuilt() {
    for (String number : List.of("26", "27", "28")) {
      assertEquals(1, Rows.choose(Rows.all(), List.of(number), Profile.SMOKE).size());
      assertTrue(Rows.notBuilt().stream().noneMatch(s -> s.numbers().contains(number)));
    }
  }
}
