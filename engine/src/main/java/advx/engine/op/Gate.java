package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.kernel.Rectifier;

/**
 * z = y where x > 0, else slope·y (0 where the slope is 0, even if y is infinite or NaN), element
 * by element: the gradient of {@link Relu} and {@link LeakyRelu}.
 *
 * <p>Gradient: dy = the same gate of dz; none flows to x, for the gate is a step in x. Shapes: x, y
 * and z are equal.
 */
public record Gate(float slope) implements Op {
  public static Var gate(Var x, Var y, float slope) {
    Shapes.same("Gate", x.value(), y.value());
    Tensor z = x.tape().workspace().like(x.value());
    Rectifier.gate(x.tape().workers(), x.data(), y.data(), slope, z.data(), z.size());
    Op old = x.tape().previous();
    Op op =
        old instanceof Gate same && Float.compare(same.slope, slope) == 0 ? same : new Gate(slope);
    return x.tape().record(op, z, x, y);
  }

  @Override
  public void backward(Var z, Var dz) {
    if (z.input(1).needsGradient()) {
      z.input(1).addGradient(gate(z.input(0), dz, slope));
    }
  }
}
