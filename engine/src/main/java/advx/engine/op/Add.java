package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * z = x + y, element by element.
 *
 * <p>Gradient: dx = dz, dy = dz. Shapes: x, y and z are equal.
 */
public final class Add implements Op {
  private static final Add OP = new Add();

  private Add() {}

  public static Var add(Var x, Var y) {
    Shapes.same("Add", x.value(), y.value());
    Tensor z = x.tape().workspace().like(x.value());
    float[] a = x.data();
    float[] b = y.data();
    float[] c = z.data();
    for (int i = 0; i < c.length; i++) {
      c[i] = a[i] + b[i];
    }
    return x.tape().record(OP, z, x, y);
  }

  @Override
  public void backward(Var z, Var dz) {
    z.input(0).addGradient(dz);
    z.input(1).addGradient(dz);
  }
}
