package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * y = c·x with a number c.
 *
 * <p>Gradient: dx = c·dy.
 */
public record Scale(float factor) implements Op {
  public static Var scale(Var x, float factor) {
    Tensor y = x.tape().workspace().like(x.value());
    float[] a = x.data();
    float[] b = y.data();
    for (int i = 0; i < b.length; i++) {
      b[i] = factor * a[i];
    }
    Op old = x.tape().previous();
    Op op =
        old instanceof Scale same && Float.compare(same.factor, factor) == 0
            ? same
            : new Scale(factor);
    return x.tape().record(op, y, x);
  }

  @Override
  public void backward(Var y, Var dy) {
    if (y.input(0).needsGradient()) {
      y.input(0).addGradient(scale(dy, factor));
    }
  }
}
