package advx.bench.work;

import advx.engine.Workers;
import advx.engine.kernel.DenseForward;

/** y = x·Wᵀ + b. */
final class DenseWork extends Work {
  private final Workers workers;
  private final int samples;
  private final int in;
  private final int out;
  private final float[] x;
  private final float[] w;
  private final float[] bias;
  private final float[] y;

  DenseWork(Shape shape, Workers workers) {
    super(
        2.0 * shape.size("samples") * shape.size("in") * shape.size("out"),
        4.0
            * ((double) shape.size("samples") * (shape.size("in") + shape.size("out"))
                + (double) shape.size("out") * (shape.size("in") + 1)));
    this.workers = workers;
    samples = shape.size("samples");
    in = shape.size("in");
    out = shape.size("out");
    x = Numbers.uniform(samples * in, 0);
    w = Numbers.uniform(out * in, 1);
    bias = Numbers.uniform(out, 2);
    y = new float[samples * out];
  }

  @Override
  public void run() {
    DenseForward.dense(workers, x, samples, in, w, bias, out, y);
  }

  @Override
  public void check() {
    run();
    for (int at = 0; at < y.length; at += Numbers.stride(y.length)) {
      Numbers.expect("dense", at, Layers.piece(x, at / out, in, w, bias, at % out), y[at], 1e-3);
    }
  }
}
