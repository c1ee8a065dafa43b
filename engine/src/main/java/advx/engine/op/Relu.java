package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.kernel.Rectifier;

/**
 * y = max(x, 0), element by element.
 *
 * <p>Gradient: dx = dy where x > 0, else 0; so the derivative at 0 is 0. NaN stays NaN.
 */
public final class Relu implements Op {
  private static final Relu OP = new Relu();

  private Relu() {}

  public static Var relu(Var x) {
    Tensor y = x.tape().workspace().like(x.value());
    Rectifier.relu(x.tape().workers(), x.data(), y.data(), y.size());
    return x.tape().record(OP, y, x);
  }

  @Override
  public void backward(Var y, Var dy) {
    if (y.input(0).needsGradient()) {
      y.input(0).addGradient(Gate.gate(y.input(0), dy, 0));
    }
  }
}
