package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.kernel.Hadamard;

/**
 * z = x·y, element by element.
 *
 * <p>Gradient: dx = dz·y, dy = dz·x. Shapes: x, y and z are equal.
 */
public final class Multiply implements Op {
  private static final Multiply OP = new Multiply();

  private Multiply() {}

  public static Var multiply(Var x, Var y) {
    Shapes.same("Multiply", x.value(), y.value());
    Tensor z = x.tape().workspace().like(x.value());
    Hadamard.multiply(x.tape().workers(), x.data(), y.data(), z.data(), z.size());
    return x.tape().record(OP, z, x, y);
  }

  @Override
  public void backward(Var z, Var dz) {
    Var x = z.input(0);
    Var y = z.input(1);
    if (x.needsGradient()) {
      x.addGradient(multiply(dz, y));
    }
    if (y.needsGradient()) {
      y.addGradient(multiply(dz, x));
    }
  }
}
