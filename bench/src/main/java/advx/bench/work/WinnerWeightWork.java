package advx.bench.work;

import advx.engine.Workers;
import advx.engine.kernel.WinnerWeight;

/** The weight gradient of a maxout layer, over each winner's samples. */
final class WinnerWeightWork extends Work {
  private final Workers workers;
  private final int samples;
  private final int in;
  private final int units;
  private final int pieces;
  private final float[] dy;
  private final float[] x;
  private final int[] winners;
  private final float[] dw;

  WinnerWeightWork(Shape shape, Workers workers) {
    super(
        2.0 * shape.size("samples") * shape.size("units") * shape.share("keep") * shape.size("in"),
        4.0
            * ((double) shape.size("samples") * (shape.size("in") + 2.0 * shape.size("units"))
                + (double) shape.size("units") * shape.size("pieces") * shape.size("in")));
    this.workers = workers;
    samples = shape.size("samples");
    in = shape.size("in");
    units = shape.size("units");
    pieces = shape.size("pieces");
    dy = Numbers.sparse(samples * units, 0, shape.share("keep"));
    x = Numbers.uniform(samples * in, 1);
    winners = Numbers.indices(samples * units, 2, pieces);
    dw = new float[units * pieces * in];
  }

  @Override
  public void run() {
    WinnerWeight.gradient(workers, dy, samples, units, x, in, pieces, winners, dw);
  }

  @Override
  public void check() {
    run();
    for (int at = 0; at < dw.length; at += Numbers.stride(dw.length)) {
      int unit = at / in / pieces;
      int piece = at / in % pieces;
      double sum = 0;
      for (int s = 0; s < samples; s++) {
        if (winners[s * units + unit] == piece) {
          sum += (double) dy[s * units + unit] * x[s * in + at % in];
        }
      }
      Numbers.expect("weight gradient", at, sum, dw[at], 1e-3);
    }
  }
}
