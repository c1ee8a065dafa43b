package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * y = σ(x) = 1 / (1 + e⁻ˣ), element by element.
 *
 * <p>Gradient: dx = dy·σ(x)·σ(−x). The factor σ(−x) is 1 − y without the cancellation, so that a
 * saturated unit still has the gradient that it has in exact arithmetic.
 */
public final class Sigmoid implements Op {
  private static final Sigmoid OP = new Sigmoid();

  private Sigmoid() {}

  public static Var sigmoid(Var x) {
    Tensor y = x.tape().workspace().like(x.value());
    advx.engine.kernel.Sigmoid.sigmoid(x.data(), 0, y.data(), 0, y.size());
    return x.tape().record(OP, y, x);
  }

  @Override
  public void backward(Var y, Var dy) {
    Var x = y.input(0);
    if (x.needsGradient()) {
      x.addGradient(Multiply.multiply(dy, Multiply.multiply(y, sigmoid(Negate.negate(x)))));
    }
  }
}
