package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * y = x where x > 0, else slope·x, element by element.
 *
 * <p>Gradient: dx = dy where x > 0, else slope·dy; so the derivative at 0 is the slope.
 */
public record LeakyRelu(float slope) implements Op {
  public static Var leakyRelu(Var x, float slope) {
    Tensor y = x.tape().workspace().like(x.value());
    float[] a = x.data();
    float[] b = y.data();
    for (int i = 0; i < b.length; i++) {
      b[i] = a[i] > 0 ? a[i] : slope * a[i];
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
