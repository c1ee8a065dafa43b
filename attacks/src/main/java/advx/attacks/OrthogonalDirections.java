package advx.attacks;

import advx.engine.InputException;
import advx.engine.Purpose;
import advx.engine.RandomStream;

/**
 * Random orthonormal directions: the first k columns of Q in the QR decomposition of a Gaussian
 * matrix, R's diagonal positive, so that they are as random as k orthonormal vectors can be.
 *
 * <pre>
 *  gᵢ ~ N(0, I)            from (seed, i), so that the first of many are the same as few
 *  qᵢ = gᵢ − Σ ⟨qⱼ, gᵢ⟩·qⱼ  over j &lt; i, one after the other, then divided by its length
 * </pre>
 *
 * <p>All of it is done twice: the second time removes what rounding left of the first (Giraud,
 * Langou, Rozložník: The loss of orthogonality in the Gram-Schmidt orthogonalization process,
 * 2005). In double, rounded to float once.
 */
public final class OrthogonalDirections {
  /** What the directions are for: each use has numbers of its own. */
  public enum Use {
    /** Along which the distance to the decision boundary is measured. */
    BOUNDARY(0),
    /** Around a point that is to be fooled with all its neighbours. */
    MARGIN(1);

    private final int layer;

    Use(int layer) {
      this.layer = layer;
    }
  }

  /** The share of a vector's length below which it is taken for dependent on the ones before. */
  private static final double DEPENDENT = 1e-9;

  /**
   * Vectors that meet each earlier direction together, or all of them come from memory for each.
   */
  private static final int BLOCK = 32;

  private OrthogonalDirections() {}

  /**
   * Draws directions of length 1.
   *
   * @param count at most n
   * @param n numbers in each
   * @return [count][n]
   */
  public static float[][] draw(Use use, int count, int n, long seed) {
    if (count < 0 || count > n) {
      throw new InputException(
          "There are no %d orthogonal directions among inputs of %d numbers: give a number from 0 to %d."
              .formatted(count, n, n));
    }
    RandomStream random = new RandomStream(seed, Purpose.DIRECTIONS, use.layer, 0, 0);
    double[][] found = new double[count][n];
    int[] attempts = new int[count];
    int dependent;
    do {
      for (int i = 0; i < count; i++) {
        random.restart(attempts[i], i);
        for (int k = 0; k < n; k++) {
          found[i][k] = random.normal();
        }
      }
      dependent = decompose(found);
      if (dependent >= 0) {
        attempts[dependent]++;
      }
    } while (dependent >= 0);
    return rounded(found, n);
  }

  /**
   * Makes the vectors orthonormal, each in the span of those up to itself.
   *
   * @return −1, or the first vector that depends on those before it; the work stops there
   */
  static int decompose(double[][] vectors) {
    for (int from = 0; from < vectors.length; from += BLOCK) {
      int to = Math.min(vectors.length, from + BLOCK);
      for (int i = from; i < to; i++) {
        if (normalise(vectors[i]) == 0) {
          return i;
        }
      }
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < from; j++) {
          for (int i = from; i < to; i++) {
            subtract(vectors[j], vectors[i]);
          }
        }
        for (int i = from; i < to; i++) {
          for (int j = from; j < i; j++) {
            subtract(vectors[j], vectors[i]);
          }
          if (normalise(vectors[i]) < DEPENDENT) {
            return i;
          }
        }
      }
    }
    return -1;
  }

  /** v ← v − ⟨q, v⟩·q. */
  private static void subtract(double[] q, double[] v) {
    double along = dot(q, v);
    for (int k = 0; k < v.length; k++) {
      v[k] -= along * q[k];
    }
  }

  /** v ← v/‖v‖, unless that is 0; returns ‖v‖. */
  private static double normalise(double[] v) {
    double length = Math.sqrt(dot(v, v));
    for (int k = 0; k < v.length && length > 0; k++) {
      v[k] /= length;
    }
    return length;
  }

  /** Σ aᵢ·bᵢ in four chains abreast, the rest in the first: one would wait for itself. */
  private static double dot(double[] a, double[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int k = 0;
    for (; k <= a.length - 4; k += 4) {
      s0 = Math.fma(a[k], b[k], s0);
      s1 = Math.fma(a[k + 1], b[k + 1], s1);
      s2 = Math.fma(a[k + 2], b[k + 2], s2);
      s3 = Math.fma(a[k + 3], b[k + 3], s3);
    }
    for (; k < a.length; k++) {
      s0 = Math.fma(a[k], b[k], s0);
    }
    return (s0 + s1) + (s2 + s3);
  }

  private static float[][] rounded(double[][] exact, int n) {
    float[][] directions = new float[exact.length][n];
    for (int i = 0; i < exact.length; i++) {
      for (int k = 0; k < n; k++) {
        directions[i][k] = (float) exact[i][k];
      }
    }
    return directions;
  }
}
