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
 *
 * @param winners the pixel that won, for each number of y
 */
public record MaxPool(PoolShape shape, int[] winners) implements Op {
  public static Var maxPool(Var x, PoolShape shape) {
    check("MaxPool", x.value(), shape);
    Tensor y = pooled(x, shape);
    int[] winners = x.tape().workspace().indices(y.size());
    advx.engine.kernel.MaxPool.pool(
        x.tape().workers(), shape, x.data(), x.value().rows(), y.data(), winners);
    return x.tape().record(new MaxPool(shape, winners), y, x);
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
      y.input(0).addGradient(Spread.spread(dy, shape, winners));
    }
  }

  /** dy at the winners, else 0. */
  record Spread(PoolShape shape, int[] winners) implements Op {
    static Var spread(Var dy, PoolShape shape, int[] winners) {
      Tensor dx = image(dy, shape);
      advx.engine.kernel.MaxPool.spread(
          dy.tape().workers(), shape, dy.data(), dy.value().rows(), winners, dx.data());
      return dy.tape().record(new Spread(shape, winners), dx, dy);
    }

    /** The adjoint: each window reads its winner. */
    @Override
    public void backward(Var dx, Var g) {
      if (dx.input(0).needsGradient()) {
        dx.input(0).addGradient(Pick.pick(g, shape, winners));
      }
    }
  }

  /** x at the winners. */
  record Pick(PoolShape shape, int[] winners) implements Op {
    static Var pick(Var x, PoolShape shape, int[] winners) {
      Tensor y = pooled(x, shape);
      advx.engine.kernel.MaxPool.pick(
          x.tape().workers(), shape, x.data(), x.value().rows(), winners, y.data());
      return x.tape().record(new Pick(shape, winners), y, x);
    }

    @Override
    public void backward(Var y, Var dy) {
      if (y.input(0).needsGradient()) {
        y.input(0).addGradient(Spread.spread(dy, shape, winners));
      }
    }
  }
}
