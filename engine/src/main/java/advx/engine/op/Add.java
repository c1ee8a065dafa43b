package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.kernel.Addition;

/**
 * z = x + y, element by element. A sum of two values that nobody has looked at yet waits like them.
 *
 * <p>Gradient: dx = dz, dy = dz. Shapes: x, y and z are equal.
 */
public final class Add implements Op.Deferred {
  private static final Add OP = new Add();

  private Add() {}

  public static Var add(Var x, Var y) {
    if (x.pending() && y.pending() && x.sameShape(y)) {
      return x.tape().defer(OP, x.room(), x, y);
    }
    Shapes.same("Add", x.value(), y.value());
    Tensor z = x.tape().workspace().like(x.value());
    sum(x, y, z.data());
    return x.tape().record(OP, z, x, y);
  }

  @Override
  public void compute(Var z) {
    sum(z.input(0), z.input(1), z.data());
  }

  private static void sum(Var x, Var y, float[] c) {
    Addition.add(x.tape().workers(), x.data(), y.data(), c, c.length);
  }

  @Override
  public void backward(Var z, Var dz) {
    z.input(0).addGradient(dz);
    z.input(1).addGradient(dz);
  }
}
