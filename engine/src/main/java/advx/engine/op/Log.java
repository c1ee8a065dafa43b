package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * y = ln x, element by element; −∞ at 0 and NaN below.
 *
 * <p>Gradient: dx = dy / x.
 */
public final class Log implements Op {
  private static final Log OP = new Log();

  private Log() {}

  public static Var log(Var x) {
    Tensor y = x.tape().workspace().like(x.value());
    advx.engine.kernel.Log.log(x.data(), 0, y.data(), 0, y.size());
    return x.tape().record(OP, y, x);
  }

  @Override
  public void backward(Var y, Var dy) {
    if (y.input(0).needsGradient()) {
      y.input(0).addGradient(Divide.divide(dy, y.input(0)));
    }
  }
}
