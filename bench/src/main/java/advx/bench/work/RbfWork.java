package advx.bench.work;

import advx.engine.Workers;
import advx.engine.kernel.RbfForward;

/** The exponents of a layer of radial basis functions, Σ (β·(x − μ))². */
final class RbfWork extends Work {
  private final Workers workers;
  private final int samples;
  private final int in;
  private final int units;
  private final float[] x;
  private final float[] centres;
  private final float[] scales;
  private final float[] z;

  /** A difference, a product, and a square that is added. */
  RbfWork(Shape shape, Workers workers) {
    super(
        4.0 * shape.size("samples") * shape.size("in") * shape.size("units"),
        4.0
            * ((double) shape.size("samples") * (shape.size("in") + shape.size("units"))
                + 2.0 * shape.size("in") * shape.size("units")));
    this.workers = workers;
    samples = shape.size("samples");
    in = shape.size("in");
    units = shape.size("units");
    x = Numbers.uniform(samples * in, 0);
    centres = Numbers.uniform(units * in, 1);
    scales = Numbers.uniform(units * in, 2);
    z = new float[samples * units];
  }

  @Override
  public void run() {
    RbfForward.exponents(workers, x, samples, in, centres, scales, units, z);
  }

  @Override
  public void check() {
    run();
    for (int at = 0; at < z.length; at += Numbers.stride(z.length)) {
      int sample = at / units * in;
      int unit = at % units * in;
      double sum = 0;
      for (int i = 0; i < in; i++) {
        double t = scales[unit + i] * ((double) x[sample + i] - centres[unit + i]);
        sum += t * t;
      }
      Numbers.expect("exponent", at, sum, z[at], 1e-4);
    }
  }
}
