package advx.engine.kernel;

import advx.engine.Workers;

/**
 * The input gradient of a plain convolution of stride 1 where most of dy is not zero: it is the
 * convolution of dy with the kernels turned round and units and channels exchanged, and {@link
 * ConvForward} computes it in the very order of {@link ConvInput}, whose scalar twin is this one's
 * too. Which of the two runs changes no bit, as long as the weights are finite.
 */
final class ConvInputDense {
  /** The share of dy, in percent, above which the lists of {@link ConvInput} cost more. */
  private static final int SHARE = 40;

  private ConvShape shape;
  private ConvShape turned;
  private float[] weights = {};

  private ConvInputDense() {}

  static boolean fits(ConvShape c, float[] dy, int samples) {
    Window k = c.kernel();
    return c.plain()
        && k.strideY() * k.strideX() == 1
        && Math.max(k.top(), k.bottom()) < k.height()
        && Math.max(k.left(), k.right()) < k.width()
        && dense(dy, samples * c.outputs());
  }

  private static boolean dense(float[] dy, int n) {
    int some = 0;
    for (int i = 0; i < n; i++) {
      some += ConvPlane.oneUnlessZero(dy[i]);
    }
    return 100L * some > (long) SHARE * n;
  }

  static void gradient(
      Workers workers, ConvShape c, float[] dy, int samples, float[] w, float[] dx) {
    ConvInputDense job = workers.scratch(ConvInputDense.class, ConvInputDense::new);
    if (!c.equals(job.shape)) {
      job.shape = c;
      job.turned = turned(c);
    }
    job.weights = Gemm.grown(job.weights, c.filters() * c.taps());
    turn(c, w, job.weights);
    ConvForward.convolve(workers, job.turned, dy, samples, job.weights, null, dx, null);
  }

  /** The convolution that leads back: its border lets every tap meet every pixel. */
  private static ConvShape turned(ConvShape c) {
    Window k = c.kernel();
    Window back =
        new Window(
            k.height(),
            k.width(),
            1,
            1,
            k.height() - 1 - k.top(),
            k.width() - 1 - k.left(),
            k.height() - 1 - k.bottom(),
            k.width() - 1 - k.right());
    int from = c.units();
    int to = c.channels();
    return ConvShape.plain(c.convRows(), c.convColumns(), from, to, c.groups(), back);
  }

  /** [unit][channel of the group][tap] to [channel][unit of the group][last tap first]. */
  private static void turn(ConvShape c, float[] w, float[] turned) {
    int area = c.kernel().area();
    int units = c.unitsPerGroup();
    for (int u = 0; u < c.units(); u++) {
      int group = u / units;
      for (int i = 0; i < c.depth(); i++) {
        int from = (u * c.depth() + i) * area;
        int to = ((group * c.depth() + i) * units + u % units) * area;
        for (int tap = 0; tap < area; tap++) {
          turned[to + area - 1 - tap] = w[from + tap];
        }
      }
    }
  }
}
