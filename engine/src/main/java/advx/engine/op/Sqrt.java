package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * y = √x, element by element, correctly rounded; NaN for x < 0.
 *
 * <p>Gradient: dx = dy / 2y; infinite at x = 0, or NaN where dy is 0 too. {@link L2Norm} is the way
 * to a norm whose gradient at 0 is 0.
 */
public final class Sqrt implements Op {
  private static final Sqrt OP = new Sqrt();

  private Sqrt() {}

  public static Var sqrt(Var x) {
    Tensor y = x.tape().workspace().like(x.value());
    float[] a = x.data();
    float[] b = y.data();
    for (int i = 0; i < b.length; i++) {
      b[i] = (float) Math.sqrt(a[i]);
    }
    return x.tape().record(OP, y, x);
  }

  @Override
  public void backward(Var y, Var dy) {
    if (y.input(0).needsGradient()) {
      y.input(0).addGradient(Divide.divide(dy, Scale.scale(y, 2)));
    }
  }
}
