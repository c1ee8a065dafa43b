package advx.bench.work;

import advx.engine.Workers;
import advx.engine.kernel.WinnerInput;

/** The input gradient of a maxout layer, over the winners that were not dropped out. */
final class WinnerInputWork extends Work {
  private final Workers workers;
  private final int samples;
  private final int in;
  private final int units;
  private final int pieces;
  private final float[] dy;
  private final float[] w;
  private final int[] winners;
  private final float[] dx;

  WinnerInputWork(Shape shape, Workers workers) {
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
    w = Numbers.uniform(units * pieces * in, 1);
    winners = Numbers.indices(samples * units, 2, pieces);
    dx = new float[samples * in];
  }

  @Override
  public void run() {
    WinnerInput.gradient(workers, dy, samples, units, w, pieces, in, winners, dx);
  }

  @Override
  public void check() {
    run();
    for (int at = 0; at < dx.length; at += Numbers.stride(dx.length)) {
      double sum = 0;
      for (int u = 0; u < units; u++) {
        int unit = at / in * units + u;
        sum += (double) dy[unit] * w[(u * pieces + winners[unit]) * in + at % in];
      }
      Numbers.expect("input gradient", at, sum, dx[at], 1e-3);
    }
  }
}
