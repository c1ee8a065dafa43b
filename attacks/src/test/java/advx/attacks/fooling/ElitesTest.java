package advx.attacks.fooling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.Box;
import advx.attacks.Fixtures;
import advx.engine.InputException;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Network;
import advx.nn.Predictions;
import advx.nn.Top;
import org.junit.jupiter.api.Test;

class ElitesTest {
  private static final Elites.Settings SMALL = new Elites.Settings(40, 0.1, 15);

  @Test
  void mutationsFollowTheirLaw() {
    assertEquals(0, Elites.mutation(0.5, 15), 1e-15);
    assertEquals(-1, Elites.mutation(0, 15), 1e-15);
    assertEquals(StrictMath.pow(0.5, 1.0 / 16) - 1, Elites.mutation(0.25, 15), 1e-15);
    assertEquals(-Elites.mutation(0.25, 15), Elites.mutation(0.75, 15), 1e-15);
    assertEquals(0.98, Elites.mutation(0.99, 0), 1e-12);
  }

  /** The surest image of a linear class is a corner of the box, and evolution comes near it. */
  @Test
  void comesNearTheCornerOfALinearModel() {
    float[][] w = new float[2][12];
    for (int i = 0; i < 12; i++) {
      w[1][i] = i % 3 == 0 ? -1 : 1;
    }
    Network model = Fixtures.linear(w, 0, -2);
    try (Workers workers = new Workers(2)) {
      Elites elites = new Elites(model, Box.UNIT, SMALL, 3, workers).run(300);
      double best = 8 - 2;
      double least = -4 - 2;
      assertEquals(1 / (1 + StrictMath.exp(-best)), elites.confidence(1), 1e-3);
      assertEquals(1 / (1 + StrictMath.exp(least)), elites.confidence(0), 1e-3);
      for (int i = 0; i < 12; i++) {
        assertEquals(i % 3 == 0 ? 0 : 1, elites.champions().get(1, i), 0.2);
        assertEquals(i % 3 == 0 ? 1 : 0, elites.champions().get(0, i), 0.2);
      }
    }
  }

  @Test
  void everyClassGetsItsImage() {
    Network model =
        Fixtures.network("maxout(20,3,init=normal:1) dense(10,init=normal:1) softmax", 49, 2);
    try (Workers workers = new Workers(2)) {
      Elites elites = new Elites(model, Box.UNIT, SMALL, 3, workers);
      double before = -1;
      for (int i = 0; i < 10; i++) {
        double now = elites.run(30).leastConfidence();
        assertTrue(now >= before, before + " then " + now);
        before = now;
      }
      assertTrue(before > 0.99, "least confidence " + before);
      for (float v : elites.champions().data()) {
        assertTrue(v >= 0 && v <= 1);
      }
      var info = new advx.nn.data.Dataset.Info("elites", 10, 7, 7, 1, 0, 1, false);
      Tensor images = elites.champions().copy();
      int[] labels = java.util.stream.IntStream.range(0, 10).toArray();
      Predictions said =
          Predictions.of(model, new advx.nn.data.Dataset(info, images, labels), workers);
      assertArrayEquals(labels, said.labels());
      assertEquals(elites.confidence(4), said.confidences()[4]);
      assertEquals(300, elites.generation());
      assertEquals(Top.SOFTMAX, model.top());
    }
  }

  @Test
  void sameBitsInPortionsAndOnAnyThreads() {
    Network model = Fixtures.network("maxout(7,3) dense(5) softmax", 30, 2);
    float[] expected;
    try (Workers workers = new Workers(1)) {
      expected = new Elites(model, Box.UNIT, SMALL, 3, workers).run(20).champions().data().clone();
      Elites other = new Elites(model, Box.UNIT, SMALL, 4, workers).run(20);
      assertTrue(other.champions().data()[0] != expected[0]);
    }
    try (Workers workers = new Workers(3)) {
      Elites elites = new Elites(model, Box.UNIT, SMALL, 3, workers).run(7).run(13);
      assertArrayEquals(expected, elites.champions().data());
    }
  }

  @Test
  void saysWhatIsWrong() {
    Network model = Fixtures.network("dense(5) softmax", 30, 2);
    try (Workers workers = new Workers(1)) {
      InputException e =
          assertThrows(InputException.class, () -> new Elites(model, Box.NONE, SMALL, 3, workers));
      assertTrue(e.getMessage().contains("box"), e.getMessage());
    }
    assertThrows(InputException.class, () -> new Elites.Settings(0, 0.1, 15));
    assertThrows(InputException.class, () -> new Elites.Settings(1, 0, 15));
  }
}
