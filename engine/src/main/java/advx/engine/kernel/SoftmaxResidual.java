package advx.engine.kernel;

/**
 * r = softmax(z) − onehot(label) of every row, where r at the label is computed as −Σ of the row's
 * other probabilities: a very confident model still has its true gradient.
 *
 * <p>Rows of up to 64 columns are turned, so that the lanes run over the rows: ten classes fill no
 * vector, and their sum is a chain of calls otherwise. Sums keep the order of {@link Sums}.
 */
public final class SoftmaxResidual {
  /** Numbers in a scratch. */
  public static final int SCRATCH = 2 * Lanes.LOGICAL * Lanes.LOGICAL;

  /** Rows that are turned together. */
  private static final int ROWS = 64;

  /** Where a column's sum begins. */
  private static final int FOUND = Lanes.LOGICAL * ROWS;

  private SoftmaxResidual() {}

  /**
   * Writes r. A row that holds NaN or +∞, or −∞ alone, becomes NaN.
   *
   * @param z rows×columns
   * @param r rows×columns; may be z
   * @param labels that of row i is {@code labels[first + i]}
   * @param scratch of {@link #SCRATCH} numbers
   */
  public static void residual(
      float[] z, float[] r, int rows, int columns, int[] labels, int first, float[] scratch) {
    if (!Lanes.VECTOR || columns > Lanes.LOGICAL || rows < Lanes.COUNT) {
      scalar(z, r, rows, columns, labels, first, scratch);
      return;
    }
    for (int row = 0; row < rows; row += ROWS) {
      int count = Math.min(ROWS, rows - row);
      turned(z, r, row * columns, count, columns, labels, first + row, scratch);
    }
  }

  /** The twin. */
  static void scalar(
      float[] z, float[] r, int rows, int columns, int[] labels, int first, float[] lanes) {
    SoftmaxRows.softmax(z, r, rows, columns, lanes);
    for (int row = 0; row < rows; row++) {
      int at = row * columns + labels[first + row];
      r[at] = 0;
      r[at] = -Sums.sum(r, row * columns, columns, lanes);
    }
  }

  /** Columns of 64 rows in the first half of t, what is summed and found in the second. */
  private static void turned(
      float[] z, float[] r, int at, int rows, int columns, int[] labels, int first, float[] t) {
    for (int c = 0; c < columns; c++) {
      for (int row = 0; row < rows; row++) {
        t[c * ROWS + row] = z[at + row * columns + c];
      }
      for (int row = rows; row < ROWS; row++) {
        t[c * ROWS + row] = 0;
      }
    }
    subtractMaximum(t, columns);
    Exp.exp(t, 0, t, 0, columns * ROWS);
    sum(t, columns);
    divideBySum(t, columns);
    for (int row = 0; row < rows; row++) {
      t[labels[first + row] * ROWS + row] = 0;
    }
    sum(t, columns);
    for (int row = 0; row < rows; row++) {
      t[labels[first + row] * ROWS + row] = -t[FOUND + row];
    }
    for (int row = 0; row < rows; row++) {
      for (int c = 0; c < columns; c++) {
        r[at + row * columns + c] = t[c * ROWS + row];
      }
    }
  }

  private static void subtractMaximum(float[] t, int columns) {
    System.arraycopy(t, 0, t, FOUND, ROWS);
    for (int c = 1; c < columns; c++) {
      for (int row = 0; row < ROWS; row++) {
        t[FOUND + row] = Math.max(t[FOUND + row], t[c * ROWS + row]);
      }
    }
    for (int c = 0; c < columns; c++) {
      for (int row = 0; row < ROWS; row++) {
        t[c * ROWS + row] -= t[FOUND + row];
      }
    }
  }

  /** The pairwise tree: lane j is column j, and what no column reaches is 0. */
  private static void sum(float[] t, int columns) {
    int half = Math.max(1, Integer.highestOneBit(columns - 1));
    int pairs = (columns - half) * ROWS;
    for (int i = 0; i < pairs; i++) {
      t[FOUND + i] = t[i] + t[half * ROWS + i];
    }
    System.arraycopy(t, pairs, t, FOUND + pairs, half * ROWS - pairs);
    for (half >>= 1; half > 0; half >>= 1) {
      for (int i = 0; i < half * ROWS; i++) {
        t[FOUND + i] += t[FOUND + half * ROWS + i];
      }
    }
  }

  private static void divideBySum(float[] t, int columns) {
    for (int c = 0; c < columns; c++) {
      for (int row = 0; row < ROWS; row++) {
        t[c * ROWS + row] /= t[FOUND + row];
      }
    }
  }
}
