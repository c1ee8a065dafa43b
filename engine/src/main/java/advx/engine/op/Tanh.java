package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * y = tanh x, element by element.
 *
 * <p>Gradient: dx = dy·(1 − y²). Where |x| > 9, y has rounded to ±1 and no gradient is left.
 */
public final class Tanh implements Op {
  private static final Tanh OP = new Tanh();

  private Tanh() {}

  public static Var tanh(Var x) {
    Tensor y = x.tape().workspace().like(x.value());
    advx.engine.kernel.Tanh.tanh(x.data(), 0, y.data(), 0, y.size());
    return x.tape().record(OP, y, x);
  }

  @Override
  public void backward(Var y, Var dy) {
    if (y.input(0).needsGradient()) {
      y.input(0)
          .addGradient(Multiply.multiply(dy, Shift.shift(Negate.negate(Square.square(y)), 1)));
    }
  }
}
