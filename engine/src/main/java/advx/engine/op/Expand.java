package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;
import java.util.Arrays;

/**
 * The same numbers repeated: along a new axis, y[…, k, …] = x[…, …] for k = 0 … n−1, or one number
 * at every place of a shape. The adjoint of {@link Sum}, and the only broadcasting there is besides
 * {@link Bias}.
 *
 * <p>Gradient: dx = Σ dy over the new axis, or over everything.
 *
 * @param axis the new axis, or −1 for a scalar at every place of a shape
 */
public record Expand(int axis) implements Op {
  private static final Expand ALL = new Expand(-1);
  private static final Expand FIRST = new Expand(0);
  private static final Expand SECOND = new Expand(1);

  /** A scalar at every place of this tensor's shape. */
  public static Var expand(Var x, Tensor shape) {
    if (x.value().rank() != 0) {
      throw Shapes.mismatch("Expand", x.value(), shape, "a scalar to put at every place");
    }
    Tensor y = x.tape().workspace().like(shape).fill(x.data()[0]);
    return x.tape().record(ALL, y, x);
  }

  /** With a new axis of size n at this place, 0 for the first. */
  public static Var expand(Var x, int axis, int n) {
    if (axis < 0 || axis > x.value().rank() || n < 0) {
      throw new IllegalArgumentException(
          "Expand: got shape %s, new axis %d of size %d, expected an axis from 0 to %d"
              .formatted(x.value().shapeString(), axis, n, x.value().rank()));
    }
    Tensor y = Axes.with(x.tape().workspace(), x.value(), axis, n);
    int outer = Axes.outer(y, axis);
    int inner = Axes.inner(y, axis);
    for (int o = 0; o < outer; o++) {
      repeat(x.data(), o * inner, inner, y.data(), o * n * inner, n);
    }
    Expand op = axis == 0 ? FIRST : axis == 1 ? SECOND : new Expand(axis);
    return x.tape().record(op, y, x);
  }

  /** Writes a block of x n times, one after the other. */
  private static void repeat(float[] x, int from, int block, float[] y, int to, int n) {
    if (block == 1) {
      Arrays.fill(y, to, to + n, x[from]);
      return;
    }
    for (int k = 0; k < n; k++) {
      System.arraycopy(x, from, y, to + k * block, block);
    }
  }

  @Override
  public void backward(Var y, Var dy) {
    if (y.input(0).needsGradient()) {
      y.input(0).addGradient(axis < 0 ? Sum.sum(dy) : Sum.sum(dy, axis));
    }
  }
}
