package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * y = ζ(x) = ln(1 + eˣ), element by element; no overflow, and no cancellation for x ≪ 0.
 *
 * <p>Gradient: dx = dy·σ(x).
 */
public final class Softplus implements Op {
  private static final Softplus OP = new Softplus();

  private Softplus() {}

  public static Var softplus(Var x) {
    Tensor y = x.tape().workspace().like(x.value());
    advx.engine.kernel.Softplus.softplus(x.data(), 0, y.data(), 0, y.size());
    return x.tape().record(OP, y, x);
  }

  @Override
  public void backward(Var y, Var dy) {
    if (y.input(0).needsGradient()) {
      y.input(0).addGradient(Multiply.multiply(dy, Sigmoid.sigmoid(y.input(0))));
    }
  }
}
