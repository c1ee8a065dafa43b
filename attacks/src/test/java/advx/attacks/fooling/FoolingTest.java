package advx.attacks.fooling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.Fixtures;
import advx.attacks.measure.Rate;
import advx.engine.InputException;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Architecture;
import advx.nn.Network;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoolingTest {
  /** Φ(0.5). */
  private static final double PHI_HALF = 0.6914624612740131;

  @Test
  void noiseHasItsMomentsAndItsKey() {
    try (Workers workers = new Workers(2)) {
      Tensor x = new Noise(3, 50, 0.4, 2).images(0, 2_000, workers);
      double mean = 0;
      double square = 0;
      for (float v : x.data()) {
        mean += v / 100_000.0;
        square += (v - 0.4) * (v - 0.4) / 100_000.0;
      }
      assertEquals(0.4, mean, 0.03);
      assertEquals(4, square, 0.1);
      float[] alone = new Noise(3, 50, 0.4, 2).images(700, 701, workers).data();
      assertArrayEquals(Arrays.copyOfRange(x.data(), 700 * 50, 701 * 50), alone);
      float[] other = new Noise(4, 50, 0.4, 2).images(700, 701, workers).data();
      assertTrue(alone[0] != other[0]);
      InputException e = assertThrows(InputException.class, () -> new Noise(1, 1, 0, -1));
      assertTrue(e.getMessage().contains("deviation -1.0"), e.getMessage());
    }
  }

  private static Network linear(String top, float[][] weights, float... biases) {
    Network network =
        Architecture.parse("dense(" + weights.length + ") " + top).network(weights[0].length, 0);
    Network same = Fixtures.linear(weights, biases);
    network.parameters().get(0).value().set(same.parameters().get(0).value());
    network.parameters().get(1).value().set(same.parameters().get(1).value());
    return network;
  }

  /** Logits (x − ½, 0): with two classes and softmax some p is always above ½. */
  @Test
  void rubbishUnderASoftmax() {
    try (Workers workers = new Workers(2)) {
      Network model = linear("softmax", new float[][] {{1}, {0}}, -0.5f, 0);
      RubbishError e = RubbishError.of(model, Noise.standard(1, 1), 4_000, workers);
      assertEquals(1, e.error().value());
      assertEquals(1 - PHI_HALF, e.share(0).value(), 0.025);
      assertEquals(4_000, e.histogram()[0] + e.histogram()[1]);
      assertEquals(4_000, e.confidence().n());
      assertEquals(e.confidenceOnAll(), e.confidence());
    }
  }

  /** Sigmoids of x − ½ and −9: a claim only where x > ½, always of class 0, p its sigmoid. */
  @Test
  void rubbishUnderSigmoids() {
    try (Workers workers = new Workers(2)) {
      Network model = linear("sigmoids", new float[][] {{1}, {0}}, -0.5f, -9);
      Noise noise = Noise.standard(1, 1);
      RubbishError e = RubbishError.of(model, noise, 4_000, workers);
      assertEquals(1 - PHI_HALF, e.error().value(), 0.025);
      assertArrayEquals(new long[] {e.error().count(), 0}, e.histogram());
      double sum = 0;
      long count = 0;
      for (float v : noise.images(0, 4_000, workers).data()) {
        double p = 1 / (1 + StrictMath.exp(0.5 - v));
        sum += p > 0.5 ? p : 0;
        count += p > 0.5 ? 1 : 0;
      }
      assertEquals(count, e.error().count());
      assertEquals(sum / count, e.confidence().value(), 1e-6);
    }
  }

  /**
   * Sigmoids of x − 2 and of −x: a step of ε towards class 0 succeeds where x ≥ 2 − ε, towards
   * class 1 where x ≤ ε.
   */
  @Test
  void oneStepTowardsAClass() {
    try (Workers workers = new Workers(2)) {
      Network model = linear("sigmoids", new float[][] {{1}, {-1}}, -2, 0);
      Noise noise = Noise.standard(5, 1);
      float[] x = noise.images(0, 1_200, workers).data();
      for (double epsilon : new double[] {0, 1.5}) {
        TargetedNoise found = TargetedNoise.of(model, noise, 1_200, epsilon, workers);
        long[] expected = new long[2];
        for (float v : x) {
          expected[0] += v >= 2 - epsilon ? 1 : 0;
          expected[1] += v <= epsilon ? 1 : 0;
        }
        for (int c = 0; c < 2; c++) {
          assertEquals(new Rate(expected[c], 1_200), found.after().get(c));
          assertTrue(epsilon > 0 || found.after().equals(found.before()));
        }
        assertEquals(new Rate(expected[0] + expected[1], 2_400), found.all());
      }
    }
  }

  /** Softmax over x − 0.2 and −x: class 0 has ½ where x ≥ 0.1, class 1 where x ≤ 0.1. */
  @Test
  void stepsOfASweepAreThoseAlone() {
    try (Workers workers = new Workers(2)) {
      Network model = linear("softmax", new float[][] {{1}, {-1}}, -0.2f, 0);
      Noise noise = Noise.standard(5, 1);
      float[] x = noise.images(0, 700, workers).data();
      double[] epsilons = {0.75, 0.5};
      List<TargetedNoise> sweep = TargetedNoise.sweep(model, noise, 700, epsilons, workers);
      for (int e = 0; e < 2; e++) {
        long up = 0;
        long down = 0;
        for (float v : x) {
          up += v + epsilons[e] >= 0.1 ? 1 : 0;
          down += v - epsilons[e] <= 0.1 ? 1 : 0;
        }
        assertEquals(List.of(new Rate(up, 700), new Rate(down, 700)), sweep.get(e).after());
        assertEquals(new Rate(700, 1_400), sweep.get(e).allBefore());
        assertEquals(TargetedNoise.of(model, noise, 700, epsilons[e], workers), sweep.get(e));
      }
    }
  }

  /**
   * Sigmoids of x − 2 and of −x − 2: the step of ε goes up for x ≥ 0, where class 0 is likelier,
   * and down for x &lt; 0, so that |x| ≥ 2 − ε is claimed. Fails for a step away from the class,
   * for one towards the other class, and for none.
   */
  @Test
  void oneStepTowardsTheLikeliestClass() {
    try (Workers workers = new Workers(2)) {
      Network model = linear("sigmoids", new float[][] {{1}, {-1}}, -2, -2);
      Noise noise = Noise.standard(5, 1);
      for (double epsilon : new double[] {0, 1.25}) {
        RubbishError found = RubbishError.afterStep(model, noise, 1_200, epsilon, workers);
        long[] expected = new long[2];
        for (float v : noise.images(0, 1_200, workers).data()) {
          expected[v >= 0 ? 0 : 1] += Math.abs(v) > 2 - epsilon ? 1 : 0;
        }
        assertArrayEquals(expected, found.histogram());
      }
      assertEquals(
          RubbishError.of(model, noise, 1_200, workers),
          RubbishError.afterStep(model, noise, 1_200, 0, workers));
    }
  }
}
