package advx.cli.rows;

import static advx.cli.rows.Mutants.above;
import static advx.cli.rows.Mutants.below;
import static advx.cli.rows.Mutants.changed;
import static advx.cli.rows.Mutants.demand;
import static advx.cli.rows.Mutants.planted;
import static advx.cli.rows.Mutants.rejected;
import static advx.cli.rows.Mutants.shuffledLabels;
import static advx.cli.rows.Mutants.untaught;
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

  private static void theRightClassIsLost(RowResult found) {
    above(0.59, found, "right-at-zero");
    above(1 - value(found, "right-at-zero") + 0.39, found, "wrong-at-epsilon");
    above(0, found, "right-to");
    below(0.25, found, "right-to");
    below(-value(found, "right-to"), found, "right-from");
    below(1e-5, found, "piece-gap");
    above(100, found, "pieces");
    above(value(found, "pieces") - 0.5, found, "regions");
    below(value(found, "pieces") / 10, found, "segments");
  }

  /**
   * Kills: an ε of 0 (no image would be lost at 0.25, none of the line would move), shuffled labels
   * (none would be right at 0), a network that learnt nothing, a step down the gradient (the right
   * class would be lost below 0), pieces that are not those of the network.
   */
  @Test
  void theRightClassIsLostSoonAlongTheGradient() {
    theRightClassIsLost(line);
    Dataset same = session.data().test().subset(0, 5);
    assertEquals(
        FgsmSection.attack(session, Models.maxout(session).network(), same)
            .attacked()
            .error()
            .value(),
        value(line, "wrong-at-epsilon"),
        "the point of the line at ε is the published attack");
    double wrong = 1 - value(line, "right-at-zero");
    rejected(
        "wrong-at-epsilon", () -> theRightClassIsLost(changed(line, "wrong-at-epsilon", wrong)));
    double down = -value(line, "right-from");
    rejected("right-to", () -> theRightClassIsLost(changed(line, "right-to", down)));
    for (Session mutant : List.of(shuffledLabels(session), untaught(session, Models.MAXOUT))) {
      rejected("right-at-zero", () -> theRightClassIsLost(new LineRow().run(mutant)));
    }
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

  private static void filtersAreMoreLocal(RowResult result) {
    below(0.2, result, "clean-error-plain");
    below(0.2, result, "clean-error-adversarial");
    double plain = value(result, "participation-plain");
    below(plain - 0.01, result, "participation-adversarial");
    assertTrue(plain > 0.1 && plain < 0.7, "plain " + plain);
    assertEquals(2, result.figures().stream().filter(f -> f instanceof Figure.Sheet).count());
  }

  /**
   * Kills: an ε of 0 in training (the filters would stay the plain ones), shuffled labels (the
   * clean error).
   */
  @Test
  void adversarialTrainingMakesFiltersMoreLocal() {
    RowResult result = new FiltersRow().run(session);
    filtersAreMoreLocal(result);
    assertEquals(
        new AdversarialTrainingRow().run(session).fingerprints(), result.fingerprints(), "shared");
    Session plain = planted(session, Models.ADVERSARIAL_MAXOUT, Models.MAXOUT);
    rejected("participation-adversarial", () -> filtersAreMoreLocal(new FiltersRow().run(plain)));
    Session shuffled = shuffledLabels(session);
    rejected("clean-error-plain", () -> filtersAreMoreLocal(new FiltersRow().run(shuffled)));
  }

  private static void noiseIsGivenNoClass(RowResult result) {
    above(0.5, result, "rubbish-error-plain");
    // 0.08 after the 156 updates that a test can wait for.
    below(0.2, result, "rubbish-error");
    above(value(result, "rubbish-error") + 0.3, result, "stepped-error");
    below(0.15, result, "clean-error");
    above(0.8, result, "fgsm-error");
  }

  /**
   * Kills: α of 1 (the weights of the plain network, which gives the noise classes), shuffled
   * labels, an ε of 0 for the images and for the noise (a step that changes nothing).
   */
  @Test
  void trainedOnRubbishItGivesNoiseNoClassUntilItIsMoved() {
    RowResult result =
        demand(
            session,
            new RubbishTrainingRow(),
            FigureRowsTest::noiseIsGivenNoClass,
            "clean-error",
            "fgsm-error");
    Figure.Table sweep = (Figure.Table) result.figures().getFirst();
    assertEquals(value(result, "rubbish-error"), sweep.rows().getFirst().get(2).value());
    assertEquals(value(result, "stepped-error"), sweep.rows().get(3).get(2).value());
    double unmoved = sweep.rows().getFirst().get(2).value();
    rejected("stepped-error", () -> noiseIsGivenNoClass(changed(result, "stepped-error", unmoved)));
    Session plain =
        planted(session, MaxoutModels.rubbishName(MaxoutModels.RUBBISH_ALPHA), Models.MAXOUT);
    rejected("rubbish-error", () -> noiseIsGivenNoClass(new RubbishTrainingRow().run(plain)));
  }

  @Test
  void theirNumbersAreBuilt() {
    for (String number : List.of("26", "27", "28")) {
      assertEquals(1, Rows.choose(Rows.all(), List.of(number), Profile.SMOKE).size());
      assertTrue(Rows.notBuilt().stream().noneMatch(s -> s.numbers().contains(number)));
    }
  }
}
