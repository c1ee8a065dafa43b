package advx.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.Bits;
import advx.engine.Workers;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The kernels that pass over memory once, at sizes below, at and beyond a piece of work. */
class PassKernelsTest {
  private static final int[] SIZES = {0, 1, 15, 16, 17, 207, 16_384, 16_385, 40_000};

  /** Fails if ReLU keeps a negative number, loses a NaN, or leaves out a block or a tail. */
  @Test
  void relu() {
    for (int threads = 1; threads <= 3; threads++) {
      try (Workers workers = new Workers(threads)) {
        for (int n : SIZES) {
          float[] x = Samples.withSpecial(n, n, 1);
          float[] y = Samples.normal(n, n + 1, 1);
          float[] expected = new float[n];
          for (int i = 0; i < n; i++) {
            expected[i] = x[i] < 0 ? 0 : x[i];
          }
          Rectifier.relu(workers, x, y, n);
          Bits.assertEqualBits(expected, y, n + " on " + threads);
        }
      }
    }
  }

  /**
   * Fails if the gate is open at 0 or NaN, multiplies where it should choose, or ignores a slope.
   */
  @Test
  void gate() {
    for (int threads = 1; threads <= 3; threads++) {
      try (Workers workers = new Workers(threads)) {
        for (int n : SIZES) {
          float[] x = Samples.withSpecial(n, n, 1);
          float[] dy = Samples.withSpecial(n, n + 1, 1);
          for (float slope : new float[] {0, 0.25f}) {
            float[] dx = Samples.normal(n, n + 2, 1);
            float[] expected = new float[n];
            for (int i = 0; i < n; i++) {
              float shut = slope == 0 ? 0 : slope * dy[i];
              expected[i] = x[i] > 0 ? dy[i] : shut;
            }
            Rectifier.gate(workers, x, dy, slope, dx, n);
            Bits.assertEqualBits(expected, dx, n + " on " + threads + ", slope " + slope);
          }
        }
      }
    }
  }

  /** Fails if rows are added in another order than the ascending one, or a column is left out. */
  @Test
  void columnSums() {
    for (int threads = 1; threads <= 3; threads++) {
      try (Workers workers = new Workers(threads)) {
        for (int columns : new int[] {1, 3, 16, 17, 63, 64, 65, 256, 257, 600}) {
          for (int rows : new int[] {0, 1, 50}) {
            float[] x = Samples.normal(rows * columns, columns, 1);
            float[] y = Samples.normal(columns, 1, 1);
            float[] expected = new float[columns];
            for (int row = 0; row < rows; row++) {
              for (int j = 0; j < columns; j++) {
                expected[j] += x[row * columns + j];
              }
            }
            ColumnSums.sum(workers, x, rows, columns, y);
            Bits.assertEqualBits(expected, y, rows + "×" + columns + " on " + threads);
          }
        }
      }
    }
  }

  /** Fails if a sample is left out, or written beyond its own numbers. */
  @Test
  void turn() {
    for (int threads = 1; threads <= 3; threads++) {
      try (Workers workers = new Workers(threads)) {
        for (int[] size : new int[][] {{3, 1, 7}, {3, 7, 1}, {2, 3, 5}, {5, 49, 64}, {9, 64, 49}}) {
          int m = size[1];
          int n = size[2];
          float[] x = Samples.normal(size[0] * m * n, m, 1);
          float[] y = Samples.normal(x.length, n, 1);
          Turn.turn(workers, x, size[0], m, n, y);
          for (int i = 0; i < x.length; i++) {
            int to = i / (m * n) * m * n + i % n * m + i / n % m;
            assertEquals(x[i], y[to], 0f, Arrays.toString(size) + " at " + i);
          }
        }
      }
    }
  }

  /** Fails if a block of Adam's update is left out or done twice. */
  @Test
  void adamInBlocks() {
    int n = 40_000;
    float[] g = Samples.normal(n, 1, 1);
    float[] w = new float[n];
    float[] m = new float[n];
    float[] v = new float[n];
    Adam.step(w, m, v, g, 0, n, 0.1f, 0.9f, 0.99f, 1e-8f, 0.5f, 0.5f);
    for (int threads = 1; threads <= 3; threads++) {
      try (Workers workers = new Workers(threads)) {
        float[] w2 = new float[n];
        float[] m2 = new float[n];
        float[] v2 = new float[n];
        Adam.update(workers, w2, m2, v2, g, n, 0.1f, 0.9f, 0.99f, 1e-8f, 0.5f, 0.5f);
        assertTrue(Arrays.equals(w, w2) && Arrays.equals(m, m2) && Arrays.equals(v, v2));
      }
    }
  }
}
