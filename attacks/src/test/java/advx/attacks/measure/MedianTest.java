package advx.attacks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ranks as in the tables of the binomial law. */
class MedianTest {
  private static Median ofFirst(int n) {
    return Median.of(IntStream.rangeClosed(1, n).mapToDouble(i -> n + 1 - i).toArray());
  }

  /** Kills: the upper of the two in the middle, numbers that are not sorted. */
  @Test
  void theMiddleOfAnEvenNumberIsTheMeanOfTwo() {
    assertEquals(2.5, Median.of(new double[] {4, 1, 3, 2}).value());
    assertEquals(3, Median.of(new double[] {9, 1, 3}).value());
    assertTrue(Double.isNaN(Median.of(new double[0]).value()));
  }

  /** Kills: ranks off by one, a tail of 5 %, an interval of too few samples. */
  @Test
  void intervalsAreThoseOfTheTables() {
    assertTrue(Double.isNaN(ofFirst(5).low()));
    int[][] known = {{6, 1}, {8, 1}, {9, 2}, {10, 2}, {20, 6}, {50, 18}, {100, 40}};
    for (int[] one : known) {
      Median median = ofFirst(one[0]);
      assertEquals(one[1], median.low(), "n " + one[0]);
      assertEquals(one[0] + 1 - one[1], median.high(), "n " + one[0]);
      assertEquals(one[0], median.n());
    }
    assertEquals(4_902, ofFirst(10_000).low(), 1);
  }
}
