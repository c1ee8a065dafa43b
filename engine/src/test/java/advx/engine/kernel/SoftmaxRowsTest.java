package advx.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import advx.engine.Bits;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SoftmaxRowsTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private final float[] lanes = new float[64];

  @Test
  void closeToDouble() {
    for (int columns : new int[] {1, 3, 10, 17, 100, 1000}) {
      int rows = 7;
      float[] z = Samples.normal(rows * columns, columns, 5);
      float[] y = new float[z.length];
      float[] out = new float[rows];
      SoftmaxRows.softmax(z, y, rows, columns, lanes);
      SoftmaxRows.logSumExp(z, out, rows, columns, lanes, new float[2 * columns + 1]);
      for (int r = 0; r < rows; r++) {
        double sum = 0;
        for (int i = 0; i < columns; i++) {
          sum += StrictMath.exp(z[r * columns + i]);
        }
        float m = Extremes.max(z, r * columns, columns);
        for (int i = 0; i < columns; i++) {
          double exact = StrictMath.exp(z[r * columns + i]) / sum;
          // z − m is rounded: an error that grows with its size.
          double relative = 1e-6 + 1e-7 * (m - z[r * columns + i]);
          assertEquals(exact, y[r * columns + i], relative * exact);
        }
        assertEquals(StrictMath.log(sum), out[r], 2e-6);
      }
    }
  }

  @Test
  void aRowAloneHasTheSameBits() {
    for (int columns : new int[] {1, 3, 10, 17, 100}) {
      int rows = 33;
      float[] z = Samples.normal(rows * columns, columns, 3);
      float[] y = new float[z.length];
      float[] out = new float[rows];
      SoftmaxRows.softmax(z, y, rows, columns, lanes);
      SoftmaxRows.logSumExp(z, out, rows, columns, lanes, new float[5 * columns]);
      for (int r = 0; r < rows; r++) {
        float[] row = Arrays.copyOfRange(z, r * columns, (r + 1) * columns);
        float[] one = new float[1];
        SoftmaxRows.logSumExp(row, one, 1, columns, lanes, new float[columns]);
        Bits.assertEqualBits(one[0], out[r], "row " + r);
        SoftmaxRows.softmax(row, row, 1, columns, lanes);
        float[] inBatch = Arrays.copyOfRange(y, r * columns, (r + 1) * columns);
        Bits.assertEqualBits(row, inBatch, "row " + r);
      }
    }
  }

  /** e^(z−m) over its sum, each number by the single-value functions and the rule of the sums. */
  @Test
  void eachStepIsTheStatedOne() {
    float[] z = Samples.normal(207, 3, 4);
    float[] y = new float[207];
    SoftmaxRows.softmax(z, y, 1, 207, lanes);
    float m = Extremes.scalarMax(z, 0, 207);
    float[] e = new float[207];
    for (int i = 0; i < 207; i++) {
      e[i] = Exp.exp(z[i] - m);
    }
    float sum = Sums.scalarSum(e, 0, 207, lanes);
    float[] out = new float[1];
    SoftmaxRows.logSumExp(z, out, 1, 207, lanes, new float[207]);
    assertEquals(m + Log.log(sum), out[0]);
    for (int i = 0; i < 207; i++) {
      e[i] /= sum;
    }
    Bits.assertEqualBits(e, y);
  }

  @Test
  void extremeRows() {
    float nan = Float.NaN;
    float[] z = {
      1000, 1000, -1000, -INFINITY, 2, -INFINITY, 1, INFINITY, 3, nan, 1, 1, -INFINITY, -INFINITY,
      -INFINITY, 3e38f, -3e38f, 0
    };
    float[] y = new float[18];
    float[] out = new float[6];
    SoftmaxRows.softmax(z, y, 6, 3, lanes);
    SoftmaxRows.logSumExp(z, out, 6, 3, lanes, new float[3]);
    Bits.assertEqualBits(
        new float[] {0.5f, 0.5f, 0, 0, 1, 0, nan, nan, nan, nan, nan, nan, nan, nan, nan, 1, 0, 0},
        y);
    float two = 1000 + (float) StrictMath.log(2);
    Bits.assertEqualBits(new float[] {two, 2, INFINITY, nan, -INFINITY, 3e38f}, out);
  }

  @Test
  void scratchTooSmall() {
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> SoftmaxRows.logSumExp(new float[20], new float[2], 2, 10, lanes, new float[9]));
    assertEquals(
        "logSumExp: got a scratch of 9 numbers, expected at least a row, 10", e.getMessage());
  }
}
