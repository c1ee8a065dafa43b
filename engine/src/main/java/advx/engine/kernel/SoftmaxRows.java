package advx.engine.kernel;

/**
 * Softmax of every row of a matrix, and the logarithm of its denominator. A row's numbers depend on
 * that row alone.
 */
public final class SoftmaxRows {
  private SoftmaxRows() {}

  /**
   * y = e^(z−m) / Σ e^(z−m) in every row, m the row's maximum, the sum by the rule of {@link Sums}.
   *
   * <p>A row that holds NaN or +∞, or −∞ alone, has no distribution: with NaN, with +∞ and with
   * nothing but −∞ the whole row becomes NaN.
   *
   * @param z rows×columns
   * @param y rows×columns; may be z
   * @param lanes scratch of 64 numbers
   */
  public static void softmax(float[] z, float[] y, int rows, int columns, float[] lanes) {
    for (int r = 0; r < rows; r++) {
      int at = r * columns;
      subtract(z, at, Extremes.max(z, at, columns), y, at, columns);
    }
    Exp.exp(y, 0, y, 0, rows * columns);
    for (int r = 0; r < rows; r++) {
      int at = r * columns;
      float sum = Sums.sum(y, at, columns, lanes);
      for (int i = at; i < at + columns; i++) {
        y[i] /= sum;
      }
    }
  }

  /**
   * out[r] = m + ln Σ e^(z−m) over row r, m its maximum; −∞ for a row of −∞ alone, +∞ with a +∞,
   * NaN with a NaN.
   *
   * @param z rows×columns
   * @param lanes scratch of 64 numbers
   * @param scratch one row or more: as many rows as fit are done at a time
   */
  public static void logSumExp(
      float[] z, float[] out, int rows, int columns, float[] lanes, float[] scratch) {
    int block = columns == 0 ? rows : scratch.length / columns;
    if (block == 0 && rows > 0) {
      throw new IllegalArgumentException(
          "logSumExp: got a scratch of %d numbers, expected at least a row, %d"
              .formatted(scratch.length, columns));
    }
    for (int from = 0; from < rows; from += block) {
      int count = Math.min(block, rows - from);
      for (int r = 0; r < count; r++) {
        int at = (from + r) * columns;
        out[from + r] = Extremes.max(z, at, columns);
        subtract(z, at, out[from + r], scratch, r * columns, columns);
      }
      Exp.exp(scratch, 0, scratch, 0, count * columns);
      for (int r = 0; r < count; r++) {
        float m = out[from + r];
        if (Math.abs(m) < Float.POSITIVE_INFINITY) {
          out[from + r] = m + Log.log(Sums.sum(scratch, r * columns, columns, lanes));
        }
      }
    }
  }

  private static void subtract(float[] z, int from, float m, float[] y, int to, int n) {
    for (int i = 0; i < n; i++) {
      y[to + i] = z[from + i] - m;
    }
  }
}
