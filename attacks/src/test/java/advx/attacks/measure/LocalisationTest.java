package advx.attacks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LocalisationTest {
  private static double[] equal(int n, int count) {
    double[] squares = new double[n];
    Arrays.fill(squares, 3, 3 + count, 0.04);
    return squares;
  }

  /** k equal weights of n: k/n. Fails if weights enter in place of squares, or n is left out. */
  @Test
  void theParticipationRatioCountsEqualWeights() {
    assertEquals(0.25, Localisation.participation(equal(20, 5)), 1e-12);
    assertEquals(0.05, Localisation.participation(equal(20, 1)), 1e-12);
    double[] two = {9, 1};
    assertEquals(100 / (2 * 82.0), Localisation.participation(two), 1e-12);
    assertTrue(Double.isNaN(Localisation.participation(new double[4])));
  }

  /** 90 % of ten equal ones take nine of them; the largest come first. */
  @Test
  void theHoldingShareTakesTheLargestFirst() {
    assertEquals(0.45, Localisation.holding(0.899, equal(20, 10)));
    assertEquals(0.25, Localisation.holding(0.9, new double[] {1, 95, 2, 2}));
    assertEquals(0.5, Localisation.holding(0.96, new double[] {1, 95, 2, 2}));
    assertEquals(1, Localisation.holding(1, new double[] {1, 1, 1}));
    assertTrue(Double.isNaN(Localisation.holding(0.9, new double[4])));
  }

  /** Two pixels a apart: a/2 from the centre, along rows and across them; a single one: 0. */
  @Test
  void theRadiusIsMeasuredInPixels() {
    double[] row = new double[20];
    row[0] = row[4] = 7;
    assertEquals(2, Localisation.radius(row, 5), 1e-12);
    double[] column = new double[20];
    column[2] = column[17] = 7;
    assertEquals(1.5, Localisation.radius(column, 5), 1e-12);
    assertEquals(0, Localisation.radius(equal(20, 1), 5), 1e-9);
    double[] unequal = {3, 0, 0, 0, 1};
    assertEquals(Math.sqrt(3), Localisation.radius(unequal, 5), 1e-12);
    assertTrue(Double.isNaN(Localisation.radius(new double[20], 5)));
  }
}
