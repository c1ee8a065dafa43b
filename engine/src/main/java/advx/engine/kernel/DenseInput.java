package advx.engine.kernel;

import advx.engine.Workers;
import java.util.Arrays;

/**
 * dx = dy·W: the input gradient of a dense layer. A sample that carries no gradient, a row of zeros
 * in dy, is left out of the product, and its row of dx is zero whatever W holds. Of an attack on
 * many points most are fooled already, and ask for none.
 */
public final class DenseInput {
  private int[] active = {};
  private float[] packed = {};

  private DenseInput() {}

  /**
   * dx[s][i] = Σₒ dy[s][o]·w[o][i], one chain over ascending o; 0 if all dy[s][o] are.
   *
   * @param dy [samples][out]
   * @param w [out][in]
   * @param dx [samples][in], overwritten
   */
  public static void gradient(
      Workers workers, float[] dy, int samples, int out, float[] w, int in, float[] dx) {
    DenseInput job = workers.scratch(DenseInput.class, DenseInput::new);
    job.product(workers, dy, samples, out, w, in, dx);
  }

  private void product(
      Workers workers, float[] dy, int samples, int out, float[] w, int in, float[] dx) {
    if (active.length < samples) {
      active = new int[samples];
    }
    int count = 0;
    for (int s = 0; s < samples; s++) {
      active[count] = s;
      count += zero(dy, s * out, out) ? 0 : 1;
    }
    if (count == samples) {
      Gemm.product(workers, false, false, samples, in, out, dy, out, w, in, dx, in);
      return;
    }
    packed = Gemm.grown(packed, samples * out);
    for (int i = 0; i < count; i++) {
      System.arraycopy(dy, active[i] * out, packed, i * out, out);
    }
    Gemm.product(workers, false, false, count, in, out, packed, out, w, in, dx, in);
    spread(count, samples, in, dx);
  }

  /** From the first rows to where they belong, the last one first, since none goes up. */
  private void spread(int count, int samples, int in, float[] dx) {
    int left = count;
    for (int s = samples - 1; s >= 0; s--) {
      if (left > 0 && active[left - 1] == s) {
        left--;
        System.arraycopy(dx, left * in, dx, s * in, in);
      } else {
        Arrays.fill(dx, s * in, (s + 1) * in, 0);
      }
    }
  }

  private static boolean zero(float[] dy, int at, int n) {
    for (int i = at; i < at + n; i++) {
      if (dy[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** The twin. */
  static void scalar(float[] dy, int samples, int out, float[] w, int in, float[] dx) {
    for (int s = 0; s < samples; s++) {
      boolean zero = zero(dy, s * out, out);
      for (int i = 0; i < in; i++) {
        float sum = 0;
        for (int o = 0; o < out && !zero; o++) {
          sum = Math.fma(dy[s * out + o], w[o * in + i], sum);
        }
        dx[s * in + i] = sum;
      }
    }
  }
}
