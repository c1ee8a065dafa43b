package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * Two axes change places; for a matrix y[j, i] = x[i, j].
 *
 * <p>Gradient: dx = the same two axes of dy changed back.
 */
public record Transpose(int axis, int other) implements Op {
  /** A matrix: [m, n] becomes [n, m]. */
  public static Var transpose(Var x) {
    Shapes.rank("Transpose", x.value(), 2);
    return transpose(x, 0, 1);
  }

  /** Any two axes of a tensor. */
  public static Var transpose(Var x, int axis, int other) {
    Axes.check("Transpose", x.value(), axis);
    Axes.check("Transpose", x.value(), other);
    int p = Math.min(axis, other);
    int q = Math.max(axis, other);
    if (p == q) {
      return x;
    }
    Tensor y = swapped(x, p, q);
    int m = x.value().dim(p);
    int n = x.value().dim(q);
    int inner = Axes.inner(x.value(), q);
    int between = m * n * inner == 0 ? 0 : Axes.inner(x.value(), p) / (n * inner);
    float[] from = x.data();
    float[] to = y.data();
    int at = 0;
    for (int outer = 0; outer < to.length; outer += m * between * n * inner) {
      for (int j = 0; j < n; j++) {
        for (int b = 0; b < between; b++) {
          for (int i = 0; i < m; i++) {
            int source = outer + ((i * between + b) * n + j) * inner;
            for (int k = 0; k < inner; k++) {
              to[at++] = from[source + k];
            }
          }
        }
      }
    }
    Op old = x.tape().previous();
    Op op =
        old instanceof Transpose same && same.axis == p && same.other == q
            ? same
            : new Transpose(p, q);
    return x.tape().record(op, y, x);
  }

  private static Tensor swapped(Var x, int p, int q) {
    Tensor t = x.value();
    if (t.rank() == 2) {
      return x.tape().workspace().tensor(t.dim(1), t.dim(0));
    }
    int[] shape = t.shape();
    shape[p] = t.dim(q);
    shape[q] = t.dim(p);
    return x.tape().workspace().any(shape);
  }

  @Override
  public void backward(Var y, Var dy) {
    if (y.input(0).needsGradient()) {
      y.input(0).addGradient(transpose(dy, axis, other));
    }
  }
}
