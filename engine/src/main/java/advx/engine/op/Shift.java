package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * y = x + c with a number c.
 *
 * <p>Gradient: dx = dy.
 */
public record Shift(float number) implements Op {
  public static Var shift(Var x, float number) {
    Tensor y = x.tape().workspace().like(x.value());
    float[] a = x.data();
    float[] b = y.data();
    for (int i = 0; i < b.length; i++) {
      b[i] = a[i] + number;
    }
    Op old = x.tape().previous();
    Op op =
        old instanceof Shift same && Float.compare(same.number, number) == 0
            ? same
            : new Shift(number);
    return x.tape().record(op, y, x);
  }

  @Override
  public void backward(Var y, Var dy) {
    y.input(0).addGradient(dy);
  }
}
