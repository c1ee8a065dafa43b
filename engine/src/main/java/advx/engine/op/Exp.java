package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * y = eˣ, element by element.
 *
 * <p>Gradient: dx = dy·y.
 */
public final class Exp implements Op {
  private static final Exp OP = new Exp();

  private Exp() {}

  public static Var exp(Var x) {
    Tensor y = x.tape().workspace().like(x.value());
    advx.engine.kernel.Exp.exp(x.data(), 0, y.data(), 0, y.size());
    return x.tape().record(OP, y, x);
  }

  @Override
  public void backward(Var y, Var dy) {
    if (y.input(0).needsGradient()) {
      y.input(0).addGradient(Multiply.multiply(dy, y));
    }
  }
}
