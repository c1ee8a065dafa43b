package advx.attacks.optimal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ConstantSearchTest {
  private static double[] tried(double first, double threshold, int steps) {
    ConstantSearch search = new ConstantSearch(first, 3);
    search.start(1);
    double[] tried = new double[steps];
    for (int i = 0; i < steps; i++) {
      tried[i] = search.value(1);
      search.next(1, tried[i] >= threshold);
    }
    return tried;
  }

  /** Kills: never lowering c, no bisection upwards, a factor other than ten. */
  @Test
  void risesByTensThenBisects() {
    assertArrayEquals(new double[] {0.2, 2, 20, 11, 6.5, 8.75}, tried(0.2, 7.3, 6), 1e-12);
  }

  /** Kills: a lower bound above 0. */
  @Test
  void fallsByHalvesFromTheFirst() {
    assertArrayEquals(new double[] {1, 0.5, 0.25, 0.125, 0.0625}, tried(1, 0, 5), 0);
  }

  @Test
  void risesForEverWithoutSuccess() {
    assertArrayEquals(new double[] {1e-3, 1e-2, 0.1, 1, 10}, tried(1e-3, 1e9, 5), 1e-12);
  }

  @Test
  void comesCloseToTheThreshold() {
    assertEquals(0.7312, tried(1e-3, 0.7312, 40)[39], 1e-6);
  }

  /** Kills: one search for all slots, a bound that stays behind. */
  @Test
  void slotsAreApart() {
    ConstantSearch search = new ConstantSearch(1, 3);
    search.start(0);
    search.start(2);
    search.next(2, true);
    search.next(0, false);
    assertEquals(10, search.value(0), 0);
    assertEquals(0.5, search.value(2), 0);
    search.move(2, 0);
    search.next(0, false);
    assertEquals(0.75, search.value(0), 0);
    search.start(0);
    search.next(0, false);
    assertEquals(10, search.value(0), 0);
  }
}
