package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.kernel.Rectifier;

/**
 * y = x where x > 0, else slope·x, element by element; with slope 0 it is {@link Relu}.
 *
 * <p>Gradient: dx = dy where x > 0, else slope·dy; so the derivative at 0 is the slope.
 */
public record LeakyRelu(float slope) implements Op {
  public static Var leakyRelu(Var x, float slope) {
    Tensor y = x.tape().workspace().like(x.value());
    if (slope == 0) {
      Rectifier.relu(x.tape().workers(), x.data(), y.data(), y.size());
    } else {
      Rectifier.gate(x.tape().workers(), x.data(), x.data(), slope, y.data(), y.size());
    }
    Op old = x.tape().previous();
    Op op =
        old instanceof LeakyRelu same && Float.compare(same.slope, slope) == 0
            ? same
            : new LeakyRelu(slope);
    return x.tape().record(op, y, x);
  }

  @Override
  public void backward(Var y, Var dy) {
    if (y.input(0).needsGradient()) {
      y.input(0).addGradient(Gate.gate(y.input(0), dy, slope));
    }
  }
}
