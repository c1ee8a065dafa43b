package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.engine.kernel.MaxoutForward;
import advx.engine.kernel.SgdStep;
import advx.engine.kernel.WinnerForward;
import advx.engine.kernel.WinnerInput;
import advx.engine.kernel.WinnerStep;
import advx.engine.kernel.WinnerWeight;

/**
 * y[s][u] = max over p of (b[u·k+p] + ⟨W[u·k+p], x[s]⟩): a maxout layer of k pieces, fused with its
 * dense product (Goodfellow et al. 2013). A tie goes to the lowest piece, which then takes the
 * whole gradient.
 *
 * <p>Gradient: with the winners held fixed, y is bilinear in x and W, and everything is a
 * derivative of one form
 *
 * <pre>T(dy, x, W) = Σ dy[s][u]·⟨x[s], W[u·k+win(s,u)]⟩</pre>
 *
 * dx = ∂T/∂x, dW = ∂T/∂W, and the gradient of each of those is again one of ∂T/∂dy, ∂T/∂x, ∂T/∂W.
 * db sums dy into the winners' places. The second derivative of the maximum itself is zero.
 *
 * <p>Shapes: x [samples, in], W [units·k, in], b [units·k], y [samples, units].
 */
public final class Maxout implements Op {
  private final int pieces;
  private final int[] winners;
  private final Forward forward = new Forward();
  private final Input input = new Input();
  private final Weight weight = new Weight();
  private final Winners sum = new Winners();
  private final Spread spread = new Spread();

  private Maxout(int pieces, int[] winners) {
    this.pieces = pieces;
    this.winners = winners;
  }

  public static Var maxout(Var x, Var w, Var b, int pieces) {
    Dense.check("Maxout", x.value(), w.value(), b.value());
    int rows = w.value().dim(0);
    if (pieces < 1 || rows % pieces != 0) {
      Shapes.check(false, "Maxout", w.value(), "weights [units·" + pieces + ", in]");
    }
    int samples = x.value().rows();
    int units = rows / pieces;
    Tensor y = x.tape().workspace().tensor(samples, units);
    int[] winners = x.tape().workspace().indices(samples * units);
    MaxoutForward.maxout(
        x.tape().workers(),
        x.data(),
        samples,
        x.value().dim(1),
        w.data(),
        b.data(),
        units,
        pieces,
        y.data(),
        winners);
    Op old = x.tape().previous();
    boolean same = old instanceof Maxout op && op.pieces == pieces && op.winners == winners;
    return x.tape().record(same ? old : new Maxout(pieces, winners), y, x, w, b);
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
      b.addGradient(sum.of(dy));
    }
  }

  /**
   * A momentum step by the gradient of a maxout layer's weights, if nobody has looked at it yet:
   * its rows are consumed as they are computed ({@link WinnerStep}). The bits are those of {@link
   * SgdStep} by the computed gradient.
   *
   * @return false if the gradient is anything else; nothing has happened then
   */
  public static boolean step(
      Var gradient, float[] w, float[] v, float rate, float momentum, float limit) {
    Var term = firstTerm(gradient);
    if (term == null) {
      return false;
    }
    Workers workers = gradient.tape().workers();
    Var dy = term.input(0);
    int pieces = ((Weight) term.op()).layer().pieces;
    WinnerStep step =
        WinnerStep.of(workers, dy.value().dim(1), pieces, term.input(1).value().dim(1));
    collect(gradient, step);
    step.step(workers, w, v, rate, momentum, limit);
    return true;
  }

  /** The first of the terms of a pending sum if all are such gradients, else null. */
  private static Var firstTerm(Var gradient) {
    if (!gradient.pending()) {
      return null;
    }
    if (gradient.op() instanceof Weight) {
      return gradient;
    }
    // A sum: ((g₁ + g₂) + g₃) + …, as gradients are added up.
    boolean sum = gradient.op() instanceof Add && gradient.input(1).pending();
    return sum && gradient.input(1).op() instanceof Weight ? firstTerm(gradient.input(0)) : null;
  }

  private static void collect(Var gradient, WinnerStep step) {
    if (gradient.op() instanceof Weight weight) {
      Var dy = gradient.input(0);
      step.add(dy.data(), dy.value().rows(), gradient.input(1).data(), weight.layer().winners);
    } else {
      collect(gradient.input(0), step);
      collect(gradient.input(1), step);
    }
  }

  /** ∂T/∂dy: y[s][u] = ⟨x[s], W[u·k+win(s,u)]⟩. */
  private final class Forward implements Op {
    private Var of(Var x, Var w) {
      int samples = x.value().rows();
      int units = w.value().dim(0) / pieces;
      Tensor y = x.tape().workspace().tensor(samples, units);
      WinnerForward.forward(
          x.tape().workers(),
          x.data(),
          samples,
          x.value().dim(1),
          w.data(),
          units,
          pieces,
          winners,
          y.data());
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

  /** ∂T/∂x: dx[s] = Σᵤ dy[s][u]·W[u·k+win(s,u)]. */
  private final class Input implements Op {
    private Var of(Var dy, Var w) {
      int samples = dy.value().rows();
      int in = w.value().dim(1);
      Tensor dx = dy.tape().workspace().tensor(samples, in);
      WinnerInput.gradient(
          dy.tape().workers(),
          dy.data(),
          samples,
          dy.value().dim(1),
          w.data(),
          pieces,
          in,
          winners,
          dx.data());
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

  /** ∂T/∂W: dW[u·k+p] = Σ dy[s][u]·x[s] over the samples that piece p won. */
  private final class Weight implements Op.Deferred {
    private Var of(Var dy, Var x) {
      Tensor dw = dy.tape().workspace().tensor(dy.value().dim(1) * pieces, x.value().dim(1));
      return dy.tape().defer(this, dw, dy, x);
    }

    private Maxout layer() {
      return Maxout.this;
    }

    @Override
    public void compute(Var dw) {
      Var dy = dw.input(0);
      Var x = dw.input(1);
      WinnerWeight.gradient(
          dw.tape().workers(),
          dy.data(),
          dy.value().rows(),
          dy.value().dim(1),
          x.data(),
          x.value().dim(1),
          pieces,
          winners,
          dw.data());
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

  /** Sums over samples into the winners' places: [samples, units] → [units·k]. */
  private final class Winners implements Op {
    private Var of(Var dy) {
      int samples = dy.value().rows();
      int units = dy.value().dim(1);
      Tensor db = dy.tape().workspace().tensor(units * pieces).fill(0);
      float[] from = dy.data();
      float[] to = db.data();
      for (int s = 0; s < samples; s++) {
        for (int u = 0; u < units; u++) {
          to[u * pieces + winners[s * units + u]] += from[s * units + u];
        }
      }
      return dy.tape().record(this, db, dy);
    }

    /** The adjoint: each sample and unit reads its winner's place. */
    @Override
    public void backward(Var db, Var g) {
      if (db.input(0).needsGradient()) {
        db.input(0).addGradient(spread.of(g, db.input(0).value()));
      }
    }
  }

  /** Reads the winners' places: [units·k] → [samples, units]. */
  private final class Spread implements Op {
    private Var of(Var g, Tensor like) {
      Tensor out = g.tape().workspace().like(like);
      int units = like.dim(1);
      float[] from = g.data();
      float[] to = out.data();
      for (int i = 0; i < to.length; i++) {
        to[i] = from[i % units * pieces + winners[i]];
      }
      return g.tape().record(this, out, g);
    }

    @Override
    public void backward(Var y, Var dy) {
      if (y.input(0).needsGradient()) {
        y.input(0).addGradient(sum.of(dy));
      }
    }
  }
}
