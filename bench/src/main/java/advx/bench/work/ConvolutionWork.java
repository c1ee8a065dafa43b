package advx.bench.work;

import advx.engine.InputException;
import advx.engine.Workers;
import advx.engine.kernel.ConvForward;
import advx.engine.kernel.ConvInput;
import advx.engine.kernel.ConvShape;
import advx.engine.kernel.ConvWeight;
import advx.engine.kernel.Window;

/**
 * A convolution fused with its max pooling: forward, or one of its gradients, which run over the
 * winners of the pool. The border keeps the size of the image.
 */
final class ConvolutionWork extends Work {
  private final Workers workers;
  private final ConvShape c;
  private final String pass;
  private final int samples;
  private final float[] x;
  private final float[] w;
  private final float[] bias;
  private final float[] dy;
  private final float[] y;
  private final int[] winners;
  private final float[] dx;
  private final float[] dw;

  ConvolutionWork(Shape shape, Workers workers) {
    super(flops(shape), bytes(shape));
    this.workers = workers;
    c = geometry(shape);
    pass = shape.word("pass");
    samples = shape.size("samples");
    x = Numbers.uniform(samples * c.inputs(), 0);
    w = Numbers.uniform(c.filters() * c.taps(), 1);
    bias = Numbers.uniform(c.filters(), 2);
    // Half of the winners are negative: ReLU stops their gradient.
    dy = Numbers.sparse(samples * c.outputs(), 3, 0.5f);
    y = new float[samples * c.outputs()];
    winners = new int[y.length];
    dx = new float[x.length];
    dw = new float[w.length];
    ConvForward.convolve(workers, c, x, samples, w, bias, y, winners);
  }

  private static ConvShape geometry(Shape shape) {
    int size = shape.size("image");
    int kernel = shape.size("kernel");
    int pool = shape.size("pool");
    return new ConvShape(
        size,
        size,
        shape.size("channels"),
        shape.size("units"),
        1,
        1,
        Window.same(kernel, kernel, 1, 1, size, size),
        Window.of(pool, pool, 0));
  }

  /** All positions forward; backward the winners whose dy is not zero, half of them. */
  private static double flops(Shape shape) {
    ConvShape c = geometry(shape);
    double samples = shape.size("samples");
    return switch (shape.word("pass")) {
      case "forward" -> 2 * samples * c.multiplyAdds();
      case "input", "weight" -> samples * c.outputs() * c.taps();
      default ->
          throw new InputException(
              "shapes.txt: '%s' has pass=%s: give forward, input or weight."
                  .formatted(shape.name(), shape.word("pass")));
    };
  }

  /** Images, results with their winners, and weights, once each. */
  private static double bytes(Shape shape) {
    ConvShape c = geometry(shape);
    return 4.0
        * (shape.size("samples") * (c.inputs() + 2.0 * c.outputs())
            + (double) c.filters() * c.taps());
  }

  @Override
  public void run() {
    switch (pass) {
      case "forward" -> ConvForward.convolve(workers, c, x, samples, w, bias, y, winners);
      case "input" -> ConvInput.gradient(workers, c, dy, samples, w, winners, dx);
      default -> ConvWeight.gradient(workers, c, dy, samples, x, winners, dw);
    }
  }

  @Override
  public void check() {
    run();
    double[] inputs = new double[dx.length];
    double[] weights = new double[dw.length];
    boolean forward = pass.equals("forward");
    int step = forward ? Numbers.stride(y.length) : 1;
    for (int at = 0; at < y.length; at += step) {
      if (forward) {
        Numbers.expect("convolution", at, best(at), y[at], 1e-3);
      } else if (dy[at] != 0) {
        spread(at, inputs, weights);
      }
    }
    for (int i = 0; pass.equals("input") && i < dx.length; i += Numbers.stride(dx.length)) {
      Numbers.expect("input gradient", i, inputs[i], dx[i], 1e-3);
    }
    for (int i = 0; pass.equals("weight") && i < dw.length; i += Numbers.stride(dw.length)) {
      Numbers.expect("weight gradient", i, weights[i], dw[i], 1e-2);
    }
  }

  /** The largest of the window's convolutions. */
  private double best(int at) {
    int unit = at % c.units();
    double best = Double.NEGATIVE_INFINITY;
    for (int candidate = 0; candidate < c.pool().area(); candidate++) {
      double[] sum = {bias[unit]};
      taps(at, candidate, (pixel, weight) -> sum[0] += (double) x[pixel] * w[weight]);
      best = Math.max(best, sum[0]);
    }
    return best;
  }

  /** dy at one winner goes to the pixels and to the weights that made it. */
  private void spread(int at, double[] inputs, double[] weights) {
    taps(
        at,
        winners[at],
        (pixel, weight) -> {
          inputs[pixel] += (double) dy[at] * w[weight];
          weights[weight] += (double) dy[at] * x[pixel];
        });
  }

  /** One pixel and the weight that meets it. */
  @FunctionalInterface
  private interface Tap {
    void meet(int pixel, int weight);
  }

  private void taps(int at, int candidate, Tap tap) {
    int unit = at % c.units();
    int place = at / c.units();
    int size = c.pool().width();
    int column = place % c.columns() * size + candidate % size;
    int row = place / c.columns() % c.rows() * size + candidate / size;
    int sample = place / c.columns() / c.rows();
    Window k = c.kernel();
    for (int channel = 0; channel < c.channels(); channel++) {
      for (int ky = 0; ky < k.height(); ky++) {
        for (int kx = 0; kx < k.width(); kx++) {
          int iy = row + ky - k.top();
          int ix = column + kx - k.left();
          if (iy >= 0 && iy < c.height() && ix >= 0 && ix < c.width()) {
            tap.meet(
                ((sample * c.height() + iy) * c.width() + ix) * c.channels() + channel,
                ((unit * c.channels() + channel) * k.height() + ky) * k.width() + kx);
          }
        }
      }
    }
  }
}
