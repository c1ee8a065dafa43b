package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.kernel.DenseForward;

/**
 * y = x·Wᵀ + b: a dense layer, weights stored [out][in].
 *
 * <p>Gradient: dx = dy·W, dW = dyᵀ·x, db = Σ over samples of dy. Shapes: x [samples, in], W [out,
 * in], b [out], y [samples, out].
 */
public final class Dense implements Op {
  private static final Dense OP = new Dense();

  private Dense() {}

  public static Var dense(Var x, Var w, Var b) {
    check("Dense", x.value(), w.value(), b.value());
    int samples = x.value().rows();
    int in = x.value().dim(1);
    int out = w.value().dim(0);
    Tensor y = x.tape().workspace().tensor(samples, out);
    DenseForward.dense(
        x.tape().workers(), x.data(), samples, in, w.data(), b.data(), out, y.data());
    return x.tape().record(OP, y, x, w, b);
  }

  /** The shapes of every layer with weights [rows, in] and a bias [rows]. */
  static void check(String op, Tensor x, Tensor w, Tensor b) {
    Shapes.rank(op, x, 2);
    Shapes.rank(op, w, 2);
    if (x.dim(1) != w.dim(1)) {
      throw Shapes.mismatch(op, x, w, "inputs [samples, in] and weights [out, in] of one in");
    }
    if (b.rank() != 1 || b.dim(0) != w.dim(0)) {
      throw Shapes.mismatch(op, w, b, "weights [out, in] and a bias [out]");
    }
  }

  @Override
  public void backward(Var y, Var dy) {
    Var x = y.input(0);
    Var w = y.input(1);
    Var b = y.input(2);
    if (x.needsGradient()) {
      x.addGradient(DenseInput.of(dy, w));
    }
    if (w.needsGradient()) {
      w.addGradient(Matmul.matmul(dy, true, x, false));
    }
    if (b.needsGradient()) {
      b.addGradient(Sum.sum(dy, 0));
    }
  }
}
