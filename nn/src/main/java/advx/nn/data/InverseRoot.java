package advx.nn.data;

import advx.engine.Tensor;
import advx.engine.Workers;
import advx.engine.kernel.Gemm;
import java.util.function.IntConsumer;

/**
 * A^(−1/2) and A^(1/2) of a symmetric positive definite matrix by matrix products alone: the
 * coupled Newton–Schulz iteration
 *
 * <pre>
 * Y₀ = A/s, Z₀ = I, s = ‖A‖_F
 * T = (3·I − Z·Y)/2,  Y ← Y·T,  Z ← T·Z       Y → (A/s)^(1/2), Z → (A/s)^(−1/2)
 * </pre>
 *
 * Each eigenvalue of Z·Y lies in (0, 1] from the start and goes to 1: by a factor 9/4 a step while
 * it is small, then quadratically. Source: Higham 2008, Functions of matrices, §6.3 and §6.7.
 *
 * @param inverse A^(−1/2)
 * @param root A^(1/2)
 * @param residual the root mean square over all elements of Z·Y − I times √n: the norm of what is
 *     left, divided by that of I
 */
record InverseRoot(Tensor inverse, Tensor root, double residual) {
  /** Enough for a condition of 10¹². */
  private static final int MOST_STEPS = 50;

  /** From here on the next step ends below the rounding of the products. */
  private static final double CLOSE = 1e-3;

  /**
   * Computes both.
   *
   * @param a [n, n], symmetric; not changed
   * @param step is told the number of each step that begins
   * @throws ArithmeticException if the iteration does not converge: a is not positive definite, or
   *     too near to singular for float
   */
  static InverseRoot of(Tensor a, Workers workers, IntConsumer step) {
    int n = a.dim(0);
    double norm = 0;
    for (float v : a.data()) {
      norm = Math.fma((double) v, v, norm);
    }
    double s = Math.sqrt(norm);
    Tensor y = scaled(a, 1 / s);
    Tensor z = Tensor.zeros(n, n);
    for (int i = 0; i < n; i++) {
      z.data()[i * n + i] = 1;
    }
    Tensor t = Tensor.zeros(n, n);
    Tensor spare = Tensor.zeros(n, n);
    double residual = Double.POSITIVE_INFINITY;
    for (int k = 1; k <= MOST_STEPS; k++) {
      step.accept(k);
      product(workers, z, y, t);
      double left = residual(t);
      boolean last = left < CLOSE;
      if (!last && k > 1 && !(left <= residual)) {
        break;
      }
      residual = left;
      threeMinusHalved(t);
      product(workers, y, t, spare);
      Tensor oldY = y;
      y = spare;
      spare = oldY;
      product(workers, t, z, spare);
      Tensor oldZ = z;
      z = spare;
      spare = oldZ;
      if (last) {
        product(workers, z, y, t);
        return new InverseRoot(
            symmetric(z, 1 / Math.sqrt(s)), symmetric(y, Math.sqrt(s)), residual(t));
      }
    }
    throw new ArithmeticException(
        "InverseRoot: the iteration stopped at a residual of %s; the matrix is not positive definite, or too near to singular"
            .formatted(residual));
  }

  private static void product(Workers workers, Tensor a, Tensor b, Tensor c) {
    int n = a.dim(0);
    Gemm.product(workers, false, false, n, n, n, a.data(), n, b.data(), n, c.data(), n);
  }

  /** ‖T − I‖_F / √n. */
  private static double residual(Tensor t) {
    int n = t.dim(0);
    float[] v = t.data();
    double sum = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double off = v[i * n + j] - (i == j ? 1.0 : 0.0);
        sum = Math.fma(off, off, sum);
      }
    }
    return Math.sqrt(sum / n);
  }

  /** T ← (3·I − T)/2. */
  private static void threeMinusHalved(Tensor t) {
    int n = t.dim(0);
    float[] v = t.data();
    for (int i = 0; i < v.length; i++) {
      v[i] *= -0.5f;
    }
    for (int i = 0; i < n; i++) {
      v[i * n + i] += 1.5f;
    }
  }

  private static Tensor scaled(Tensor a, double factor) {
    Tensor b = Tensor.zeros(a.shape());
    for (int i = 0; i < b.size(); i++) {
      b.data()[i] = (float) (a.data()[i] * factor);
    }
    return b;
  }

  /** factor·(M + Mᵀ)/2: the iterates are symmetric but for rounding. */
  private static Tensor symmetric(Tensor m, double factor) {
    int n = m.dim(0);
    float[] v = m.data();
    Tensor result = Tensor.zeros(n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        result.data()[i * n + j] = (float) (((double) v[i * n + j] + v[j * n + i]) / 2 * factor);
      }
    }
    return result;
  }
}
