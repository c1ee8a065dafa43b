package advx.engine.kernel;

import advx.engine.Workers;

/**
 * Maxout fused with its dense product (Goodfellow et al. 2013, Maxout Networks): the linear pieces
 * are never stored.
 */
public final class MaxoutForward {
  private MaxoutForward() {}

  /**
   * y[s][u] = max over p of (b[u·k+p] + Σᵢ w[u·k+p][i]·x[s][i]); a tie goes to the lowest piece.
   *
   * @param x [samples][in]
   * @param w [units·pieces][in]
   * @param bias [units·pieces], or null for zero
   * @param y [samples][units], overwritten
   * @param winners [samples][units], overwritten: the piece that attained the maximum
   */
  public static void maxout(
      Workers workers,
      float[] x,
      int samples,
      int in,
      float[] w,
      float[] bias,
      int units,
      int pieces,
      float[] y,
      int[] winners) {
    LayerProduct.multiply(
        workers, LayerProduct.Finish.MAXIMUM, x, samples, in, w, bias, units, pieces, y, winners);
  }

  /** The twin. */
  static void scalar(
      float[] x,
      int samples,
      int in,
      float[] w,
      float[] bias,
      int units,
      int pieces,
      float[] y,
      int[] winners) {
    for (int s = 0; s < samples; s++) {
      for (int u = 0; u < units; u++) {
        int at = s * units + u;
        for (int p = 0; p < pieces; p++) {
          int row = u * pieces + p;
          float sum = bias == null ? 0 : bias[row];
          for (int i = 0; i < in; i++) {
            sum = Math.fma(w[row * in + i], x[s * in + i], sum);
          }
          if (p == 0 || sum > y[at]) {
            y[at] = sum;
            winners[at] = p;
          }
        }
      }
    }
  }
}
