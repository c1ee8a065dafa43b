package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.kernel.PoolShape;

/**
 * y[s][q][c] = the mean of x[s][·][c] over the pixels of window q of an image; the border is not
 * counted.
 *
 * <p>Gradient: dx = Σ over ascending windows that see the pixel of dy/(their pixels). Shapes: x
 * [samples, height, width, channels], y [samples, rows, columns, channels].
 */
public final class AveragePool implements Op {
  private final PoolShape shape;
  private final Spread spread = new Spread();

  private AveragePool(PoolShape shape) {
    this.shape = shape;
  }

  public static Var averagePool(Var x, PoolShape shape) {
    MaxPool.check("AveragePool", x.value(), shape);
    Tensor y = MaxPool.pooled(x, shape);
    advx.engine.kernel.AveragePool.pool(
        x.tape().workers(), shape, x.data(), x.value().rows(), y.data());
    Op old = x.tape().previous();
    boolean same = old instanceof AveragePool op && op.shape.equals(shape);
    return x.tape().record(same ? old : new AveragePool(shape), y, x);
  }

  @Override
  public void backward(Var y, Var dy) {
    if (y.input(0).needsGradient()) {
      y.input(0).addGradient(spread.of(dy));
    }
  }

  /** The adjoint, which is linear too: its gradient is the pooling. */
  private final class Spread implements Op {
    private Var of(Var dy) {
      Tensor dx = MaxPool.image(dy, shape);
      advx.engine.kernel.AveragePool.spread(
          dy.tape().workers(), shape, dy.data(), dy.value().rows(), dx.data());
      return dy.tape().record(this, dx, dy);
    }

    @Override
    public void backward(Var dx, Var g) {
      if (dx.input(0).needsGradient()) {
        dx.input(0).addGradient(averagePool(g, shape));
      }
    }
  }
}
