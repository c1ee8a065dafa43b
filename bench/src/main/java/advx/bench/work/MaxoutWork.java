package advx.bench.work;

import advx.engine.Workers;
import advx.engine.kernel.MaxoutForward;

/** The maximum over each unit's linear pieces, and which one won. */
final class MaxoutWork extends Work {
  private final Workers workers;
  private final int samples;
  private final int in;
  private final int units;
  private final int pieces;
  private final float[] x;
  private final float[] w;
  private final float[] bias;
  private final float[] y;
  private final int[] winners;

  MaxoutWork(Shape shape, Workers workers) {
    super(
        2.0 * shape.size("samples") * shape.size("in") * shape.size("units") * shape.size("pieces"),
        4.0
            * ((double) shape.size("samples") * (shape.size("in") + 2.0 * shape.size("units"))
                + (double) shape.size("units") * shape.size("pieces") * (shape.size("in") + 1)));
    this.workers = workers;
    samples = shape.size("samples");
    in = shape.size("in");
    units = shape.size("units");
    pieces = shape.size("pieces");
    x = Numbers.uniform(samples * in, 0);
    w = Numbers.uniform(units * pieces * in, 1);
    bias = Numbers.uniform(units * pieces, 2);
    y = new float[samples * units];
    winners = new int[samples * units];
  }

  @Override
  public void run() {
    MaxoutForward.maxout(workers, x, samples, in, w, bias, units, pieces, y, winners);
  }

  @Override
  public void check() {
    run();
    for (int at = 0; at < y.length; at += Numbers.stride(y.length)) {
      int first = at % units * pieces;
      double best = Double.NEGATIVE_INFINITY;
      for (int p = 0; p < pieces; p++) {
        best = Math.max(best, Layers.piece(x, at / units, in, w, bias, first + p));
      }
      Numbers.expect("maxout", at, best, y[at], 1e-3);
      double won = Layers.piece(x, at / units, in, w, bias, first + winners[at]);
      Numbers.expect("maxout's winner", at, won, y[at], 1e-3);
    }
  }
}
