package advx.attacks.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.InputException;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Workers;
import advx.nn.ModelFile;
import advx.nn.Network;
import advx.nn.SampleShape;
import advx.nn.Trained;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorTest {
  private static final int DISTANCES = 60;
  private static final DetectorTraining TRAINING = new DetectorTraining(32, 150, 2e-3, 3);

  /** Inputs whose distances are uniform around a centre, drawn by their number. */
  private static Surroundings made(int kind, int count, double centre, double purity) {
    List<Surroundings.Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RandomStream random = new RandomStream(8, Purpose.TEST, kind, 0, i);
      double[] distances = new double[DISTANCES];
      for (int d = 0; d < DISTANCES; d++) {
        distances[d] = centre + 0.15 * random.uniform(-1, 1);
      }
      Arrays.sort(distances);
      double first = purity + 0.1 * random.uniform(-1, 1);
      rows.add(new Surroundings.Row(distances, new double[] {first, first + 0.1, 1}));
    }
    return Surroundings.of(rows);
  }

  private static BoundaryClassifier trained(
      Surroundings benign, Surroundings adversarial, Workers workers) {
    Network network =
        TRAINING.train(BoundaryClassifier.architecture(), benign, adversarial, workers);
    return new BoundaryClassifier(network, workers);
  }

  @Test
  void theLayersAreThePublishedOnes() {
    Network network = BoundaryClassifier.architecture().network(1568 + 3, 1);
    List<SampleShape> shapes = network.layers().stream().map(layer -> layer.output()).toList();
    assertEquals(new SampleShape(1, 391, 8), shapes.get(1));
    assertEquals(new SampleShape(1, 96, 16), shapes.get(4));
    assertEquals(SampleShape.row(96 * 16 + 3), shapes.get(7));
    assertEquals(SampleShape.row(32), shapes.get(8));
    assertEquals(2, network.classes());
    long weights = (8 * 8 + 8) + (16 * 8 * 8 + 16) + (1539 * 32 + 32) + (32 * 2 + 2);
    assertEquals(weights, network.size());
  }

  @Test
  void separableSurroundingsAreToldApart() {
    try (Workers workers = new Workers(2)) {
      BoundaryClassifier detector =
          trained(made(1, 100, 0.35, 0.5), made(2, 100, 0.2, 0.8), workers);
      DetectorEvaluation found = detector.evaluate(made(3, 200, 0.35, 0.5), made(4, 200, 0.2, 0.8));
      assertTrue(found.roc().area() > 0.995, "area " + found.roc().area());
      assertTrue(found.falsePositives().value() < 0.03, found.falsePositives().toString());
      assertTrue(found.falseNegatives().value() < 0.03, found.falseNegatives().toString());
      // Swapped labels: the mutant that a test must reject.
      DetectorEvaluation swapped =
          detector.evaluate(made(4, 200, 0.2, 0.8), made(3, 200, 0.35, 0.5));
      assertTrue(swapped.roc().area() < 0.005, "area " + swapped.roc().area());
    }
  }

  /** Distances say nothing here: without the purities the area would be a half. */
  @Test
  void puritiesAloneAreEnough() {
    try (Workers workers = new Workers(2)) {
      BoundaryClassifier detector =
          trained(made(1, 200, 0.3, 0.3), made(2, 200, 0.3, 0.8), workers);
      Roc roc = detector.evaluate(made(3, 200, 0.3, 0.3), made(4, 200, 0.3, 0.8)).roc();
      assertTrue(roc.area() > 0.98, "area " + roc.area());
    }
  }

  @Test
  void inseparableSurroundingsAreNot() {
    try (Workers workers = new Workers(2)) {
      BoundaryClassifier detector =
          trained(made(1, 100, 0.3, 0.5), made(2, 100, 0.3, 0.5), workers);
      Roc roc = detector.evaluate(made(3, 400, 0.3, 0.5), made(4, 400, 0.3, 0.5)).roc();
      assertEquals(0.5, roc.area(), 0.08);
    }
  }

  @Test
  void sameBitsOnAnyNumberOfThreadsAndFromItsFile(@TempDir Path folder) {
    Surroundings benign = made(1, 20, 0.3, 0.5);
    Surroundings adversarial = made(2, 10, 0.2, 0.7);
    DetectorTraining few = new DetectorTraining(16, 12, 1e-3, 3);
    List<String> prints = new ArrayList<>();
    Network last = null;
    for (int threads = 1; threads <= 3; threads++) {
      try (Workers workers = new Workers(threads)) {
        last = few.train(BoundaryClassifier.architecture(16, 127.5), benign, adversarial, workers);
        prints.add(Trained.fingerprint(last));
      }
    }
    assertEquals(1, prints.stream().distinct().count());
    Path file = folder.resolve("detector.safetensors");
    ModelFile.write(file, new Trained(last, List.of(), 0), Map.of());
    assertEquals(prints.getFirst(), Trained.fingerprint(ModelFile.read(file).network()));
    try (Workers workers = new Workers(1)) {
      DetectorTraining other = new DetectorTraining(16, 12, 1e-3, 4);
      Network network =
          other.train(BoundaryClassifier.architecture(16, 127.5), benign, adversarial, workers);
      assertNotEquals(prints.getFirst(), Trained.fingerprint(network));
    }
  }

  /**
   * Benign scores uniform in [0, 1], the others moved up by s: an area of 1 − (1−s)²/2. Kills: a
   * variance of pairs that are independent, an interval that ends where the area is 1.
   */
  @Test
  void theIntervalOfAnAreaHoldsTheTrueOneNineteenTimesInTwenty() {
    double shift = 1 - Math.sqrt(0.2); // an area of 0.9
    int within = 0;
    for (int trial = 0; trial < 1_000; trial++) {
      RandomStream random = new RandomStream(12, Purpose.TEST, 0, 0, trial);
      double[] benign = new double[20];
      double[] adversarial = new double[30];
      Arrays.setAll(benign, i -> random.uniform());
      Arrays.setAll(adversarial, i -> shift + random.uniform());
      Roc roc = Roc.of(benign, adversarial);
      within += roc.low() <= 0.9 && 0.9 <= roc.high() ? 1 : 0;
    }
    assertEquals(950, within, 25);
    Roc best = Roc.of(new double[] {1, 2}, new double[] {3, 4});
    assertEquals(1, best.high());
    assertTrue(best.low() > 0.2 && best.low() < 0.9, "low " + best.low());
    Roc none = Roc.of(new double[] {}, new double[] {3});
    assertTrue(Double.isNaN(none.area()));
    assertEquals(0, none.low());
    assertEquals(1, none.high());
  }

  /** Areas and points counted by hand; the ends of the interval computed elsewhere. */
  @Test
  void theCurveIsThatOfItsScores() {
    Roc roc = Roc.of(new double[] {-1, 0, 2}, new double[] {0, 1, 3});
    // Pairs: 0 beats −1, ties 0; 1 beats two; 3 beats three: (1 + ½) + 2 + 3 of 9.
    assertEquals(6.5 / 9, roc.area(), 1e-12);
    assertEquals(6, roc.points().size());
    assertEquals(new Roc.Point(3, 0, 1.0 / 3), roc.points().get(1));
    assertEquals(new Roc.Point(0, 2.0 / 3, 1), roc.points().get(4));
    assertEquals(new Roc.Point(-1, 1, 1), roc.points().getLast());
    assertEquals(1, Roc.of(new double[] {1, 2}, new double[] {3, 4}).area());
    assertEquals(0, Roc.of(new double[] {3, 4}, new double[] {1, 2}).area());
    assertEquals(0.5, Roc.of(new double[] {1, 1, 1}, new double[] {1, 1}).area());
    assertEquals(0.27987103506941396, roc.low(), 1e-12);
    assertEquals(0.9421583353130558, roc.high(), 1e-12);
    double nan = Double.NaN;
    DetectorEvaluation odd = DetectorEvaluation.of(new double[] {-1, nan}, new double[] {0, nan});
    assertEquals(1, odd.falsePositives().count(), "what cannot be scored is flagged");
    assertEquals(1, odd.falseNegatives().count());
  }

  @Test
  void purityWithoutBoundaryIsOne() {
    double[] far = new double[DISTANCES];
    Arrays.fill(far, 1);
    double[] none = {Double.NaN, Double.NaN, Double.NaN};
    Surroundings one = Surroundings.of(List.of(new Surroundings.Row(far, none)));
    assertEquals(1, one.x().data()[DISTANCES]);
  }

  @Test
  void saysWhatIsWrong() {
    Surroundings some = made(1, 4, 0.3, 0.5);
    double[] few = {1, 2};
    Surroundings other =
        Surroundings.of(List.of(new Surroundings.Row(few, new double[] {1, 1, 1})));
    assertThrows(InputException.class, () -> Surroundings.of(List.of()));
    assertThrows(InputException.class, () -> new DetectorTraining(0, 1, 1, 1));
    try (Workers workers = new Workers(1)) {
      InputException e = assertThrows(InputException.class, () -> trained(some, other, workers));
      assertTrue(e.getMessage().contains("the same directions"), e.getMessage());
      e = assertThrows(InputException.class, () -> trained(other, other, workers));
      assertTrue(e.getMessage().contains("needs 36 distances"), e.getMessage());
      BoundaryClassifier.architecture().network(36 + 3, 1);
    }
  }
}
