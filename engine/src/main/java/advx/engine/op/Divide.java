package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * z = x/y, element by element; 1/0 is infinite and 0/0 NaN, as in IEEE 754.
 *
 * <p>Gradient: dx = dz/y, dy = −dz·z/y. Shapes: x, y and z are equal.
 */
public final class Divide implements Op {
  private static final Divide OP = new Divide();

  private Divide() {}

  public static Var divide(Var x, Var y) {
    Shapes.same("Divide", x.value(), y.value());
    Tensor z = x.tape().workspace().like(x.value());
    float[] a = x.data();
    float[] b = y.data();
    float[] c = z.data();
    for (int i = 0; i < c.length; i++) {
      c[i] = a[i] / b[i];
    }
    return x.tape().record(OP, z, x, y);
  }

  @Override
  public void backward(Var z, Var dz) {
    Var x = z.input(0);
    Var y = z.input(1);
    if (x.needsGradient()) {
      x.addGradient(divide(dz, y));
    }
    if (y.needsGradient()) {
      y.addGradient(Negate.negate(divide(Multiply.multiply(dz, z), y)));
    }
  }
}
