package advx.cli.rows;

import static advx.cli.rows.TinySession.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.cli.result.Figure;
import advx.cli.result.Metric;
import advx.cli.result.RowResult;
import advx.cli.result.Verdict;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.ModelStore;
import advx.nn.TrainingListener;
import advx.nn.data.Dataset;
import advx.nn.data.Splits;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rows on decision boundaries of CIFAR-10, on few coloured images of 8×8. With shuffled labels
 * no image would be right when clean; with ε 8 of pixels from 0 to 1 every attack would be without
 * measure, and with 8/255 of pixels from 0 to 255 without effect.
 */
class CifarBoundaryRowsTest {
  private static final int SIDE = 8;
  private static final int FEATURES = 3 * SIDE * SIDE;
  private static final List<Row> ROWS =
      List.of(
          new DistortionRow(BoundaryProblem.CIFAR),
          new RegionRow(BoundaryProblem.CIFAR),
          new SurroundingsRow(BoundaryProblem.CIFAR),
          new DetectorRow(BoundaryProblem.CIFAR),
          new WorstCaseRow(BoundaryProblem.CIFAR));

  @TempDir private static Path folder;
  private static Workers workers;
  private static Session session;

  @BeforeAll
  static void start() {
    workers = new Workers(2);
    Splits data = Splits.of(images(800, 1), 200, images(100, 2));
    session = session(data);
  }

  private static Session session(Splits cifar) {
    return new Session(
        Splits.of(images(30, 3), 10, images(10, 4)),
        () -> {
          if (cifar == null) {
            throw new MissingDataException("CIFAR-10 is not here.");
          }
          return cifar;
        },
        Profile.SMOKE,
        1,
        workers,
        new ModelStore(folder.resolve("models")),
        name -> TrainingListener.NONE);
  }

  @AfterAll
  static void stop() {
    workers.close();
  }

  /** Bytes of noise, brighter in one row or column of one or two colours, which say the class. */
  private static Dataset images(int n, int part) {
    RandomStream random = new RandomStream(9, Purpose.TEST, part, 1, 0);
    Tensor x = Tensor.zeros(n, FEATURES);
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = i % 10;
      for (int j = 0; j < FEATURES; j++) {
        int along = labels[i] % 2 == 0 ? j / SIDE % SIDE : j % SIDE;
        int colours = labels[i] / 2 + 1;
        int colour = j / (SIDE * SIDE);
        boolean bright = along == 3 && ((colours >> colour) & 1) == 1;
        x.data()[i * FEATURES + j] = (random.nextInt(100) + (bright ? 120 : 0)) / 255f;
      }
    }
    return new Dataset(new Dataset.Info("bars", 10, SIDE, SIDE, 3, 0, 1, false), x, labels);
  }

  /** Kills: pixels left from 0 to 1, values between bytes, another box. */
  @Test
  void pixelsAreTheBytesThatWereRead() {
    Dataset bytes = BoundaryProblem.CIFAR.inUnits(session.cifar().test());
    assertEquals(255f, bytes.info().high());
    float[] unit = session.cifar().test().images(0, 1).data();
    float[] x = bytes.images(0, 1).data();
    for (int i = 0; i < x.length; i++) {
      assertEquals(Math.rint(x[i]), x[i]);
      assertEquals(255 * unit[i], x[i], 1e-3);
    }
  }

  /** Kills: ε or distances in units of [0, 1], κ left off OPTSTRONG, the points of OPTMARGIN. */
  @Test
  void distortionsAreInBytesAndOrdered() {
    RowResult result = ROWS.get(0).run(session);
    double brittle = value(result, "plain-optbrittle-rms");
    double margin = value(result, "plain-optmargin-rms");
    double strong = value(result, "plain-optstrong-success");
    assertTrue(brittle > 0.2 && brittle < margin, brittle + " " + margin);
    assertTrue(margin < 40, "" + margin);
    assertEquals(1, value(result, "plain-optbrittle-success"));
    assertTrue(strong < 0.5, "a tiny network has no logit that leads by 40: " + strong);
    BoundaryModels.Model model = BoundaryModels.both(session, BoundaryProblem.CIFAR).getFirst();
    BoundaryExamples fgsm = BoundaryExamples.all(session, BoundaryProblem.CIFAR, model).getFirst();
    float[] clean = BoundaryExamples.images(session, BoundaryProblem.CIFAR).images(0, 10).data();
    float farthest = 0;
    for (int i = 0; i < clean.length; i++) {
      farthest = Math.max(farthest, Math.abs(fgsm.result().adversarial().data()[i] - clean[i]));
    }
    assertEquals(8, farthest, 1e-4);
    assertEquals(Verdict.NOT_COMPARABLE, result.verdict());
    Figure.Table table = (Figure.Table) result.figures().getFirst();
    assertTrue(table.title().contains("CIFAR-10"), table.title());
    assertEquals("82 %, 8.00", table.rows().getFirst().getLast().text());
  }

  /** Kills: a region of half-width 0.3, or one that is not clipped to the bytes. */
  @Test
  void theRegionIsThatOfBytes() {
    RowResult result = ROWS.get(1).run(session);
    assertTrue(
        result.settings().get("region").contains("radius=5.1 points=100 box=[0.0,255.0]"),
        result.settings().get("region"));
    assertTrue(value(result, "plain-benign-region") > 0.6);
    assertEquals(0, value(result, "plain-optbrittle-point"));
  }

  /** Kills: steps of 0.01, benign and perturbed images exchanged. */
  @Test
  void benignImagesLieFartherFromTheBoundary() {
    RowResult result = ROWS.get(2).run(session);
    double benign = value(result, "plain-benign-median");
    double brittle = value(result, "plain-optbrittle-median");
    assertTrue(benign > brittle && benign > 10, benign + " " + brittle);
    Figure.Panels panels =
        (Figure.Panels)
            result.figures().stream().filter(Figure.Panels.class::isInstance).findFirst().get();
    assertEquals(5.1 / Math.sqrt(3), panels.line(), 1e-12);
    assertEquals("cat", panels.classes().get(3));
  }

  /** Kills: the digits of the session, distances that are not normalised, directions of MNIST. */
  @Test
  void detectorsReadDistancesInBytes() {
    RowResult result = ROWS.get(3).run(session);
    assertEquals("boundary-cifar-table-3", ROWS.get(3).id());
    assertEquals("20", result.settings().get("training images"));
    String layers = result.settings().get("boundary classifier");
    assertTrue(layers.startsWith("aside(3) normalise(16.0,127.5) conv1d(8,8,stride=4)"), layers);
    String directions = result.settings().get("directions");
    assertTrue(directions.contains("directions=40 negatives=no step=6.0 steps=21"), directions);
    assertTrue(directions.contains("box=[0.0,255.0]"), directions);
    String adaptive = result.settings().get("adaptive attack");
    assertTrue(adaptive.contains("adaptive first=8.0") && adaptive.contains("step=2.0"), adaptive);
    assertTrue(value(result, "plain-on-optbrittle-optbrittle-area") > 0.8);
    assertEquals(Verdict.NOT_COMPARABLE, result.verdict());
    RowResult worst = ROWS.get(4).run(session);
    double flagged = value(result, "plain-on-optmargin-false-positives");
    assertEquals(1 - flagged, value(worst, "plain-benign-detector"), 1e-12);
    assertTrue(worst.settings().get("region").contains("radius=5.1"));
    Metric least =
        worst.metrics().stream()
            .filter(m -> m.name().equals("plain-worst-region"))
            .findFirst()
            .orElseThrow();
    assertTrue(least.interval().low() <= least.value() && least.n() <= 10, least.toString());
  }

  @Test
  void withoutCifarTheyAreSkippedByName() {
    for (Row row : ROWS) {
      assertThrows(MissingDataException.class, () -> row.run(session(null)));
      assertFalse(row.profiles().contains(Profile.QUICK));
      assertTrue(row.work(Profile.SMOKE).total() < row.work(Profile.STANDARD).total());
    }
  }
}
