package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workspace;

/**
 * y = z − ln Σ exp z over each row, computed as (z − max z) − ln Σ exp(z − max z): finite for every
 * finite z, and exact to the last digits also where a probability is near 1.
 *
 * <p>Gradient: dz = dy − softmax(z)·Σ dy. Shapes: z and y [m, c], c ≥ 1.
 */
public final class LogSoftmax implements Op {
  private static final LogSoftmax OP = new LogSoftmax();

  private LogSoftmax() {}

  public static Var logSoftmax(Var z) {
    Softmax.checkRows("LogSoftmax", z.value());
    Workspace w = z.tape().workspace();
    Tensor y = w.like(z.value());
    int c = y.dim(1);
    float[] peak = w.tensor(y.dim(0)).data();
    float[] rest = w.tensor(y.dim(0)).data();
    LogSumExp.of(z.value(), peak, rest, w);
    for (int r = 0; r < y.dim(0); r++) {
      for (int i = r * c; i < (r + 1) * c; i++) {
        y.data()[i] = (z.data()[i] - peak[r]) - rest[r];
      }
    }
    return z.tape().record(OP, y, z);
  }

  @Override
  public void backward(Var y, Var dy) {
    Var z = y.input(0);
    if (z.needsGradient()) {
      Var total = Expand.expand(Sum.sum(dy, 1), 1, z.value().dim(1));
      z.addGradient(Subtract.subtract(dy, Multiply.multiply(Softmax.softmax(z), total)));
    }
  }
}
