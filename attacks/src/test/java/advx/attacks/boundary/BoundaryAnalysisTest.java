package advx.attacks.boundary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.Box;
import advx.attacks.Fixtures;
import advx.attacks.Rule;
import advx.engine.InputException;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Classifier;
import advx.nn.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundaryAnalysisTest {
  private static final int FEATURES = 64;

  private static final BoundarySettings SETTINGS = BoundarySettings.mnist(1).along(40, true);

  private static BoundaryAnalysis analysis(Classifier model, Workers workers) {
    float[][] u = BoundaryChecks.orthonormal(3, 40, FEATURES);
    return new BoundaryAnalysis(model, SETTINGS, Directions.of(u, true), workers);
  }

  private static void assertSame(BoundaryProfile expected, BoundaryProfile found) {
    assertEquals(expected.prediction(), found.prediction());
    assertArrayEquals(expected.steps(), found.steps());
    assertArrayEquals(expected.adjacent(), found.adjacent());
  }

  /** A sample whose points see their neighbours in the batch would differ in one of these. */
  @Test
  void sameBitsAloneTogetherAndOnAnyNumberOfThreads() {
    Network model =
        Fixtures.network(
            "dense(30,init=normal:0.5) relu dense(5,init=normal:0.5) softmax", FEATURES, 4);
    Tensor x = Fixtures.uniform(9, 7, FEATURES);
    List<BoundaryProfile> expected;
    try (Workers one = new Workers(1)) {
      expected = analysis(model, one).of(x);
      assertTrue(expected.stream().anyMatch(p -> p.crossings() > 0 && p.crossings() < 80));
      for (int i = 0; i < 7; i++) {
        Tensor alone = Tensor.of(Arrays.copyOfRange(x.data(), i * 64, (i + 1) * 64), 1, 64);
        assertSame(expected.get(i), analysis(model, one).of(alone).getFirst());
        assertSame(expected.get(i), analysis(Rule.disguised(model), one).of(x).get(i));
      }
    }
    try (Workers three = new Workers(3)) {
      List<BoundaryProfile> found = analysis(model, three).of(x);
      for (int i = 0; i < 7; i++) {
        assertSame(expected.get(i), found.get(i));
      }
    }
  }

  /** All ways end at the third step: nobody walks on, and no input waits for another. */
  @Test
  void aWayThatHasMetTheBoundaryLeaves() {
    Rule model = new Rule(FEATURES, 2, x -> new float[] {0, same(x) ? -1 : 1});
    Tensor x = Tensor.zeros(30, FEATURES).fill(0.5f);
    try (Workers workers = new Workers(1)) {
      List<BoundaryProfile> found = analysis(model, workers).of(x);
      found.forEach(p -> assertEquals(0.03, p.median(), 1e-9));
      found.forEach(p -> assertEquals(80, p.crossings()));
    }
    long least = 30 * 80 * 3L;
    assertTrue(model.asked().get() < 1.1 * least, model.asked() + " points for " + least);
  }

  /** Whether no number moved by more than a third step does. */
  private static boolean same(float[] x) {
    double squares = 0;
    for (float v : x) {
      squares += (v - 0.5) * (v - 0.5);
    }
    return Math.sqrt(squares / x.length) < 0.025;
  }

  @Test
  void theLastWaysTryManyStepsAtATime() {
    Rule model = new Rule(4, 2, x -> new float[] {1, 0});
    BoundarySettings settings = BoundarySettings.mnist(1).along(4, false);
    float[][] u = BoundaryChecks.orthonormal(3, 4, 4);
    List<Double> shares = new ArrayList<>();
    try (Workers workers = new Workers(1)) {
      new BoundaryAnalysis(model, settings, Directions.of(u, false), workers)
          .of(Tensor.zeros(1, 4), shares::add);
    }
    assertEquals(7, shares.size(), "4 · 49 points, 4 · 8 at a time");
    assertEquals(1, shares.getLast());
    for (int i = 1; i < shares.size(); i++) {
      assertTrue(shares.get(i) > shares.get(i - 1), shares.toString());
    }
  }

  @Test
  void aModelThatNamesNoClassHasNoBoundary() {
    Rule model = new Rule(FEATURES, 2, x -> new float[] {Float.NaN, 0});
    try (Workers workers = new Workers(1)) {
      BoundaryProfile found = analysis(model, workers).of(Tensor.zeros(1, FEATURES)).getFirst();
      assertEquals(-1, found.prediction());
      assertEquals(0, found.crossings());
      assertEquals(1, found.median());
    }
  }

  /** Ways 0 … 7: distances, and classes 3 (4×), 1 (2×), 8, none. */
  @Test
  void purityCountsTheLargestClasses() {
    int[] steps = {5, 2, 9, 1, 7, 3, 4, 0};
    int[] classes = {3, 1, 3, 8, 3, 1, 3, -1};
    BoundaryProfile p = new BoundaryProfile(SETTINGS, 2, steps, classes);
    assertEquals(4.0 / 7, p.purity(1), 1e-12);
    assertEquals(6.0 / 7, p.purity(2), 1e-12);
    assertEquals(1, p.purity(3), 1e-12);
    assertEquals(1, p.purity(9), 1e-12);
    assertEquals(7, p.crossings());
    assertArrayEquals(new int[] {3, 1, 5, 6, 0, 4, 2, 7}, p.order());
    assertArrayEquals(
        new double[] {.01, .02, .03, .04, .05, .07, .09, 1}, p.sortedDistances(), 1e-12);
    assertEquals(0.045, p.median(), 1e-12);
    assertEquals(0.01, p.least(), 1e-12);
    BoundaryProfile.Neighbour[] around = p.neighbours();
    assertEquals(3, around.length);
    assertEquals(new BoundaryProfile.Neighbour(3, 4), around[0]);
    assertEquals(new BoundaryProfile.Neighbour(1, 2), around[1]);
  }

  @Test
  void aSetHasTheMeansOfItsInputs() {
    BoundaryProfile near =
        new BoundaryProfile(SETTINGS, 2, new int[] {1, 2, 3}, new int[] {4, 4, 5});
    BoundaryProfile far =
        new BoundaryProfile(SETTINGS, 2, new int[] {0, 0, 9}, new int[] {-1, -1, 7});
    BoundaryProfile none =
        new BoundaryProfile(SETTINGS, 2, new int[] {0, 0, 0}, new int[] {-1, -1, -1});
    BoundarySet set = new BoundarySet(List.of(near, far, none));
    assertEquals((0.02 + 1 + 1) / 3, set.median().value(), 1e-12);
    assertEquals((0.01 + 0.09 + 1) / 3, set.least().value(), 1e-12);
    assertEquals(1, set.neighbours().value(), 1e-12);
    assertEquals(4.0 / 9, set.crossings().value(), 1e-12);
    assertEquals(3, set.crossings().n(), "inputs and not ways: the interval is over these");
    assertEquals(2, set.purity(1).n(), "without that which has no adjacent class");
    assertEquals((2.0 / 3 + 1) / 2, set.purities(3).getFirst().value(), 1e-12);
    assertEquals(1, set.purities(3).get(1).value(), 1e-12);
    assertArrayEquals(
        new double[] {(0.01 + 0.09 + 1) / 3, (0.02 + 1 + 1) / 3, (0.03 + 1 + 1) / 3},
        set.meanSortedDistances(),
        1e-12);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new BoundarySet(
                List.of(
                    near,
                    new BoundaryProfile(
                        SETTINGS.along(3, false), 2, near.steps(), near.adjacent()))));
  }

  @Test
  void directionsHaveRmsOne() {
    float[][] u = {{3, 4, 0, 0}, {0, 0, 1e-3f, 0}};
    float[] into = new float[4];
    Directions.of(u, true).point(0, 0.5, new float[4], 0, Box.NONE, into, 0);
    assertArrayEquals(new float[] {0.6f, 0.8f, 0, 0}, into, 1e-6f);
    Directions.of(u, true).point(3, 0.5, new float[4], 0, Box.NONE, into, 0);
    assertArrayEquals(new float[] {0, 0, -1, 0}, into, 1e-6f);
    assertEquals(3f, u[0][0], "the caller's numbers stay");
    assertThrows(InputException.class, () -> Directions.of(new float[][] {{0, 0}}, true));
    assertThrows(InputException.class, () -> Directions.of(new float[][] {{1, Float.NaN}}, true));
    assertThrows(InputException.class, () -> Directions.of(new float[0][], true));
  }

  /** u and −u are ways i and k + i, all others at right angles, in RMS. */
  @Test
  void drawnDirectionsAreOrthogonal() {
    BoundarySettings settings = BoundarySettings.mnist(3).along(9, true);
    Directions directions = Directions.draw(settings, 20);
    float[][] v = new float[18][20];
    for (int i = 0; i < 18; i++) {
      directions.point(i, 1, new float[20], 0, Box.NONE, v[i], 0);
    }
    for (int i = 0; i < 18; i++) {
      for (int j = 0; j < 18; j++) {
        double dot = 0;
        for (int k = 0; k < 20; k++) {
          dot += v[i][k] * v[j][k] / 20;
        }
        assertEquals(i == j ? 1 : i % 9 == j % 9 ? -1 : 0, dot, 1e-5);
      }
    }
    assertThrows(InputException.class, () -> Directions.draw(settings, 8));
  }

  @Test
  void settingsAreThePapersAndScaleWithTheBox() {
    assertEquals(1568, BoundarySettings.mnist(1).ways());
    assertEquals(0.41, BoundarySettings.mnist(1).length(41), "not 0.41000000000000003");
    assertEquals(0.49, BoundarySettings.mnist(1).reach());
    assertEquals(1000, BoundarySettings.cifar10(1).ways());
    assertEquals(126, BoundarySettings.cifar10(1).reach());
    BoundarySettings unit = BoundarySettings.cifar10(1).in(Box.UNIT);
    assertEquals(2 / 255.0, unit.step(), 1e-12);
    assertEquals(1, unit.never(), 1e-12);
    for (Object[] bad :
        new Object[][] {
          {0, 0.01, 49, 1.0},
          {1, -0.01, 49, 1.0},
          {1, 0.01, 0, 1.0},
          {1, 0.03, 49, 1.0},
          {1, Double.NaN, 4, 1.0}
        }) {
      assertThrows(
          InputException.class,
          () ->
              BoundarySettings.mnist(1)
                  .along((int) bad[0], true)
                  .inSteps((double) bad[1], (int) bad[2], (double) bad[3]));
    }
  }

  @Test
  void inputsOutsideOfTheBoxAreRefused() {
    Network model = Fixtures.network("dense(5) softmax", FEATURES, 4);
    try (Workers workers = new Workers(1)) {
      Tensor bright = Tensor.zeros(1, FEATURES).fill(2);
      assertThrows(InputException.class, () -> analysis(model, workers).of(bright));
      Tensor other = Tensor.zeros(1, FEATURES + 1);
      assertThrows(InputException.class, () -> analysis(model, workers).of(other));
    }
  }
}
