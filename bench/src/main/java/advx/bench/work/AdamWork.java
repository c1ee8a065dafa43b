package advx.bench.work;

import advx.engine.kernel.Adam;

/** One update of Adam in one pass over weights, both moments and gradients. */
final class AdamWork extends Work {
  private static final float RATE = 1e-6f;
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;
  private static final float CORRECTION1 = 0.1f;
  private static final float CORRECTION2 = 0.001f;

  private final float[] w;
  private final float[] m;
  private final float[] v;
  private final float[] g;

  /**
   * An element: three operations a moment and one product more, two divisions by a correction, a
   * root, a sum, a product, a division, a difference; w, m and v read and written, g read.
   */
  AdamWork(Shape shape) {
    super(
        14.0 * shape.size("rows") * shape.size("columns"),
        28.0 * shape.size("rows") * shape.size("columns"));
    int n = shape.size("rows") * shape.size("columns");
    w = Numbers.uniform(n, 0);
    m = Numbers.uniform(n, 1, -0.01f, 0.01f);
    v = Numbers.uniform(n, 2, 0.01f, 0.1f);
    g = Numbers.uniform(n, 3);
  }

  @Override
  public void run() {
    step(w.length);
  }

  @Override
  public void warm() {
    step(Math.min(w.length, SHORT));
  }

  private void step(int n) {
    Adam.step(w, m, v, g, 0, n, RATE, BETA1, BETA2, EPSILON, CORRECTION1, CORRECTION2);
  }

  @Override
  public void check() {
    int at = w.length / 2;
    double first = (double) BETA1 * m[at] + (1.0 - BETA1) * g[at];
    double second = (double) BETA2 * v[at] + (1.0 - BETA2) * g[at] * g[at];
    double step = RATE * first / CORRECTION1 / (Math.sqrt(second / CORRECTION2) + EPSILON);
    double expected = w[at] - step;
    run();
    Numbers.expect("first moment", at, first, m[at], 1e-6);
    Numbers.expect("second moment", at, second, v[at], 1e-6);
    Numbers.expect("weight", at, expected, w[at], 1e-6);
  }
}
