package advx.engine.kernel;

/**
 * r = softmax(z) − onehot(label) of every row, where r at the label is computed as −Σ of the row's
 * other probabilities: a very confident model still has its true gradient.
 */
public final class SoftmaxResidual {
  private SoftmaxResidual() {}

  /**
   * Writes r. A row that holds NaN or +∞, or −∞ alone, becomes NaN.
   *
   * @param z rows×columns
   * @param r rows×columns; may be z
   * @param labels that of row i is {@code labels[first + i]}
   * @param lanes scratch of 64 numbers
   */
  public static void residual(
      float[] z, float[] r, int rows, int columns, int[] labels, int first, float[] lanes) {
    SoftmaxRows.softmax(z, r, rows, columns, lanes);
    for (int row = 0; row < rows; row++) {
      int at = row * columns + labels[first + row];
      r[at] = 0;
      r[at] = -Sums.sum(r, row * columns, columns, lanes);
    }
  }
}
