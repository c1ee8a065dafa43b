package advx.engine.kernel;

import advx.engine.Workers;

/**
 * y = x·Wᵀ + b: the product of a dense layer, weights stored [out][in]. The lanes run over the
 * batch ({@link LayerProduct}, for ten outputs {@link FewOutputs}), or, where the outputs are few
 * otherwise, over the outputs ({@link Gemm}).
 */
public final class DenseForward {
  private DenseForward() {}

  /**
   * y[s][o] = b[o] + Σᵢ w[o][i]·x[s][i], one chain over ascending i from the bias.
   *
   * @param x [samples][in]
   * @param w [out][in]
   * @param bias [out], or null for zero
   * @param y [samples][out], overwritten
   */
  public static void dense(
      Workers workers,
      float[] x,
      int samples,
      int in,
      float[] w,
      float[] bias,
      int out,
      float[] y) {
    if (FewOutputs.suits(samples, out)) {
      boolean serial = Gemm.serial(samples, out, in);
      float[] begin = bias == null ? FewOutputs.ZEROS : bias;
      FewOutputs.multiply(workers, serial, samples, out, in, x, in, w, in, begin, y, out);
      return;
    }
    if (out <= RowTiles.NR / 2) {
      fill(y, bias, samples, out);
      Gemm.gemm(workers, false, true, samples, out, in, x, in, w, in, y, out);
      return;
    }
    LayerProduct.multiply(
        workers, LayerProduct.Finish.COPY, x, samples, in, w, bias, out, 1, y, null);
  }

  private static void fill(float[] y, float[] bias, int samples, int out) {
    for (int s = 0; s < samples; s++) {
      for (int o = 0; o < out; o++) {
        y[s * out + o] = bias == null ? 0 : bias[o];
      }
    }
  }

  /** The twin. */
  static void scalar(float[] x, int samples, int in, float[] w, float[] bias, int out, float[] y) {
    for (int s = 0; s < samples; s++) {
      for (int o = 0; o < out; o++) {
        float sum = bias == null ? 0 : bias[o];
        for (int i = 0; i < in; i++) {
          sum = Math.fma(w[o * in + i], x[s * in + i], sum);
        }
        y[s * out + o] = sum;
      }
    }
  }
}
