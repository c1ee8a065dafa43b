package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * One number per position along an axis, which then is gone from the shape: y[…, …] = x[…, k, …]
 * with an index k of its own for each element of y.
 *
 * <p>Gradient: dx = dy at the picked places, else 0 ({@link Scatter}).
 *
 * @param index one index per element of y, in its order; not copied
 */
public record Pick(int axis, int[] index) implements Op {
  public static Var pick(Var x, int axis, int[] index) {
    Axes.check("Pick", x.value(), axis);
    int n = x.value().dim(axis);
    Tensor y = Axes.without(x.tape().workspace(), x.value(), axis);
    check("Pick", x.value(), index, y.size(), n);
    int inner = Axes.inner(x.value(), axis);
    float[] from = x.data();
    float[] to = y.data();
    for (int i = 0; i < to.length; i++) {
      to[i] = from[(i / inner * n + index[i]) * inner + i % inner];
    }
    Op old = x.tape().previous();
    Op op =
        old instanceof Pick same && same.axis == axis && same.index == index
            ? same
            : new Pick(axis, index);
    return x.tape().record(op, y, x);
  }

  /** The number of each row's label: x [m, c], one label from 0 to c−1 a row, y [m]. */
  public static Var pickLabel(Var x, int[] labels) {
    Shapes.rank("Pick", x.value(), 2);
    return pick(x, 1, labels);
  }

  /** Fails unless there are this many indices, each from 0 to n−1. */
  static void check(String op, Tensor x, int[] index, int count, int n) {
    if (index.length != count) {
      throw new IllegalArgumentException(
          "%s: got %d indices for shape %s, expected %d"
              .formatted(op, index.length, x.shapeString(), count));
    }
    for (int i = 0; i < count; i++) {
      if (index[i] < 0 || index[i] >= n) {
        throw new IllegalArgumentException(
            "%s: got index %d at position %d for shape %s, expected 0 to %d"
                .formatted(op, index[i], i, x.shapeString(), n - 1));
      }
    }
  }

  @Override
  public void backward(Var y, Var dy) {
    Var x = y.input(0);
    if (x.needsGradient()) {
      x.addGradient(Scatter.scatter(dy, axis, x.value().dim(axis), index));
    }
  }
}
