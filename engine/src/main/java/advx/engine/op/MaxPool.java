package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.kernel.PoolShape;

/**
 * y[s][q][c] = max of x[s][·][c] over the window q of an image. A tie goes to the lowest pixel,
 * which takes the whole gradient; the border never wins.
 *
 * <p>Gradient: dx = dy at the winners, else 0; where windows overlap, shares add up over ascending
 * q. Shapes: x [samples, height, width, channels], y [samples, rows, columns, channels]. Directly
 * after a convolution, {@link Conv2d} pools in the same pass.
 */
public final class MaxPool implements Op {
  private final PoolShape shape;

  /** The pixel that won, for each number of y. */
  private final int[] winners;

  private final Spread spread = new Spread();
  private final Pick pick = new Pick();

  private MaxPool(PoolShape shape, int[] winners) {
    this.shape = shape;
    this.winners = winners;
  }

  public static Var maxPool(Var x, PoolShape shape) {
    check("MaxPool", x.value(), shape);
    Tensor y = pooled(x, shape);
    int[] winners = x.tape().workspace().indices(y.size());
    advx.engine.kernel.MaxPool.pool(
        x.tape().workers(), shape, x.data(), x.value().rows(), y.data(), winners);
    Op old = x.tape().previous();
    boolean same = old instanceof MaxPool op && op.shape.equals(shape) && op.winners == winners;
    return x.tape().record(same ? old : new MaxPool(shape, winners), y, x);
  }

  static void check(String op, Tensor x, PoolShape p) {
    boolean fits =
        x.rank() == 4
            && x.dim(1) == p.height()
            && x.dim(2) == p.width()
            && x.dim(3) == p.channels();
    if (!fits) {
      Shapes.check(
          false, op, x, "[samples, %d, %d, %d]".formatted(p.height(), p.width(), p.channels()));
    }
  }

  /** A buffer for the pooled images of x. */
  static Tensor pooled(Var x, PoolShape p) {
    return x.tape().workspace().tensor(x.value().rows(), p.rows(), p.columns(), p.channels());
  }

  /** A buffer for the images that y was pooled from. */
  static Tensor image(Var y, PoolShape p) {
    return y.tape().workspace().tensor(y.value().rows(), p.height(), p.width(), p.channels());
  }

  @Override
  public void backward(Var y, Var dy) {
    if (y.input(0).needsGradient()) {
      y.input(0).addGradient(spread.of(dy));
    }
  }

  /** dy at the winners, else 0. */
  private final class Spread implements Op {
    private Var of(Var dy) {
      Tensor dx = image(dy, shape);
      advx.engine.kernel.MaxPool.spread(
          dy.tape().workers(), shape, dy.data(), dy.value().rows(), winners, dx.data());
      return dy.tape().record(this, dx, dy);
    }

    /** The adjoint: each window reads its winner. */
    @Override
    public void backward(Var dx, Var g) {
      if (dx.input(0).needsGradient()) {
        dx.input(0).addGradient(pick.of(g));
      }
    }
  }

  /** x at the winners. */
  private final class Pick implements Op {
    private Var of(Var x) {
      Tensor y = pooled(x, shape);
      advx.engine.kernel.MaxPool.pick(
          x.tape().workers(), shape, x.data(), x.value().rows(), winners, y.data());
      return x.tape().record(this, y, x);
    }

    @Override
    public void backward(Var y, Var dy) {
      if (y.input(0).needsGradient()) {
        y.input(0).addGradient(spread.of(dy));
      }
    }
  }
}
