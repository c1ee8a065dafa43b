package advx.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.Bits;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Workers;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The matrix kernels against their scalar twins, bit for bit, at awkward sizes. */
class ProductKernelsTest {
  private static final int[] SIZES = {1, 3, 4, 6, 8, 13, 16, 17, 25, 32, 64, 65, 100, 207, 300};

  private static float[] random(int n, int which) {
    RandomStream random = new RandomStream(7, Purpose.TEST, 0, which, n);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.normal();
    }
    return x;
  }

  /** About half of the numbers zero, as a dropped-out gradient has. */
  private static float[] sparse(int n, int which) {
    float[] x = random(n, which);
    for (int i = 0; i < n; i++) {
      x[i] = x[i] > 0 ? x[i] : 0;
    }
    return x;
  }

  private static int[] winners(int n, int pieces) {
    RandomStream random = new RandomStream(7, Purpose.TEST, 1, pieces, n);
    int[] w = new int[n];
    Arrays.setAll(w, i -> random.nextInt(pieces));
    return w;
  }

  @Test
  void productContinuesFromC() {
    int cases = 0;
    for (int threads = 1; threads <= 3; threads++) {
      try (Workers workers = new Workers(threads)) {
        for (int i = 0; i < SIZES.length; i++) {
          int m = SIZES[i];
          int n = SIZES[(i * 4 + threads) % SIZES.length];
          int k = SIZES[(i * 7 + 2 * threads) % SIZES.length] * (i % 5 == 0 ? 3 : 1);
          for (int trans = 0; trans < 4; trans++) {
            boolean ta = (trans & 1) != 0;
            boolean tb = (trans & 2) != 0;
            float[] a = random(m * k, 1);
            float[] b = random(n * k, 2);
            float[] c = random(m * n, 3);
            float[] d = c.clone();
            Gemm.scalar(ta, tb, m, n, k, a, ta ? m : k, b, tb ? k : n, c, n);
            if (Lanes.VECTOR) {
              Gemm.blocked(workers, false, ta, tb, m, n, k, a, ta ? m : k, b, tb ? k : n, d, n);
            } else {
              Gemm.gemm(workers, ta, tb, m, n, k, a, ta ? m : k, b, tb ? k : n, d, n);
            }
            Bits.assertEqualBits(c, d);
            float[] zeros = new float[m * n];
            Gemm.scalar(ta, tb, m, n, k, a, ta ? m : k, b, tb ? k : n, zeros, n);
            Gemm.product(workers, ta, tb, m, n, k, a, ta ? m : k, b, tb ? k : n, d, n);
            Bits.assertEqualBits(zeros, d);
            cases++;
          }
        }
      }
    }
    assertEquals(180, cases);
  }

  /** The definition in double precision: a transposed index that both twins shared would show. */
  @Test
  void productIsTheDefinition() {
    try (Workers workers = new Workers(2)) {
      int m = 17;
      int n = 33;
      int k = 300;
      float[] a = random(m * k, 1);
      float[] b = random(n * k, 2);
      float[] c = new float[m * n];
      Gemm.gemm(workers, true, true, m, n, k, a, m, b, k, c, n);
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          double sum = 0;
          for (int p = 0; p < k; p++) {
            sum += (double) a[p * m + i] * b[j * k + p];
          }
          assertEquals(sum, c[i * n + j], 1e-4);
        }
      }
    }
  }

  @Test
  void denseAndMaxoutForward() {
    try (Workers workers = new Workers(2)) {
      for (int samples : new int[] {1, 3, 16, 17, 100}) {
        for (int in : new int[] {1, 16, 207, 300}) {
          for (int pieces : new int[] {1, 2, 5}) {
            int units = pieces == 5 ? 17 : 33;
            float[] x = random(samples * in, 1);
            float[] w = random(units * pieces * in, 2);
            float[] bias = random(units * pieces, 3);
            checkDense(workers, x, samples, in, w, bias, units * pieces);
            checkDense(workers, x, samples, in, w, null, units * pieces);
            checkMaxout(workers, x, samples, in, w, bias, units, pieces);
          }
        }
      }
    }
  }

  private static void checkDense(
      Workers workers, float[] x, int samples, int in, float[] w, float[] bias, int out) {
    float[] y = new float[samples * out];
    float[] z = new float[samples * out];
    DenseForward.dense(workers, x, samples, in, w, bias, out, y);
    DenseForward.scalar(x, samples, in, w, bias, out, z);
    Bits.assertEqualBits(z, y);
  }

  private static void checkMaxout(
      Workers workers,
      float[] x,
      int samples,
      int in,
      float[] w,
      float[] bias,
      int units,
      int pieces) {
    float[] y = new float[samples * units];
    float[] z = new float[samples * units];
    int[] won = new int[samples * units];
    int[] expected = new int[samples * units];
    MaxoutForward.maxout(workers, x, samples, in, w, bias, units, pieces, y, won);
    MaxoutForward.scalar(x, samples, in, w, bias, units, pieces, z, expected);
    Bits.assertEqualBits(z, y);
    assertTrue(Arrays.equals(expected, won));
    WinnerForward.forward(workers, x, samples, in, w, units, pieces, won, y);
    WinnerForward.scalar(x, samples, in, w, units, pieces, won, z);
    Bits.assertEqualBits(z, y);
  }

  @Test
  void maxoutTieGoesToTheLowestPiece() {
    try (Workers workers = new Workers(1)) {
      float[] y = new float[1];
      int[] won = {-1};
      MaxoutForward.maxout(
          workers, new float[] {2}, 1, 1, new float[] {-1, 3, 3}, null, 1, 3, y, won);
      assertEquals(6, y[0]);
      assertEquals(1, won[0]);
    }
  }

  @Test
  void winnersGradients() {
    for (int threads = 1; threads <= 3; threads++) {
      try (Workers workers = new Workers(threads)) {
        for (int samples : new int[] {1, 3, 17, 100}) {
          for (int in : new int[] {1, 13, 64, 100, 207, 784}) {
            int pieces = 1 + in % 5;
            int units = 23;
            float[] dy = sparse(samples * units, 1);
            float[] x = random(samples * in, 2);
            float[] w = random(units * pieces * in, 3);
            int[] win = winners(samples * units, pieces);
            float[] dx = random(samples * in, 4);
            float[] dxTwin = random(samples * in, 5);
            WinnerInput.gradient(workers, dy, samples, units, w, pieces, in, win, dx);
            WinnerInput.scalar(dy, samples, units, w, pieces, in, win, dxTwin);
            Bits.assertEqualBits(dxTwin, dx);
            float[] dw = random(w.length, 6);
            float[] dwTwin = random(w.length, 7);
            WinnerWeight.gradient(workers, dy, samples, units, x, in, pieces, win, dw);
            WinnerWeight.scalar(dy, samples, units, x, in, pieces, win, dwTwin);
            Bits.assertEqualBits(dwTwin, dw);
          }
        }
      }
    }
  }

  /** The step that never stores its gradient, against the gradients, their sum and the step. */
  @Test
  void winnerStep() {
    for (int threads = 1; threads <= 3; threads++) {
      try (Workers workers = new Workers(threads)) {
        for (int terms = 1; terms <= 3; terms++) {
          for (int in : new int[] {1, 13, 64, 100, 207, 784}) {
            int pieces = 1 + in % 5;
            int units = 23;
            float[] w = random(units * pieces * in, 3);
            float[] v = random(w.length, 4);
            float[] w2 = w.clone();
            float[] v2 = v.clone();
            float[] g = new float[w.length];
            float[] term = new float[w.length];
            float limit = (float) Math.sqrt(in);
            WinnerStep step = WinnerStep.of(workers, units, pieces, in);
            for (int t = 0; t < terms; t++) {
              int samples = 10 + 7 * t;
              float[] dy = sparse(samples * units, 5 + t);
              float[] x = random(samples * in, 8 + t);
              int[] win = winners(samples * units, pieces);
              step.add(dy, samples, x, win);
              WinnerWeight.scalar(dy, samples, units, x, in, pieces, win, term);
              for (int i = 0; i < g.length; i++) {
                g[i] = t == 0 ? term[i] : g[i] + term[i];
              }
            }
            step.step(workers, w, v, 0.1f, 0.5f, limit);
            SgdStep.scalar(w2, v2, g, units * pieces, in, 0.1f, 0.5f, limit);
            Bits.assertEqualBits(w2, w);
            Bits.assertEqualBits(v2, v);
          }
        }
      }
    }
  }

  @Test
  void momentumStepWithNormLimit() {
    try (Workers workers = new Workers(2)) {
      for (int columns : SIZES) {
        int rows = 37;
        float[] w = random(rows * columns, 1);
        float[] v = random(rows * columns, 2);
        float[] g = random(rows * columns, 3);
        float limit = (float) Math.sqrt(columns);
        float[] w2 = w.clone();
        float[] v2 = v.clone();
        SgdStep.step(workers, w, v, g, rows, columns, 0.1f, 0.5f, limit);
        SgdStep.scalar(w2, v2, g, rows, columns, 0.1f, 0.5f, limit);
        Bits.assertEqualBits(w2, w);
        Bits.assertEqualBits(v2, v);
        for (int r = 0; r < rows; r++) {
          double norm = 0;
          for (int i = 0; i < columns; i++) {
            norm += (double) w[r * columns + i] * w[r * columns + i];
          }
          assertTrue(Math.sqrt(norm) <= limit * 1.000001, "row " + r + " is over the limit");
        }
      }
    }
  }
}
