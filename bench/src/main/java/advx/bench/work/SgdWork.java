package advx.bench.work;

import advx.engine.Workers;
import advx.engine.kernel.SgdStep;

/** Momentum, update and norm limit in one pass over weights, velocities and gradients. */
final class SgdWork extends Work {
  private static final float RATE = 1e-6f;
  private static final float MOMENTUM = 0.5f;
  private static final float LIMIT = 1.9365f;

  private final Workers workers;
  private final int rows;
  private final int columns;
  private final float[] w;
  private final float[] v;
  private final float[] g;

  /**
   * An element: rate·g, momentum's multiply-add, the update, the square's multiply-add, the scaling
   * of its row; w and v read and written, g read.
   */
  SgdWork(Shape shape, Workers workers) {
    super(
        7.0 * shape.size("rows") * shape.size("columns"),
        20.0 * shape.size("rows") * shape.size("columns"));
    this.workers = workers;
    rows = shape.size("rows");
    columns = shape.size("columns");
    w = Numbers.uniform(rows * columns, 0);
    v = Numbers.uniform(rows * columns, 1, -0.01f, 0.01f);
    g = Numbers.uniform(rows * columns, 2);
  }

  @Override
  public void run() {
    SgdStep.step(workers, w, v, g, rows, columns, RATE, MOMENTUM, LIMIT);
  }

  @Override
  public void check() {
    int row = rows / 2;
    double[] expected = new double[columns];
    double squares = 0;
    for (int i = 0; i < columns; i++) {
      int at = row * columns + i;
      expected[i] = w[at] + ((double) MOMENTUM * v[at] - (double) RATE * g[at]);
      squares += expected[i] * expected[i];
    }
    double scale = Math.min(1, LIMIT / Math.sqrt(squares));
    run();
    for (int i = 0; i < columns; i++) {
      int at = row * columns + i;
      Numbers.expect("weights", at, scale * expected[i], w[at], 1e-5);
    }
  }
}
