package advx.attacks.train;

import advx.attacks.Box;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.engine.kernel.SignStep;

/**
 * The fast gradient sign step of a batch, whose samples threads share. One object serves a pool.
 */
final class SignRows implements Workers.Task {
  private float[] x;
  private float[] g;
  private float[] out;
  private int n;
  private float epsilon;
  private Box box;

  /** out = x + ε·sign(g), clipped if the box limits; x [samples, features]. */
  void step(Workers workers, Tensor from, float[] gradient, float size, Box limits, float[] into) {
    x = from.data();
    g = gradient;
    out = into;
    n = from.columns();
    epsilon = size;
    box = limits;
    workers.run(from.rows(), this);
  }

  @Override
  public void run(int row, int worker) {
    int at = row * n;
    if (box.limits()) {
      SignStep.clippedStep(x, at, g, at, epsilon, box.low(), box.high(), out, at, n);
    } else {
      SignStep.step(x, at, g, at, epsilon, out, at, n);
    }
  }
}
