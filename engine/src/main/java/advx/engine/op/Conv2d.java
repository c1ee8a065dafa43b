package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workspace;
import advx.engine.kernel.ConvForward;
import advx.engine.kernel.ConvInput;
import advx.engine.kernel.ConvShape;
import advx.engine.kernel.ConvWeight;

/**
 * y[s][q][u] = max over the positions i of q's window and the pieces p of (b[u·k+p] + ⟨patch(x[s],
 * i), W[u·k+p]⟩): a convolution, fused with the pieces of maxout (Goodfellow et al. 2013) and with
 * max pooling. Without pieces and pool it is a plain convolution. A tie goes to the lowest position
 * and then the lowest piece, which takes the whole gradient.
 *
 * <p>Gradient: with the winners held fixed, y is bilinear in x and W, and everything is a
 * derivative of one form
 *
 * <pre>T(dy, x, W) = Σ dy[s][q][u]·⟨patch(x[s], i), W[u·k+p]⟩, i and p the winners of (s, q, u)
 * </pre>
 *
 * dx = ∂T/∂x, dW = ∂T/∂W, and the gradient of each of those is again one of ∂T/∂dy, ∂T/∂x, ∂T/∂W.
 * db sums dy into the winners' places. The second derivative of the maximum itself is zero.
 *
 * <p>Shapes: images have their channels last, x [samples, height, width, channels], y [samples,
 * rows, columns, units]; W [units·k, channels/groups, kernel height, kernel width], b [units·k]. A
 * ReLU commutes with max pooling: apply it to the result.
 */
public final class Conv2d implements Op {
  private final ConvShape shape;

  /** i·k+p for each number of y; unused for a plain convolution. */
  private final int[] winners;

  private final Forward forward = new Forward();
  private final Input input = new Input();
  private final Weight weight = new Weight();
  private final Pieces pieces = new Pieces();
  private final Spread spread = new Spread();

  private Conv2d(ConvShape shape, int[] winners) {
    this.shape = shape;
    this.winners = winners;
  }

  /** The convolution of this shape; a shape is made once and used in every step. */
  public static Var conv2d(Var x, Var w, Var b, ConvShape shape) {
    check(x.value(), w.value(), b.value(), shape);
    Workspace workspace = x.tape().workspace();
    Tensor y = result(x, shape);
    int[] winners = workspace.indices(shape.plain() ? 0 : y.size());
    ConvForward.convolve(
        x.tape().workers(),
        shape,
        x.data(),
        x.value().rows(),
        w.data(),
        b.data(),
        y.data(),
        winners);
    Op old = x.tape().previous();
    boolean same = old instanceof Conv2d op && op.shape.equals(shape) && op.winners == winners;
    return x.tape().record(same ? old : new Conv2d(shape, winners), y, x, w, b);
  }

  private static void check(Tensor x, Tensor w, Tensor b, ConvShape c) {
    boolean image =
        x.rank() == 4
            && x.dim(1) == c.height()
            && x.dim(2) == c.width()
            && x.dim(3) == c.channels();
    boolean weights =
        w.rank() == 4
            && w.dim(0) == c.filters()
            && w.dim(1) == c.depth()
            && w.dim(2) == c.kernel().height()
            && w.dim(3) == c.kernel().width();
    if (!image || !weights) {
      throw Shapes.mismatch(
          "Conv2d",
          x,
          w,
          "images [samples, %d, %d, %d] and weights [%d, %d, %d, %d]"
              .formatted(
                  c.height(),
                  c.width(),
                  c.channels(),
                  c.filters(),
                  c.depth(),
                  c.kernel().height(),
                  c.kernel().width()));
    }
    if (b.rank() != 1 || b.dim(0) != c.filters()) {
      throw Shapes.mismatch("Conv2d", w, b, "a bias [" + c.filters() + "]");
    }
  }

  private static Tensor result(Var x, ConvShape c) {
    return x.tape().workspace().tensor(x.value().rows(), c.rows(), c.columns(), c.units());
  }

  @Override
  public void backward(Var y, Var dy) {
    Var x = y.input(0);
    Var w = y.input(1);
    Var b = y.input(2);
    if (x.needsGradient()) {
      x.addGradient(input.of(dy, w));
    }
    if (w.needsGradient()) {
      w.addGradient(weight.of(dy, x));
    }
    if (b.needsGradient()) {
      b.addGradient(bias(dy));
    }
  }

  private Var bias(Var dy) {
    Var rows = Reshape.reshape(dy, dy.value().size() / shape.units(), shape.units());
    return shape.pieces() == 1 ? Sum.sum(rows, 0) : pieces.of(rows);
  }

  /** ∂T/∂dy: y[s][q][u] = ⟨patch(x[s], i), W[u·k+p]⟩ at the given winners. */
  private final class Forward implements Op {
    private Var of(Var x, Var w) {
      Tensor y = result(x, shape);
      ConvForward.select(
          x.tape().workers(), shape, x.data(), x.value().rows(), w.data(), winners, y.data());
      return x.tape().record(this, y, x, w);
    }

    @Override
    public void backward(Var y, Var dy) {
      Var x = y.input(0);
      Var w = y.input(1);
      if (x.needsGradient()) {
        x.addGradient(input.of(dy, w));
      }
      if (w.needsGradient()) {
        w.addGradient(weight.of(dy, x));
      }
    }
  }

  /** ∂T/∂x: every number of dy adds its filter's weights to the patch that won. */
  private final class Input implements Op {
    private Var of(Var dy, Var w) {
      int samples = dy.value().rows();
      Tensor dx =
          dy.tape().workspace().tensor(samples, shape.height(), shape.width(), shape.channels());
      ConvInput.gradient(
          dy.tape().workers(), shape, dy.data(), samples, w.data(), winners, dx.data());
      return dy.tape().record(this, dx, dy, w);
    }

    @Override
    public void backward(Var dx, Var g) {
      Var dy = dx.input(0);
      Var w = dx.input(1);
      if (dy.needsGradient()) {
        dy.addGradient(forward.of(g, w));
      }
      if (w.needsGradient()) {
        w.addGradient(weight.of(dy, g));
      }
    }
  }

  /** ∂T/∂W: every number of dy adds the patch that won to its filter. */
  private final class Weight implements Op {
    private Var of(Var dy, Var x) {
      Tensor dw =
          dy.tape()
              .workspace()
              .tensor(
                  shape.filters(), shape.depth(), shape.kernel().height(), shape.kernel().width());
      ConvWeight.gradient(
          dy.tape().workers(), shape, dy.data(), dy.value().rows(), x.data(), winners, dw.data());
      return dy.tape().record(this, dw, dy, x);
    }

    @Override
    public void backward(Var dw, Var g) {
      Var dy = dw.input(0);
      Var x = dw.input(1);
      if (dy.needsGradient()) {
        dy.addGradient(forward.of(x, g));
      }
      if (x.needsGradient()) {
        x.addGradient(input.of(dy, g));
      }
    }
  }

  /** Sums over rows into the winning pieces' places: [rows, units] → [units·k]. */
  private final class Pieces implements Op {
    private Var of(Var dy) {
      int k = shape.pieces();
      int units = dy.value().dim(1);
      Tensor db = dy.tape().workspace().tensor(units * k).fill(0);
      float[] from = dy.data();
      float[] to = db.data();
      for (int i = 0; i < from.length; i++) {
        to[i % units * k + winners[i] % k] += from[i];
      }
      return dy.tape().record(this, db, dy);
    }

    /** The adjoint: each number reads its winning piece's place. */
    @Override
    public void backward(Var db, Var g) {
      if (db.input(0).needsGradient()) {
        db.input(0).addGradient(spread.of(g, db.input(0).value()));
      }
    }
  }

  /** Reads the winning pieces' places: [units·k] → [rows, units]. */
  private final class Spread implements Op {
    private Var of(Var g, Tensor like) {
      int k = shape.pieces();
      Tensor out = g.tape().workspace().like(like);
      int units = like.dim(1);
      float[] from = g.data();
      float[] to = out.data();
      for (int i = 0; i < to.length; i++) {
        to[i] = from[i % units * k + winners[i] % k];
      }
      return g.tape().record(this, out, g);
    }

    @Override
    public void backward(Var y, Var dy) {
      if (y.input(0).needsGradient()) {
        y.input(0).addGradient(pieces.of(dy));
      }
    }
  }
}
