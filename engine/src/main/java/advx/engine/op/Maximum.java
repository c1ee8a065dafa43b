package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workspace;
import advx.engine.kernel.Extremes;

/**
 * y = max x over one axis, which then is gone from the shape; the lowest index wins a tie, and NaN
 * wins over every number.
 *
 * <p>Gradient: dx = dy at the winner, else 0 ({@link Scatter}).
 */
public record Maximum(int axis, int[] winners) implements Op {
  public static Var maximum(Var x, int axis) {
    Axes.check("Maximum", x.value(), axis);
    int n = x.value().dim(axis);
    Shapes.check(n > 0, "Maximum", x.value(), "at least one number along axis " + axis);
    Workspace w = x.tape().workspace();
    Tensor y = Axes.without(w, x.value(), axis);
    int[] winners = w.indices(y.size());
    int inner = Axes.inner(x.value(), axis);
    float[] a = x.data();
    float[] b = y.data();
    for (int i = 0; i < b.length; i++) {
      int at = i / inner * n * inner + i % inner;
      winners[i] = inner == 1 ? Extremes.argmax(a, at, n) : argmax(a, at, n, inner);
      b[i] = a[at + winners[i] * inner];
    }
    Op old = x.tape().previous();
    Op op =
        old instanceof Maximum same && same.axis == axis && same.winners == winners
            ? same
            : new Maximum(axis, winners);
    return x.tape().record(op, y, x);
  }

  private static int argmax(float[] x, int at, int n, int stride) {
    int best = 0;
    float top = x[at];
    for (int k = 1; k < n; k++) {
      float v = x[at + k * stride];
      if (v > top || (Float.isNaN(v) && !Float.isNaN(top))) {
        best = k;
        top = v;
      }
    }
    return best;
  }

  @Override
  public void backward(Var y, Var dy) {
    Var x = y.input(0);
    if (x.needsGradient()) {
      x.addGradient(Scatter.scatter(dy, axis, x.value().dim(axis), winners));
    }
  }
}
