package advx.bench.work;

import advx.engine.kernel.SignStep;

/** out = x + ε·sign(g), clipped to [0, 1] or not. */
final class SignStepWork extends Work {
  private static final float EPSILON = 0.25f;

  private final boolean clip;
  private final float[] x;
  private final float[] g;
  private final float[] out;

  /** An element: a multiply-add; x and g read, the result written. */
  SignStepWork(Shape shape) {
    super(
        2.0 * shape.size("rows") * shape.size("columns"),
        12.0 * shape.size("rows") * shape.size("columns"));
    int n = shape.size("rows") * shape.size("columns");
    clip = shape.word("clip").equals("yes");
    x = Numbers.uniform(n, 0, 0, 1);
    g = Numbers.sparse(n, 1, 0.9f);
    out = new float[n];
  }

  @Override
  public void run() {
    step(x.length);
  }

  @Override
  public void warm() {
    step(Math.min(x.length, SHORT));
  }

  private void step(int n) {
    if (clip) {
      SignStep.clippedStep(x, 0, g, 0, EPSILON, 0, 1, out, 0, n);
    } else {
      SignStep.step(x, 0, g, 0, EPSILON, out, 0, n);
    }
  }

  @Override
  public void check() {
    run();
    for (int at = 0; at < x.length; at += Numbers.stride(x.length)) {
      double moved = x[at] + EPSILON * Math.signum((double) g[at]);
      double expected = clip ? Math.clamp(moved, 0, 1) : moved;
      Numbers.expect("sign step", at, expected, out[at], 1e-6);
    }
  }
}
