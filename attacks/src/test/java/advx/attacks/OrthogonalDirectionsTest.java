package advx.attacks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.OrthogonalDirections.Use;
import advx.engine.InputException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OrthogonalDirectionsTest {
  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  /** Kills: a single pass, a projection left out, directions that are not scaled. */
  @Test
  void areOrthonormal() {
    float[][] q = OrthogonalDirections.draw(Use.BOUNDARY, 300, 300, 5);
    double worst = 0;
    for (int i = 0; i < q.length; i++) {
      for (int j = 0; j <= i; j++) {
        worst = Math.max(worst, Math.abs(dot(q[i], q[j]) - (i == j ? 1 : 0)));
      }
    }
    assertTrue(worst < 1e-6, "off by " + worst);
  }

  /** The textbook decomposition: of (3, 4) and (1, 0), Q is (.6, .8), (.8, −.6). */
  @Test
  void isTheDecompositionWithPositiveDiagonal() {
    double[][] v = {{3, 4}, {1, 0}};
    assertEquals(-1, OrthogonalDirections.decompose(v));
    assertArrayEquals(new double[] {0.6, 0.8}, v[0], 1e-15);
    assertArrayEquals(new double[] {0.8, -0.6}, v[1], 1e-15);
  }

  /** Läuchli's matrix, more vectors than a block holds: one pass leaves products of 10⁻⁹ here. */
  @Test
  void standsNearlyDependentVectors() {
    int n = 80;
    double[][] v = new double[n][n + 1];
    for (int i = 0; i < n; i++) {
      v[i][0] = 1;
      v[i][i + 1] = 1e-7;
    }
    assertEquals(-1, OrthogonalDirections.decompose(v));
    double worst = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double product = 0;
        for (int k = 0; k <= n; k++) {
          product += v[i][k] * v[j][k];
        }
        worst = Math.max(worst, Math.abs(product));
      }
    }
    assertTrue(worst < 1e-14, "off by " + worst);
  }

  @Test
  void tellsWhichVectorIsDependent() {
    assertEquals(1, OrthogonalDirections.decompose(new double[][] {{0.6, 0.8}, {1.2, 1.6}}));
    assertEquals(0, OrthogonalDirections.decompose(new double[][] {{0, 0}, {1.2, 1.6}}));
  }

  @Test
  void fewAreTheFirstOfMany() {
    float[][] many = OrthogonalDirections.draw(Use.MARGIN, 19, 40, 3);
    float[][] few = OrthogonalDirections.draw(Use.MARGIN, 4, 40, 3);
    for (int i = 0; i < few.length; i++) {
      assertArrayEquals(many[i], few[i]);
    }
  }

  /** Kills: a seed or a use that is not in the key. */
  @Test
  void seedAndUseDecide() {
    float[][] one = OrthogonalDirections.draw(Use.MARGIN, 2, 40, 3);
    assertTrue(!Arrays.equals(one[0], OrthogonalDirections.draw(Use.MARGIN, 2, 40, 4)[0]));
    assertTrue(!Arrays.equals(one[0], OrthogonalDirections.draw(Use.BOUNDARY, 2, 40, 3)[0]));
  }

  /** Each coordinate has variance 1/n: over 1000 draws of dimension 4, within four sigma. */
  @Test
  void pointEverywhereAlike() {
    double[] squares = new double[4];
    double[] sums = new double[4];
    for (int seed = 0; seed < 1000; seed++) {
      float[] last = OrthogonalDirections.draw(Use.MARGIN, 3, 4, seed)[2];
      for (int k = 0; k < 4; k++) {
        squares[k] += last[k] * last[k] / 1000;
        sums[k] += last[k] / 1000;
      }
    }
    for (int k = 0; k < 4; k++) {
      assertEquals(0.25, squares[k], 0.03);
      assertEquals(0, sums[k], 0.064);
    }
  }

  @Test
  void refusesMoreThanThereAre() {
    InputException said =
        assertThrows(InputException.class, () -> OrthogonalDirections.draw(Use.MARGIN, 19, 10, 1));
    assertEquals(
        "There are no 19 orthogonal directions among inputs of 10 numbers: give a number from 0 to"
            + " 10.",
        said.getMessage());
  }
}
