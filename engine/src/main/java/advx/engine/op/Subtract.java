package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * z = x − y, element by element.
 *
 * <p>Gradient: dx = dz, dy = −dz. Shapes: x, y and z are equal.
 */
public final class Subtract implements Op {
  private static final Subtract OP = new Subtract();

  private Subtract() {}

  public static Var subtract(Var x, Var y) {
    Shapes.same("Subtract", x.value(), y.value());
    Tensor z = x.tape().workspace().like(x.value());
    float[] a = x.data();
    float[] b = y.data();
    float[] c = z.data();
    for (int i = 0; i < c.length; i++) {
      c[i] = a[i] - b[i];
    }
    return x.tape().record(OP, z, x, y);
  }

  @Override
  public void backward(Var z, Var dz) {
    z.input(0).addGradient(dz);
    if (z.input(1).needsGradient()) {
      z.input(1).addGradient(Negate.negate(dz));
    }
  }
}
