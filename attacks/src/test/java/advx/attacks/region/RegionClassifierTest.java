package advx.attacks.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.Box;
import advx.attacks.Fixtures;
import advx.attacks.Rule;
import advx.attacks.measure.Evaluation;
import advx.engine.InputException;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Classifier;
import advx.nn.Network;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegionClassifierTest {
  private static final Region REGION = Region.mnist(1).withPoints(10_000);

  private static Votes votes(Classifier model, Region region, float... x) {
    try (Workers workers = new Workers(1)) {
      Tensor one = Tensor.of(x, 1, x.length);
      return new RegionClassifier(model, region, workers).votes(one, new int[1]).getFirst();
    }
  }

  /** Class 1 where x₀ > 0.6, and x₀ uniform in 0.5 ± 0.3: a third. Another width or law differs. */
  @Test
  void pointsFillTheHypercubeEvenly() {
    Rule model = new Rule(2, 2, x -> new float[] {0.6f, x[0]});
    assertEquals(1.0 / 3, votes(model, REGION, 0.5f, 0.5f).share(1), 0.015);
    Rule corner = new Rule(2, 2, x -> new float[] {0, x[0] > 0.65f && x[1] < 0.35f ? 1 : -1});
    assertEquals(1.0 / 16, votes(corner, REGION, 0.5f, 0.5f).share(1), 0.008);
  }

  @Test
  void pointsAreClippedToTheBox() {
    Rule outside = new Rule(1, 2, x -> new float[] {1, x[0]});
    assertEquals(0, votes(outside, REGION, 0.9f).share(1));
    Region free = new Region(0.3, 10_000, Box.NONE, 1);
    assertEquals(1.0 / 3, votes(outside, free, 0.9f).share(1), 0.015);
  }

  @Test
  void tiesGoToTheLowestClassAndAreSeen() {
    Votes tie = new Votes(new int[] {2, 4, 4, 0}, 0);
    assertEquals(1, tie.winner());
    assertTrue(tie.tied());
    assertEquals(0, tie.decision(1).margin());
    Votes clear = new Votes(new int[] {4, 0, 5, 4}, 2);
    assertEquals(2, clear.winner());
    assertFalse(clear.tied());
    assertEquals(15, clear.points());
    assertEquals(1.0 / 3, clear.decision(0).confidence(), 1e-12);
    assertEquals(-1.0 / 15, clear.decision(0).margin(), 1e-12);
    Votes none = new Votes(new int[3], 7);
    assertEquals(-1, none.winner());
    assertFalse(none.tied());
    assertEquals(-1, none.decision(0).prediction());
  }

  @Test
  void whereTheModelNamesNoClassNobodyVotes() {
    Rule model = new Rule(1, 2, x -> new float[] {0, x[0] > 0.5f ? Float.NaN : -1});
    Votes votes = votes(model, REGION, 0.5f);
    assertEquals(0.5, (double) votes.unnamed() / votes.points(), 0.02);
    assertEquals(0, votes.winner());
    assertEquals(10_000, votes.points());
  }

  @Test
  void votesDependOnSeedAndIndexAndOnNothingElse() {
    Network model = Fixtures.network("dense(5,init=normal:1) softmax", 20, 4);
    Tensor x = Fixtures.uniform(9, 6, 20);
    int[] samples = {5, 9, 2, 77, 1, 0};
    Region region = Region.mnist(1);
    List<Votes> expected;
    try (Workers one = new Workers(1)) {
      RegionClassifier defended = new RegionClassifier(model, region, one);
      expected = defended.votes(x, samples);
      for (int i = 0; i < 6; i++) {
        Tensor alone = Tensor.of(Arrays.copyOfRange(x.data(), 20 * i, 20 * i + 20), 1, 20);
        int[] counts = expected.get(i).counts();
        int[] found = defended.votes(alone, new int[] {samples[i]}).getFirst().counts();
        assertEquals(Arrays.toString(counts), Arrays.toString(found));
      }
      assertNotEquals(text(expected), text(defended.votes(x, new int[] {6, 1, 3, 4, 2, 8})));
      RegionClassifier other = new RegionClassifier(model, region.withSeed(2), one);
      assertNotEquals(text(expected), text(other.votes(x, samples)));
    }
    try (Workers three = new Workers(3)) {
      Classifier disguised = Rule.disguised(model);
      RegionClassifier defended = new RegionClassifier(disguised, region, three);
      assertEquals(text(expected), text(defended.votes(x, samples)));
    }
  }

  private static String text(List<Votes> votes) {
    return votes.stream().map(v -> Arrays.toString(v.counts())).toList().toString();
  }

  /** A model with a small spot of class 1 around its inputs: the points outvote it. */
  @Test
  void aSpotThatIsSmallerThanTheRegionIsOutvoted() {
    Rule model = new Rule(2, 2, x -> new float[] {0, Math.abs(x[0] - 0.5f) < 0.01f ? 1 : -1});
    Tensor x = Tensor.zeros(3, 2).fill(0.5f);
    int[] labels = {0, 0, 1};
    try (Workers workers = new Workers(1)) {
      assertEquals(1, Evaluation.of(model, x, labels, workers).accuracy().count());
      RegionClassifier defended = new RegionClassifier(model, Region.mnist(1), workers);
      Evaluation evaluation = defended.evaluate(x, labels, new int[] {0, 1, 2});
      assertEquals(2, evaluation.accuracy().count());
      assertTrue(evaluation.decisions().getFirst().confidence() > 0.9);
      assertEquals(2, Evaluation.of(defended, x, labels, workers).accuracy().count());
      Evaluation points =
          new RegionClassifier(model, new Region(0, 1, Box.UNIT, 1), workers)
              .evaluate(x, labels, new int[] {0, 1, 2});
      assertEquals(1, points.accuracy().count(), "a region of width 0 is the point");
    }
  }

  /** As a classifier it gives every input the points of index 0. */
  @Test
  void asAClassifierItIsAFunctionOfTheInput() {
    Network model = Fixtures.network("dense(5,init=normal:1) softmax", 20, 4);
    Tensor x = Fixtures.uniform(9, 6, 20);
    try (Workers workers = new Workers(1)) {
      RegionClassifier defended = new RegionClassifier(model, Region.mnist(1), workers);
      Evaluation seen = Evaluation.of(defended, x, new int[6], workers);
      List<Votes> votes = defended.votes(x, new int[6]);
      for (int i = 0; i < 6; i++) {
        assertEquals(votes.get(i).winner(), seen.decisions().get(i).prediction());
      }
    }
  }

  @Test
  void badRegionsAndInputsAreRefused() {
    assertThrows(InputException.class, () -> new Region(-0.1, 10, Box.UNIT, 1));
    assertThrows(InputException.class, () -> new Region(Double.NaN, 10, Box.UNIT, 1));
    assertThrows(InputException.class, () -> new Region(0.1, 0, Box.UNIT, 1));
    Rule model = new Rule(1, 2, x -> new float[] {0, x[0]});
    assertThrows(InputException.class, () -> votes(model, REGION, 1.5f));
  }

  @Test
  void theDistanceOfAPointIsTheRadiusOverTheRootOfThree() {
    assertEquals(0.1732, Region.mnist(1).distance(), 1e-4);
  }
}
