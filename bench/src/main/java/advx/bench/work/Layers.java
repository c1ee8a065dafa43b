package advx.bench.work;

/** The definitions of layers, in double. */
final class Layers {
  private Layers() {}

  /** b[row] + Σᵢ w[row][i]·x[sample][i]. */
  static double piece(float[] x, int sample, int in, float[] w, float[] bias, int row) {
    double sum = bias[row];
    for (int i = 0; i < in; i++) {
      sum += (double) w[row * in + i] * x[sample * in + i];
    }
    return sum;
  }

  /** The outputs of a layer for one sample: the maxima over each unit's pieces. */
  static float[] outputs(float[] x, int in, float[] w, float[] bias, int pieces) {
    float[] y = new float[bias.length / pieces];
    for (int u = 0; u < y.length; u++) {
      double best = Double.NEGATIVE_INFINITY;
      for (int p = 0; p < pieces; p++) {
        best = Math.max(best, piece(x, 0, in, w, bias, u * pieces + p));
      }
      y[u] = (float) best;
    }
    return y;
  }
}
