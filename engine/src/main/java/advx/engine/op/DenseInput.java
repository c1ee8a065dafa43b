package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * dx = dy·W: the input gradient of {@link Dense}, a matrix product that leaves out the samples
 * whose gradient is zero.
 *
 * <p>Gradient: ddy = ddx·Wᵀ, dW = dyᵀ·ddx. Shapes: dy [samples, out], W [out, in], dx [samples,
 * in].
 */
final class DenseInput implements Op {
  private static final DenseInput OP = new DenseInput();

  private DenseInput() {}

  static Var of(Var dy, Var w) {
    int samples = dy.value().dim(0);
    int out = w.value().dim(0);
    int in = w.value().dim(1);
    Tensor dx = dy.tape().workspace().tensor(samples, in);
    advx.engine.kernel.DenseInput.gradient(
        dy.tape().workers(), dy.data(), samples, out, w.data(), in, dx.data());
    return dy.tape().record(OP, dx, dy, w);
  }

  @Override
  public void backward(Var dx, Var g) {
    Var dy = dx.input(0);
    Var w = dx.input(1);
    if (dy.needsGradient()) {
      dy.addGradient(Matmul.matmul(g, false, w, true));
    }
    if (w.needsGradient()) {
      w.addGradient(Matmul.matmul(dy, true, g, false));
    }
  }
}
