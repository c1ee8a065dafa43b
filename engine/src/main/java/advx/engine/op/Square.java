package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * y = x², element by element.
 *
 * <p>Gradient: dx = dy·2x.
 */
public final class Square implements Op {
  private static final Square OP = new Square();

  private Square() {}

  public static Var square(Var x) {
    Tensor y = x.tape().workspace().like(x.value());
    float[] a = x.data();
    float[] b = y.data();
    for (int i = 0; i < b.length; i++) {
      b[i] = a[i] * a[i];
    }
    return x.tape().record(OP, y, x);
  }

  @Override
  public void backward(Var y, Var dy) {
    if (y.input(0).needsGradient()) {
      y.input(0).addGradient(Multiply.multiply(dy, Scale.scale(y.input(0), 2)));
    }
  }
}
