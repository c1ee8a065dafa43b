package advx.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.Bits;
import advx.engine.Workers;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Products that pack nothing, those with ten outputs, and transposition: bit for bit the
 * definition, and not a number beside.
 *
 * <p>Rows are further apart than they are long, and C is canaries before: a tile that moves too
 * far, or not far enough, and a panel that begins in its neighbour's columns would show.
 */
class UnpackedProductTest {
  private static final float CANARY = -77.5f;

  /** Numbers between the rows of B. */
  private static final int LDB = 2;

  private static final int[] ROWS = {10, 11, 12, 19, 20, 24, 25, 47, 48, 50, 58, 59, 100, 263};
  private static final int[] COLUMNS = {64, 65, 79, 80, 96, 100, 111, 112, 113, 145, 160, 240};
  private static final int[] DEPTHS = {7, 10, 33};

  @Test
  void unpacked() {
    int cases = 0;
    for (int threads = 1; threads <= 3; threads++) {
      try (Workers workers = new Workers(threads)) {
        for (int m : ROWS) {
          for (int n : COLUMNS) {
            int k = DEPTHS[(m + n + threads) % DEPTHS.length];
            cases += UnpackedProduct.suits(m, n, k) ? 1 : 0;
            check(workers, true, false, m, n, k);
            check(workers, false, false, m, n, k);
          }
        }
      }
    }
    boolean here = Lanes.VECTOR && Lanes.manyRegisters();
    assertEquals(here ? 3 * ROWS.length * COLUMNS.length : 0, cases);
  }

  /** B too large for the other way; 82 columns end in a panel that begins in its neighbour's. */
  @Test
  void streamed() {
    int cases = 0;
    for (int threads = 1; threads <= 3; threads++) {
      try (Workers workers = new Workers(threads)) {
        for (int m : new int[] {10, 23, 24, 47, 48, 100}) {
          for (int n : new int[] {82, 167, 208, 1001, 1200}) {
            int k = (1 << 17) / n + 1;
            boolean other = UnpackedProduct.suits(m, n, k);
            cases += !other && StreamedProduct.suits(m, n, k, n + LDB) ? 1 : 0;
            check(workers, (m + n + threads) % 2 == 0, false, m, n, k);
          }
        }
      }
    }
    assertEquals(Lanes.VECTOR && Lanes.manyRegisters() ? 90 : 0, cases);
  }

  @Test
  void fewOutputs() {
    int cases = 0;
    for (int threads = 1; threads <= 3; threads++) {
      try (Workers workers = new Workers(threads)) {
        for (int m : new int[] {16, 17, 23, 24, 31, 32, 33, 41, 48, 100, 127}) {
          for (int n : new int[] {10, 20}) {
            cases += FewOutputs.suits(m, n) ? 1 : 0;
            check(workers, false, true, m, n, DEPTHS[m % DEPTHS.length]);
          }
        }
      }
    }
    assertEquals(Lanes.COUNT == 16 ? 66 : 0, cases);
  }

  private static void check(Workers workers, boolean transA, boolean transB, int m, int n, int k) {
    int lda = (transA ? m : k) + 3;
    int ldb = (transB ? k : n) + LDB;
    int ldc = n + 5;
    float[] a = Samples.normal(lda * (transA ? k : m) - 3, 1, 1);
    float[] b = Samples.normal(ldb * (transB ? n : k) - LDB, 2, 1);
    float[] c = new float[ldc * m];
    float[] expected = new float[ldc * m];
    Arrays.fill(c, CANARY);
    Arrays.fill(expected, CANARY);
    for (int i = 0; i < m; i++) {
      Arrays.fill(expected, i * ldc, i * ldc + n, 0);
    }
    Gemm.scalar(transA, transB, m, n, k, a, lda, b, ldb, expected, ldc);
    Gemm.product(workers, transA, transB, m, n, k, a, lda, b, ldb, c, ldc);
    Bits.assertEqualBits(expected, c);
  }

  @Test
  void transposition() {
    for (int rows : new int[] {1, 7, 8, 9, 16, 31, 64}) {
      for (int depth : new int[] {1, 7, 8, 10, 24, 29}) {
        int ld = depth + 1;
        int toLd = rows + 2;
        float[] from = Samples.normal(rows * ld - 1, 3, 1);
        float[] to = new float[3 + depth * toLd];
        Arrays.fill(to, CANARY);
        float[] expected = to.clone();
        Packing.scalarTranspose(from, 0, ld, rows, depth, expected, 3, toLd);
        Packing.transpose(from, 0, ld, rows, depth, to, 3, toLd);
        Bits.assertEqualBits(expected, to);
        assertTrue(to[3] != CANARY);
      }
    }
  }
}
