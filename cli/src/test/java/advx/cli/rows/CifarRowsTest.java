package advx.cli.rows;

import static advx.cli.rows.Mutants.above;
import static advx.cli.rows.Mutants.below;
import static advx.cli.rows.Mutants.changed;
import static advx.cli.rows.Mutants.rejected;
import static advx.cli.rows.Mutants.shuffledLabels;
import static advx.cli.rows.Mutants.untaught;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.ModelStore;
import advx.nn.SampleShape;
import advx.nn.TrainingListener;
import advx.nn.data.Dataset;
import advx.nn.data.Splits;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows on CIFAR-10, on few coloured images of 16×16 with a band for each class. */
class CifarRowsTest {
  private static final int SIDE = 16;
  private static final int FEATURES = 3 * SIDE * SIDE;

  @TempDir private static Path folder;
  private static Workers workers;
  private static Session session;

  @BeforeAll
  static void start() {
    workers = new Workers(2);
    Splits data = Splits.of(images(1_800, 1), 200, images(200, 2));
    session =
        new Session(
            data,
            () -> data,
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

  /** Noise with a stripe: its direction and colour say the class. */
  private static Dataset images(int n, int part) {
    RandomStream random = new RandomStream(9, Purpose.TEST, part, 0, 0);
    Tensor x = Tensor.zeros(n, FEATURES);
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = i % 10;
      int at = 6;
      for (int j = 0; j < FEATURES; j++) {
        int channel = j / (SIDE * SIDE);
        int row = j / SIDE % SIDE;
        int column = j % SIDE;
        int along = labels[i] % 2 == 0 ? row : column;
        boolean stripe = along >= at && along < at + 3 && ((labels[i] / 2 + 1) >> channel & 1) == 1;
        x.data()[i * FEATURES + j] = 0.5f * random.uniform() + (stripe ? 0.5f : 0);
      }
    }
    return new Dataset(new Dataset.Info("stripes", 10, SIDE, SIDE, 3, 0, 1, false), x, labels);
  }

  private static Metric metric(RowResult result, String name) {
    return result.metrics().stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }

  private static double value(RowResult result, String name) {
    return metric(result, name).value();
  }

  /** The paper's network: maps of 33, 15 and 8 a side before their pools. */
  @Test
  void theNetworkHasThePublishedShapes() {
    var network = CifarModels.network(CifarModels.size(Profile.PAPER), 32, 32).network(3072, 1);
    List<SampleShape> shapes = network.layers().stream().map(layer -> layer.output()).toList();
    assertEquals(new SampleShape(33, 33, 96), shapes.get(2));
    assertEquals(new SampleShape(15, 15, 96), shapes.get(3));
    assertEquals(new SampleShape(14, 14, 192), shapes.get(5));
    assertEquals(new SampleShape(6, 6, 192), shapes.get(6));
    assertEquals(new SampleShape(8, 8, 192), shapes.get(8));
    assertEquals(new SampleShape(4, 4, 192), shapes.get(9));
    assertEquals(SampleShape.row(500), shapes.get(11));
    assertEquals(0.9f, network.parameters().getFirst().limit());
    assertEquals(0.05f, network.parameters().getFirst().rate());
    assertEquals(1f, network.parameters().getLast().rate());
  }

  private static void theAttackRaises(RowResult result) {
    // 0.56 after the few updates that a test can wait for.
    below(0.7, result, "clean-error");
    above(value(result, "clean-error") + 0.2, result, "fgsm-error");
    // All wrong labels have at least the probability of the predicted one.
    above(value(result, "fgsm-confidence-mistakes") - 1e-9, result, "wrong-label-probability");
  }

  /**
   * Kills: ε of 0 (the attacked error would be the clean one, and is so in the row's own sweep),
   * shuffled labels (the clean error would be 90 %), a network that learnt nothing, data that are
   * not whitened (the standard deviation of the input).
   */
  @Test
  void theAttackRaisesTheError() {
    RowResult result = new ConvolutionalMaxoutRow().run(session);
    theAttackRaises(result);
    Figure.Series sweep = ((Figure.Chart) result.figures().get(1)).series().getFirst();
    assertEquals(0, sweep.x()[0]);
    assertEquals(CifarModels.EPSILON, sweep.x()[4]);
    assertEquals(value(result, "fgsm-error"), sweep.y()[4] / 100, 1e-12);
    rejected(
        "fgsm-error", () -> theAttackRaises(changed(result, "fgsm-error", sweep.y()[0] / 100)));
    for (Session mutant : List.of(shuffledLabels(session), untaught(session, CifarModels.MAXOUT))) {
      rejected("clean-error", () -> theAttackRaises(new ConvolutionalMaxoutRow().run(mutant)));
    }
    assertEquals(Verdict.NOT_COMPARABLE, result.verdict());
    assertEquals(3, result.figures().size());
    Figure.Sheet sheet = (Figure.Sheet) result.figures().getLast();
    assertEquals(20, sheet.pictures().size());
    assertTrue(sheet.pictures().getFirst().colour());
    double squares = 0;
    float[] x = CifarModels.prepare(session).test().images(0, 200).data();
    for (float v : x) {
      squares += (double) v * v / x.length;
    }
    // 0.1 without preprocessing, 55²/768 = 3.9 with the contrast alone; above 1, for 768 directions
    // fitted on 1,800 images are too narrow for others.
    assertTrue(squares > 1 && squares < 2, "variance " + squares);
  }

  private static void noiseHasClasses(RowResult result) {
    double share = value(result, "rubbish-error");
    double mistakes = value(result, "rubbish-confidence-mistakes");
    double all = value(result, "rubbish-confidence");
    assertEquals(200, metric(result, "rubbish-error").n());
    above(0.2, result, "rubbish-error");
    assertEquals(Math.round(200 * share), metric(result, "rubbish-confidence-mistakes").n());
    above(0.5, result, "rubbish-confidence-mistakes");
    below(1 + 1e-9, result, "rubbish-confidence-mistakes");
    assertTrue(all <= mistakes && all >= share * mistakes + 0.1 * (1 - share), "all " + all);
    Figure.Table table = (Figure.Table) result.figures().getFirst();
    double sum = table.rows().stream().mapToDouble(row -> row.get(1).value()).sum();
    assertEquals(1, sum, 1e-9);
    assertEquals(value(result, "frogs"), table.rows().get(6).get(2).value());
    assertEquals(metric(result, "rubbish-confidence-mistakes").n(), metric(result, "frogs").n());
  }

  /**
   * Kills: a share that counts p below 0.5, a mean or frogs over all instead of mistakes, a network
   * that learnt nothing.
   */
  @Test
  void noiseIsGivenClasses() {
    RowResult result = new CifarRubbishRow().run(session);
    noiseHasClasses(result);
    double all = value(result, "rubbish-confidence");
    String mistakes = "rubbish-confidence-mistakes";
    assertTrue(all < value(result, mistakes), "all of the noise is given a class");
    Session blank = untaught(session, CifarModels.MAXOUT);
    rejected("rubbish-error", () -> noiseHasClasses(new CifarRubbishRow().run(blank)));
  }

  private static void theStepReachesClasses(RowResult result) {
    // At most one class of ten has p of 0.5 or more.
    below(0.1 + 1e-9, result, "mean-before");
    above(value(result, "mean-before") + 0.2, result, "mean-success");
    double sum = 0;
    for (String name : advx.nn.data.Cifar10.CLASSES) {
      sum += value(result, name);
    }
    assertEquals(value(result, "mean-success"), sum / 10, 1e-12);
    Figure.Table table = (Figure.Table) result.figures().getFirst();
    assertArrayEquals(
        new double[] {0, 0.05, 0.1, 0.25, 0.5},
        table.rows().stream().mapToDouble(row -> row.getFirst().value()).toArray());
    for (int e = 1; e < 5; e++) {
      double weaker = table.rows().get(e - 1).get(1).value();
      assertTrue(table.rows().get(e).get(1).value() >= weaker - 0.05, "ε number " + e);
    }
  }

  /**
   * Kills: a step away from the wanted class, no step, success counted for another class, a network
   * that learnt nothing.
   */
  @Test
  void aStepMakesNoiseLookLikeTheWantedClass() {
    RowResult result = new FoolingImagesRow().run(session);
    theStepReachesClasses(result);
    double before = value(result, "mean-before");
    rejected("mean-success", () -> theStepReachesClasses(changed(result, "mean-success", before)));
    Session blank = untaught(session, CifarModels.MAXOUT);
    rejected("mean-success", () -> theStepReachesClasses(new FoolingImagesRow().run(blank)));
  }

  /**
   * An attack on pixels sees the same model as one on whitened numbers. Kills: preprocessing that
   * is left out, or in another order.
   */
  @Test
  void theModelOfPixelsIsTheNetworkOfWhitenedNumbers() {
    CifarModels.Prepared prepared = CifarModels.prepare(session);
    var network = prepared.trained().network();
    Tape tape = new Tape(workers);
    Tensor whitened = prepared.test().images(0, 30);
    float[] expected = network.logits(tape, tape.constant(whitened)).data().clone();
    Tensor pixels = session.cifar().test().images(0, 30);
    WhitenedNetwork model = WhitenedNetwork.of(prepared.whitening(), network);
    assertArrayEquals(expected, model.logits(tape, tape.constant(pixels)).data(), 1e-3f);
  }

  private static RowResult onePixel(Session some) {
    OnePixelRow row = new OnePixelRow();
    Findings findings = new Findings(row, some);
    return row.measure(findings, some, OnePixelRow.cifar(findings, some));
  }

  /**
   * Kills: a network on which no pixel has an effect (no margin falls), more than one pixel
   * changed, shares over all images.
   */
  @Test
  void onePixelOfAnImageIsChanged() {
    RowResult result = onePixel(session);
    above(0.01, result, "margin-lowered");
    Session blind = untaught(session, CifarModels.MAXOUT);
    rejected("margin-lowered", () -> above(0.01, onePixel(blind), "margin-lowered"));
    assertEquals(0.68, metric(result, "fooled").paper());
    long right = Math.round(4 * (1 - value(result, "clean-error")));
    assertEquals(right, metric(result, "fooled").n());
    Figure.Sheet sheet = (Figure.Sheet) result.figures().getFirst();
    for (int i = 0; i < 4; i++) {
      float[] clean = sheet.pictures().get(i).pixels();
      float[] changed = sheet.pictures().get(4 + i).pixels();
      int pixels = 0;
      for (int j = 0; j < clean.length; j += 3) {
        boolean same = clean[j] == changed[j] && clean[j + 1] == changed[j + 1];
        pixels += same && clean[j + 2] == changed[j + 2] ? 0 : 1;
      }
      assertTrue(pixels <= 1, "image %d: %d pixels".formatted(i, pixels));
    }
  }

  @Test
  void withoutCifarTheyAreSkippedByName() {
    Session without =
        new Session(
            session.data(),
            () -> {
              throw new MissingDataException("CIFAR-10 is not here.");
            },
            Profile.SMOKE,
            1,
            workers,
            session.models(),
            session.listener());
    for (Row row :
        List.of(new ConvolutionalMaxoutRow(), new CifarRubbishRow(), new FoolingImagesRow())) {
      assertThrows(MissingDataException.class, () -> row.run(without));
      assertFalse(row.profiles().contains(Profile.QUICK));
      assertTrue(row.work(Profile.SMOKE).total() < row.work(Profile.STANDARD).total());
    }
  }
}
