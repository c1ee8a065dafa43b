package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * y = sign(x), element by element: −1, 0 or 1; sign(0) = 0, and NaN stays NaN.
 *
 * <p>Gradient: none flows; the derivative is 0 wherever it exists.
 */
public final class Sign implements Op {
  private static final Sign OP = new Sign();

  private Sign() {}

  public static Var sign(Var x) {
    Tensor y = x.tape().workspace().like(x.value());
    float[] a = x.data();
    float[] b = y.data();
    for (int i = 0; i < b.length; i++) {
      b[i] = Math.signum(a[i]);
    }
    return x.tape().record(OP, y, x);
  }

  @Override
  public void backward(Var y, Var dy) {
    // The derivative is 0: nothing to add.
  }
}
