package advx.nn;

/** A residual unit once more, in double and in loops: the formula that the layer is held to. */
final class PlainResidual {
  private static final double SLOPE = 0.1;
  private static final double EPSILON = 1e-5;

  private PlainResidual() {}

  /** An image batch, numbers at [((sample·side + row)·side + column)·channels + channel]. */
  record Images(double[] x, int samples, int side, int channels) {
    double at(int s, int r, int c, int k) {
      boolean inside = r >= 0 && r < side && c >= 0 && c < side && k >= 0 && k < channels;
      return inside ? x[((s * side + r) * side + c) * channels + k] : 0;
    }
  }

  /** Training mode: norms with γ = 1, β = 0 and the batch's own statistics. */
  static Images unit(Images in, double[] w1, double[] w2, int units, int stride, boolean shared) {
    Images active = leaky(norm(in));
    Images half = convolve(active, w1, units, stride);
    Images y = convolve(leaky(norm(half)), w2, units, 1);
    Images from = shared ? active : in;
    int before = (units - in.channels()) / 2;
    double[] sum = y.x().clone();
    for (int i = 0; i < sum.length; i++) {
      int k = i % units;
      int c = i / units % y.side();
      int r = i / units / y.side() % y.side();
      int s = i / units / y.side() / y.side();
      double mean = 0;
      for (int d = 0; d < stride * stride; d++) {
        mean += from.at(s, r * stride + d / stride, c * stride + d % stride, k - before);
      }
      sum[i] += mean / (stride * stride);
    }
    return new Images(sum, in.samples(), y.side(), units);
  }

  private static Images leaky(Images in) {
    double[] y = in.x().clone();
    for (int i = 0; i < y.length; i++) {
      y[i] = y[i] > 0 ? y[i] : SLOPE * y[i];
    }
    return new Images(y, in.samples(), in.side(), in.channels());
  }

  private static Images norm(Images in) {
    double[] y = in.x().clone();
    int n = in.channels();
    int count = y.length / n;
    for (int k = 0; k < n; k++) {
      double mean = 0;
      double square = 0;
      for (int i = k; i < y.length; i += n) {
        mean += y[i] / count;
      }
      for (int i = k; i < y.length; i += n) {
        square += (y[i] - mean) * (y[i] - mean) / count;
      }
      for (int i = k; i < y.length; i += n) {
        y[i] = (y[i] - mean) / Math.sqrt(square + EPSILON);
      }
    }
    return new Images(y, in.samples(), in.side(), n);
  }

  /** 3×3 with borders as for TensorFlow's SAME; weights [units][channels][3][3]. */
  private static Images convolve(Images in, double[] w, int units, int stride) {
    int side = in.side() / stride;
    int border = stride == 1 ? 1 : 0;
    double[] y = new double[in.samples() * side * side * units];
    for (int i = 0; i < y.length; i++) {
      int u = i % units;
      int c = i / units % side;
      int r = i / units / side % side;
      int s = i / units / side / side;
      for (int j = 0; j < 9 * in.channels(); j++) {
        double v = in.at(s, r * stride + j % 9 / 3 - border, c * stride + j % 3 - border, j / 9);
        y[i] += w[u * 9 * in.channels() + j] * v;
      }
    }
    return new Images(y, in.samples(), side, units);
  }
}
