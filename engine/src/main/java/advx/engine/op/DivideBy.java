package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * y = x/c with a number c: one division an element, not a product with 1/c.
 *
 * <p>Gradient: dx = dy/c.
 */
public record DivideBy(float divisor) implements Op {
  public static Var divideBy(Var x, float divisor) {
    Tensor y = x.tape().workspace().like(x.value());
    float[] a = x.data();
    float[] b = y.data();
    for (int i = 0; i < b.length; i++) {
      b[i] = a[i] / divisor;
    }
    Op old = x.tape().previous();
    Op op =
        old instanceof DivideBy same && Float.compare(same.divisor, divisor) == 0
            ? same
            : new DivideBy(divisor);
    return x.tape().record(op, y, x);
  }

  @Override
  public void backward(Var y, Var dy) {
    if (y.input(0).needsGradient()) {
      y.input(0).addGradient(divideBy(dy, divisor));
    }
  }
}
