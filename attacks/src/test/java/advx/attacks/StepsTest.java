package advx.attacks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.Purpose;
import advx.engine.RandomStream;
import org.junit.jupiter.api.Test;

class StepsTest {
  private static final float INF = Float.POSITIVE_INFINITY;

  private static double[] steepest(Norm norm, double epsilon, float... g) {
    double[] delta = new double[g.length];
    Steps.steepest(norm, g, 0, epsilon, delta);
    return delta;
  }

  private static double objective(Norm norm, float... g) {
    double[] delta = steepest(norm, 1, g);
    double sum = 0;
    for (int i = 0; i < g.length; i++) {
      sum += g[i] * delta[i];
    }
    return sum;
  }

  @Test
  void objectiveIsTheDualNorm() {
    assertEquals(3, objective(Norm.LINF, 1, -2), 1e-12);
    assertEquals(Math.sqrt(5), objective(Norm.L2, 1, -2), 1e-12);
    assertEquals(2, objective(Norm.L1, 1, -2), 1e-12);
  }

  @Test
  void theLowestIndexTakesATie() {
    assertEquals(2, objective(Norm.L1, 2, -2), 1e-12);
    assertArrayEquals(new double[] {1, 0}, steepest(Norm.L1, 1, 2, -2));
    assertArrayEquals(new double[] {-1, 0}, steepest(Norm.L1, 1, -2, 2));
  }

  @Test
  void noDirectionNoStep() {
    for (Norm norm : Norm.values()) {
      assertArrayEquals(new double[3], steepest(norm, 1, 0, 0, 0), norm.word());
      assertArrayEquals(new double[3], steepest(norm, 1, 1, Float.NaN, INF), norm.word());
    }
  }

  @Test
  void signOfZeroIsZero() {
    assertArrayEquals(new double[] {0, -0.5, 0.5}, steepest(Norm.LINF, 0.5, 0, -1e-45f, 3));
  }

  @Test
  void infiniteGradientsGiveTheLimit() {
    assertArrayEquals(new double[] {1, -1, 0}, steepest(Norm.LINF, 1, INF, -1, 0));
    assertArrayEquals(new double[] {0, 0, -1}, steepest(Norm.L1, 1, 1, 2, -INF));
    double half = Math.sqrt(0.5);
    assertArrayEquals(new double[] {half, 0, -half}, steepest(Norm.L2, 1, INF, 5, -INF), 1e-15);
  }

  @Test
  void tinyAndHugeGradientsKeepTheirDirection() {
    assertArrayEquals(new double[] {0.6, -0.8}, steepest(Norm.L2, 1, 3e-40f, -4e-40f), 1e-4);
    assertArrayEquals(new double[] {0.6, -0.8}, steepest(Norm.L2, 1, 1.5e38f, -2e38f), 1e-6);
  }

  @Test
  void gradientsThatPointOutOfTheBoxAreDropped() {
    float[] x = {0, -1, 1, .5f, -1, 1, -.9f, .9f};
    float[] g = {1, -1, 1, 1, 1, -1, -1, 1};
    float[] out = new float[8];
    Steps.insideBox(x, 0, g, 0, 1, new Box(-1, 1), out);
    assertArrayEquals(new float[] {1, 0, 0, 1, 1, -1, -1, 1}, out);
    Steps.insideBox(x, 0, g, 0, -1, new Box(-1, 1), out);
    assertArrayEquals(new float[] {1, -1, 1, 1, 0, 0, -1, 1}, out);
  }

  @Test
  void noSumLeavesTheBall() {
    RandomStream random = new RandomStream(5, Purpose.TEST, 0, 0, 0);
    int rounded = 0;
    for (int i = 0; i < 20_000; i++) {
      float x = random.uniform(-1, 1);
      double d = 0.1 * (random.nextInt() < 0 ? -1 : 1);
      float to = Steps.add(x, d);
      assertTrue(Math.abs((double) to - x) <= 0.1, "x = " + x);
      assertTrue(Math.abs((double) to - x) >= 0.1 - 1.3e-7, "x = " + x);
      rounded += to != (float) (x + d) ? 1 : 0;
    }
    assertTrue(rounded > 5_000, "rounding to nearest left the ball only " + rounded + " times");
  }
}
