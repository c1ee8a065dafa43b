package advx.engine.kernel;

import advx.engine.Workers;

/**
 * One of the three bilinear maps of the winners' form T(dy, x, W) = Σ dy[s][u]·⟨x[s], W[u, win(s,
 * u)]⟩: its derivative with respect to dy.
 */
public final class WinnerForward {
  private WinnerForward() {}

  /**
   * y[s][u] = Σᵢ w[u·k+win[s][u]][i]·x[s][i]: a maxout layer whose winners are given, without bias.
   */
  public static void forward(
      Workers workers,
      float[] x,
      int samples,
      int in,
      float[] w,
      int units,
      int pieces,
      int[] winners,
      float[] y) {
    LayerProduct.multiply(
        workers, LayerProduct.Finish.SELECT, x, samples, in, w, null, units, pieces, y, winners);
  }

  /** The twin. */
  static void scalar(
      float[] x, int samples, int in, float[] w, int units, int pieces, int[] winners, float[] y) {
    for (int s = 0; s < samples; s++) {
      for (int u = 0; u < units; u++) {
        int row = u * pieces + winners[s * units + u];
        float sum = 0;
        for (int i = 0; i < in; i++) {
          sum = Math.fma(w[row * in + i], x[s * in + i], sum);
        }
        y[s * units + u] = sum;
      }
    }
  }
}
