package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * y = |x|, element by element.
 *
 * <p>Gradient: dx = dy·sign(x); so the derivative at 0 is 0. NaN stays NaN.
 */
public final class Abs implements Op {
  private static final Abs OP = new Abs();

  private Abs() {}

  public static Var abs(Var x) {
    Tensor y = x.tape().workspace().like(x.value());
    float[] a = x.data();
    float[] b = y.data();
    for (int i = 0; i < b.length; i++) {
      b[i] = Math.abs(a[i]);
    }
    return x.tape().record(OP, y, x);
  }

  @Override
  public void backward(Var y, Var dy) {
    if (y.input(0).needsGradient()) {
      y.input(0).addGradient(Multiply.multiply(dy, Sign.sign(y.input(0))));
    }
  }
}
