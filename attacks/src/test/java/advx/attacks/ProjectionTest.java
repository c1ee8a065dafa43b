package advx.attacks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.Purpose;
import advx.engine.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Projections onto balls, and random points of them. */
class ProjectionTest {
  private static double[] onto(Norm norm, double epsilon, double... delta) {
    Projection.onto(norm, epsilon, delta);
    return delta;
  }

  @Test
  void knownAnswers() {
    assertArrayEquals(new double[] {2, 3, 3}, onto(Norm.LINF, 3, 2, 3, 4));
    assertArrayEquals(new double[] {-2, -3, -3}, onto(Norm.LINF, 3, -2, -3, -4));
    assertArrayEquals(new double[] {0.6, -0.8}, onto(Norm.L2, 1, 3, -4), 1e-15);
    assertArrayEquals(new double[] {1, 0}, onto(Norm.L1, 1, 2, 1), 1e-15);
    assertArrayEquals(new double[] {2, -1, 0}, onto(Norm.L1, 3, 3, -2, 0.5), 1e-15);
    for (Norm norm : Norm.values()) {
      assertArrayEquals(new double[3], onto(norm, 1, 0, 0, 0), norm.word());
      assertArrayEquals(new double[3], onto(norm, 0, 1, -2, 3), 1e-15, norm.word());
      assertArrayEquals(new double[] {0.1, -0.2}, onto(norm, 1, 0.1, -0.2), norm.word());
    }
  }

  /** Duchi's algorithm, with its sorted copy. */
  private static double[] sorted(double epsilon, double[] delta) {
    double[] u = Arrays.stream(delta).map(Math::abs).sorted().toArray();
    double sum = 0;
    double threshold = 0;
    for (int j = 1; j <= u.length; j++) {
      sum += u[u.length - j];
      double t = (sum - epsilon) / j;
      threshold = u[u.length - j] > t ? t : threshold;
    }
    double cut = threshold;
    return Arrays.stream(delta)
        .map(d -> Math.copySign(Math.max(Math.abs(d) - cut, 0), d))
        .toArray();
  }

  @Test
  void theL1ProjectionIsThatOfTheSortedAlgorithm() {
    RandomStream random = new RandomStream(1, Purpose.TEST, 0, 0, 0);
    for (int round = 0; round < 200; round++) {
      double[] delta = new double[1 + round % 40];
      Arrays.setAll(delta, i -> random.normal());
      double epsilon = 0.5 * Norm.L1.of(delta) * random.uniform() + 1e-6;
      double[] expected = sorted(epsilon, delta);
      Projection.onto(Norm.L1, epsilon, delta);
      assertArrayEquals(expected, delta, 1e-12);
      assertEquals(epsilon, Norm.L1.of(delta), 1e-12);
    }
  }

  /** In 10 dimensions the mean norm is 10/11 of ε, and the directions cancel. */
  @Test
  void startsAreUniformInTheBall() {
    int draws = 5_000;
    RandomStream random = new RandomStream(1, Purpose.TEST, 0, 0, 0);
    double[] delta = new double[10];
    for (Norm norm : Norm.values()) {
      double mean = 0;
      double[] centre = new double[10];
      double inner = 0;
      for (int i = 0; i < draws; i++) {
        RandomStart.draw(norm, 0.7, random.restart(0, i), new float[10], delta);
        double length = norm.of(delta);
        assertTrue(length <= 0.7, norm + " " + length);
        mean += length / draws;
        inner += length < 0.7 * 0.9 ? 1.0 / draws : 0;
        for (int j = 0; j < 10; j++) {
          centre[j] += delta[j] / draws;
        }
      }
      assertEquals(0.7 * 10 / 11, mean, 0.004, norm.word());
      assertEquals(Math.pow(0.9, 10), inner, 0.02, norm.word());
      assertArrayEquals(new double[10], centre, 0.03, norm.word());
    }
  }
}
