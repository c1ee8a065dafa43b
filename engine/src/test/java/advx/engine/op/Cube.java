package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * y = x³, element by element.
 *
 * <p>Gradient: dx = dy·3x².
 */
public final class Cube implements Op {
  private static final Cube OP = new Cube();

  private Cube() {}

  public static Var cube(Var x) {
    Tensor y = x.tape().workspace().like(x.value());
    float[] a = x.data();
    float[] b = y.data();
    for (int i = 0; i < b.length; i++) {
      b[i] = a[i] * a[i] * a[i];
    }
    return x.tape().record(OP, y, x);
  }

  @Override
  public void backward(Var y, Var dy) {
    Var x = y.input(0);
    if (x.needsGradient()) {
      x.addGradient(Multiply.multiply(dy, Scale.scale(Square.square(x), 3)));
    }
  }
}
