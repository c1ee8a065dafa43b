package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * z = x/y where y ≠ 0, else 0, element by element.
 *
 * <p>Gradient: dx = dz/y, dy = −dz·z/y where y ≠ 0, else 0: of the same kind, so that every higher
 * derivative is 0 there too. Shapes: x, y and z are equal.
 */
public final class DivideOrZero implements Op {
  private static final DivideOrZero OP = new DivideOrZero();

  private DivideOrZero() {}

  public static Var divideOrZero(Var x, Var y) {
    Shapes.same("DivideOrZero", x.value(), y.value());
    Tensor z = x.tape().workspace().like(x.value());
    float[] a = x.data();
    float[] b = y.data();
    float[] c = z.data();
    for (int i = 0; i < c.length; i++) {
      c[i] = b[i] == 0 ? 0 : a[i] / b[i];
    }
    return x.tape().record(OP, z, x, y);
  }

  @Override
  public void backward(Var z, Var dz) {
    Var x = z.input(0);
    Var y = z.input(1);
    if (x.needsGradient()) {
      x.addGradient(divideOrZero(dz, y));
    }
    if (y.needsGradient()) {
      y.addGradient(Negate.negate(divideOrZero(Multiply.multiply(dz, z), y)));
    }
  }
}
