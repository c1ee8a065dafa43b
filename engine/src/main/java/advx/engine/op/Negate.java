package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * y = −x, element by element.
 *
 * <p>Gradient: dx = −dy.
 */
public final class Negate implements Op {
  private static final Negate OP = new Negate();

  private Negate() {}

  public static Var negate(Var x) {
    Tensor y = x.tape().workspace().like(x.value());
    float[] a = x.data();
    float[] b = y.data();
    for (int i = 0; i < b.length; i++) {
      b[i] = -a[i];
    }
    return x.tape().record(OP, y, x);
  }

  @Override
  public void backward(Var y, Var dy) {
    if (y.input(0).needsGradient()) {
      y.input(0).addGradient(negate(dy));
    }
  }
}
