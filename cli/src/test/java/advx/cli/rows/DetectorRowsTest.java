package advx.cli.rows;

import static advx.cli.rows.TinySession.value;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.boundary.BoundaryProfile;
import advx.attacks.boundary.BoundarySettings;
import advx.attacks.detector.DetectorEvaluation;
import advx.attacks.measure.Rate;
import advx.cli.result.Figure;
import advx.cli.result.RowResult;
import advx.cli.rows.DetectorRow.Judged;
import advx.cli.rows.WorstCaseRow.Accuracies;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rows on boundary classifiers in a tiny form, on few embedded digits. With shuffled labels no
 * image is right when clean, and with an ε of 0 none is fooled: there is then nothing to train on.
 */
class DetectorRowsTest {
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

  /** Kills: benign and perturbed images exchanged, training on the clean images of an attack. */
  @Test
  void brittleExamplesAreToldFromBenignImages() {
    RowResult result = new DetectorRow(BoundaryProblem.MNIST).run(session);
    double area = value(result, "pgd-on-optbrittle-optbrittle-area");
    assertTrue(area > 0.9, "area " + area);
    double brittle = value(result, "pgd-on-optbrittle-optbrittle-missed");
    double margin = value(result, "pgd-on-optbrittle-optmargin-missed");
    assertTrue(brittle < margin - 0.2, brittle + " " + margin);
    assertTrue(value(result, "plain-on-optbrittle-optbrittle-area") > 0.5);
    Figure.Chart curves = charts(result).getFirst();
    for (Figure.Series series : curves.series()) {
      assertEquals(0, series.x()[0]);
      assertEquals(100, series.x()[series.x().length - 1]);
      assertEquals(100, series.y()[series.y().length - 1]);
    }
    RowResult again = new DetectorRow(BoundaryProblem.MNIST).run(session);
    for (var metric : result.metrics()) {
      assertEquals(metric.value(), value(again, metric.name()), metric.name());
    }
  }

  private static List<Figure.Chart> charts(RowResult result) {
    return result.figures().stream()
        .filter(Figure.Chart.class::isInstance)
        .map(Figure.Chart.class::cast)
        .toList();
  }

  /** Kills: a mean in place of the least, a detector that is asked about other images. */
  @Test
  void theWorstIsTheLeastOfTheFiguresOfTable3() {
    RowResult third = new DetectorRow(BoundaryProblem.MNIST).run(session);
    RowResult result = new WorstCaseRow(BoundaryProblem.MNIST).run(session);
    for (String model : List.of("plain", "pgd")) {
      double flagged = value(third, model + "-on-optmargin-false-positives");
      assertEquals(1 - flagged, value(result, model + "-benign-detector"), 1e-12);
      double missed = value(third, model + "-on-optmargin-optbrittle-missed");
      double brittle = value(result, model + "-optbrittle-detector");
      assertEquals(1 - missed, brittle, 1e-12);
      double worst = value(result, model + "-worst-detector");
      assertTrue(worst <= 1 - flagged && worst <= brittle, model + " " + worst);
      assertTrue(value(result, model + "-benign-region") > 0.5, model);
      double region = value(result, model + "-worst-region");
      assertTrue(region <= value(result, model + "-optmargin-region"), model + " " + region);
    }
  }

  /** Kills: scores of other images, the weaker of two attacks, images without an example. */
  @Test
  void anImageIsLostIfAnyAttackPasses() {
    RowResult result = new DetectorRow(BoundaryProblem.MNIST).run(session);
    for (BoundaryModels.Model model : BoundaryModels.both(session)) {
      DetectorData data = DetectorData.of(session, BoundaryProblem.MNIST, model);
      var detector = DetectorModels.trained(session, data, "optbrittle").orElseThrow();
      boolean[] lost = new boolean[data.images().size()];
      int[] all = IntStream.range(0, lost.length).toArray();
      for (DetectorData.Kind kind : data.attacks()) {
        boolean[] passes = detector.passes(session, kind, all);
        long count = IntStream.of(all).filter(i -> passes[i]).count();
        var judged = detector.judge(session, kind);
        assertEquals(judged.map(e -> e.falseNegatives().count()).orElse(0L), count, kind.name());
        IntStream.of(all).filter(i -> passes[i]).forEach(i -> lost[i] = true);
      }
      DetectorEvasion nothing =
          new DetectorEvasion(all, Tensor.zeros(1), new boolean[all.length], new double[0]);
      long expected = IntStream.of(all).filter(i -> lost[i]).count();
      assertEquals(expected, nothing.anyRate(session, detector).count(), model.title());
      double alone = value(result, model.name() + "-adaptive-passes");
      assertTrue(value(result, model.name() + "-adaptive-any-passes") >= alone, model.title());
    }
  }

  /** No image trains and judges; those that train come first. */
  @Test
  void trainingAndTestImagesAreApart() {
    DetectorSettings settings = BoundaryProblem.MNIST.detectors(session.scope(), session.seed());
    for (BoundaryModels.Model model : BoundaryModels.both(session)) {
      DetectorData data = DetectorData.of(session, BoundaryProblem.MNIST, model);
      assertEquals(List.of("benign", "fgsm", "optbrittle", "optmargin"), names(data));
      for (DetectorData.Kind kind : data.kinds()) {
        assertTrue(Arrays.stream(kind.training()).allMatch(i -> i < settings.training()));
        assertTrue(Arrays.stream(kind.test()).allMatch(i -> i >= settings.training()));
        assertEquals(kind.test().length, kind.testProfiles().size());
        assertEquals(kind.training().length, kind.trainingProfiles().size());
      }
      assertTrue(data.kind("optbrittle").test().length > 3, model.title());
    }
  }

  private static List<String> names(DetectorData data) {
    return data.kinds().stream().map(DetectorData.Kind::name).toList();
  }

  /** Kills: profiles found by their place, kept under a name without the directions. */
  @Test
  void interruptedProfilesAreThoseOfAWholeRun() throws IOException {
    BoundaryModels.Model model = BoundaryModels.both(session).getFirst();
    BoundarySettings settings = BoundarySettings.mnist(1).along(4, true);
    Tensor x = session.data().test().images(300, 320);
    List<BoundaryProfile> whole =
        new advx.attacks.boundary.BoundaryAnalysis(model.trained().network(), settings, workers)
            .of(x);
    Path file = folder.resolve("models");
    KeptProfiles kept = new KeptProfiles(session, model, settings);
    Tensor some = BoundaryExamples.rows(x, IntStream.range(5, 14).toArray());
    kept.of(some, "test", "some"); // what a killed run had done
    try (Stream<Path> folders = Files.list(file)) {
      assertTrue(folders.anyMatch(path -> path.toString().endsWith(".profiles")));
    }
    Tensor broken = Tensor.zeros(20, x.columns());
    System.arraycopy(x.data(), 0, broken.data(), 0, x.size());
    broken.data()[19 * x.columns()] = 2; // outside the box: the last images cannot be analysed
    assertThrows(RuntimeException.class, () -> kept.of(broken, "test", "broken"));
    List<BoundaryProfile> resumed =
        new KeptProfiles(session, model, settings).of(x, "test", "images");
    for (int i = 0; i < whole.size(); i++) {
      assertEquals(whole.get(i).prediction(), resumed.get(i).prediction());
      assertArrayEquals(whole.get(i).steps(), resumed.get(i).steps(), "image " + i);
      assertArrayEquals(whole.get(i).adjacent(), resumed.get(i).adjacent(), "image " + i);
    }
    BoundarySettings others = BoundarySettings.mnist(2).along(4, true);
    List<BoundaryProfile> other = new KeptProfiles(session, model, others).of(x, "test", "images");
    assertFalse(
        IntStream.range(0, 20)
            .allMatch(i -> Arrays.equals(other.get(i).steps(), resumed.get(i).steps())));
  }

  @Test
  void ofFiveImagesFourTrain() {
    DetectorSettings usual = BoundaryProblem.MNIST.detectors(Scope.of(Profile.STANDARD), 1);
    assertEquals(List.of(150, 50), List.of(usual.training(), usual.test()));
    assertEquals(200, usual.boundary().ways());
    DetectorSettings some = BoundaryProblem.MNIST.detectors(new Scope(Profile.STANDARD, 33), 1);
    assertEquals(List.of(26, 7, 7), List.of(some.training(), some.test(), some.adaptive()));
    DetectorSettings paper = BoundaryProblem.MNIST.detectors(Scope.of(Profile.PAPER), 1);
    assertEquals(List.of(8_000, 2_000), List.of(paper.training(), paper.test()));
    assertEquals(1568, paper.boundary().ways());
    assertEquals("", paper.reduced(paper));
    assertTrue(usual.reduced(paper).contains("of at most 200 iterations instead of 4 of 1000"));
  }

  @Test
  void theRulesAskForWhatTheySay() {
    Judged good = judged(0.1, 0.1, 0.1);
    Judged blind = judged(0.1, 0.1, 0.6);
    assertTrue(DetectorRow.holds(good, blind));
    assertFalse(DetectorRow.holds(blind, blind));
    assertFalse(DetectorRow.holds(good, judged(0.1, 0.1, 0.2)));
    assertFalse(DetectorRow.holds(judged(0.6, 0.1, 0.1), blind));
    assertFalse(DetectorRow.holds(judged(0.1, 0.6, 0.1), blind));
    assertFalse(DetectorRow.holds(new Judged("optmargin", new Rate(1, 9), Map.of()), blind));
    List<Accuracies> kinds =
        List.of(
            new Accuracies("a", "A", new Rate(9, 10), new Rate(1, 10)),
            new Accuracies("b", "B", new Rate(8, 10), new Rate(10, 10)));
    assertEquals(new Rate(8, 10), WorstCaseRow.worstDetector(kinds));
    assertEquals(new Rate(1, 10), WorstCaseRow.worstRegion(kinds));
    Accuracies few = new Accuracies("c", "C", new Rate(0, 4), new Rate(0, 4));
    List<Accuracies> all = List.of(kinds.get(0), few, kinds.get(1));
    assertEquals(new Rate(0, 4), WorstCaseRow.worstDetector(all), "no image spares the detector");
    assertEquals(new Rate(1, 10), WorstCaseRow.worstRegion(all));
    assertEquals(new Rate(0, 4), WorstCaseRow.worstRegion(List.of(few)));
  }

  /** Kills: a condition without a sentence, a sentence where the claim holds. */
  @Test
  void whatContradictsTheClaimIsNamed() {
    Judged good = judged(0.1, 0.1, 0.1);
    Judged blind = judged(0.1, 0.1, 0.6);
    assertEquals(List.of(), DetectorRow.contradictions(good, blind));
    assertEquals(
        List.of(
            "one trained on OPTBRITTLE misses only 2 of 10 (5.7 to 51.0 %) examples of OPTMARGIN"),
        DetectorRow.contradictions(good, judged(0.1, 0.1, 0.2)));
    assertEquals(
        List.of("one trained on OPTMARGIN flags 6 of 10 (31.3 to 83.2 %) benign images"),
        DetectorRow.contradictions(judged(0.6, 0.1, 0.1), blind));
    Judged none = new Judged("optmargin", new Rate(1, 9), Map.of());
    for (Judged onMargin : List.of(good, blind, none, judged(0.1, 0.6, 0.1))) {
      for (Judged onBrittle : List.of(good, blind, none)) {
        assertEquals(
            DetectorRow.holds(onMargin, onBrittle),
            DetectorRow.contradictions(onMargin, onBrittle).isEmpty(),
            onMargin + " " + onBrittle);
      }
    }
  }

  /** A classifier that flags and misses these shares of ten. */
  private static Judged judged(double flagged, double brittle, double margin) {
    Map<String, DetectorEvaluation> found =
        Map.of(
            "optbrittle", evaluation(flagged, brittle), "optmargin", evaluation(flagged, margin));
    return new Judged("optmargin", found.get("optbrittle").falsePositives(), found);
  }

  private static DetectorEvaluation evaluation(double flagged, double missed) {
    double[] benign = IntStream.range(0, 10).mapToDouble(i -> i < 10 * flagged ? 1 : -1).toArray();
    double[] bad = IntStream.range(0, 10).mapToDouble(i -> i < 10 * missed ? -1 : 1).toArray();
    return DetectorEvaluation.of(benign, bad);
  }
}
