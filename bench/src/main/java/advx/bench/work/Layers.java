package advx.bench.work;

import java.util.Arrays;

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

  /**
   * A convolution of one image with a border that keeps its size, then the maximum of each 2×2
   * window. Images are stored channel by channel, w [units][channels][kernel][kernel].
   */
  static float[] pooled(float[] x, int side, float[] w, float[] bias, int kernel) {
    int channels = x.length / (side * side);
    int half = side / 2;
    float[] y = new float[bias.length * half * half];
    Arrays.fill(y, Float.NEGATIVE_INFINITY);
    for (int u = 0; u < bias.length; u++) {
      for (int row = 0; row < 2 * half; row++) {
        for (int column = 0; column < 2 * half; column++) {
          double sum = bias[u];
          for (int i = 0; i < channels * kernel * kernel; i++) {
            int iy = row + i / kernel % kernel - kernel / 2;
            int ix = column + i % kernel - kernel / 2;
            if (iy >= 0 && iy < side && ix >= 0 && ix < side) {
              int channel = i / (kernel * kernel);
              double pixel = x[(channel * side + iy) * side + ix];
              sum += pixel * w[u * channels * kernel * kernel + i];
            }
          }
          int at = (u * half + row / 2) * half + column / 2;
          y[at] = Math.max(y[at], (float) sum);
        }
      }
    }
    return y;
  }
}
