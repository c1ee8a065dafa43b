package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * Each number at one place along a new axis of size n, zeros elsewhere: y[…, k, …] = x[…, …] with
 * an index k of its own for each element of x. The adjoint of {@link Pick}.
 *
 * <p>Gradient: dx = dy at those places ({@link Pick}).
 *
 * @param index one index per element of x, in its order; not copied
 */
public record Scatter(int axis, int[] index) implements Op {
  public static Var scatter(Var x, int axis, int n, int[] index) {
    if (axis < 0 || axis > x.value().rank() || n < 0) {
      throw new IllegalArgumentException(
          "Scatter: got shape %s, new axis %d of size %d, expected an axis from 0 to %d"
              .formatted(x.value().shapeString(), axis, n, x.value().rank()));
    }
    Pick.check("Scatter", x.value(), index, x.value().size(), n);
    Tensor y = Axes.with(x.tape().workspace(), x.value(), axis, n).fill(0);
    int inner = Axes.inner(y, axis);
    float[] from = x.data();
    float[] to = y.data();
    for (int i = 0; i < from.length; i++) {
      to[(i / inner * n + index[i]) * inner + i % inner] = from[i];
    }
    Op old = x.tape().previous();
    Op op =
        old instanceof Scatter same && same.axis == axis && same.index == index
            ? same
            : new Scatter(axis, index);
    return x.tape().record(op, y, x);
  }

  @Override
  public void backward(Var y, Var dy) {
    if (y.input(0).needsGradient()) {
      y.input(0).addGradient(Pick.pick(dy, axis, index));
    }
  }
}
