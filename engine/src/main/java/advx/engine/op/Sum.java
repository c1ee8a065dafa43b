package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workspace;
import advx.engine.kernel.ColumnSums;
import advx.engine.kernel.Lanes;
import advx.engine.kernel.Sums;

/**
 * y = Σ x, over everything or over one axis, which then is gone from the shape.
 *
 * <p>Order of the additions: axis 0 is the batch and is summed in an ascending chain; any other
 * axis in 64 lanes, index mod 64, and a fixed tree ({@link Sums}). Over everything: the lanes over
 * each row (all axes but 0), then the chain over the rows. So a sample's sum never depends on its
 * batch.
 *
 * <p>Gradient: dx = dy, the same number at all places that were added up.
 *
 * @param axis the axis, or −1 for everything
 */
public record Sum(int axis) implements Op {
  private static final Sum ALL = new Sum(-1);
  private static final Sum BATCH = new Sum(0);
  private static final Sum SECOND = new Sum(1);

  /** Over everything; a scalar. */
  public static Var sum(Var x) {
    Workspace w = x.tape().workspace();
    Tensor y = w.scalar();
    float[] lanes = w.tensor(Lanes.LOGICAL).data();
    float[] a = x.data();
    int columns = x.value().columns();
    float total = 0;
    for (int row = 0; row < x.value().rows(); row++) {
      total += columns == 1 ? a[row] : Sums.sum(a, row * columns, columns, lanes);
    }
    y.data()[0] = total;
    return x.tape().record(ALL, y, x);
  }

  /** Over one axis. */
  public static Var sum(Var x, int axis) {
    Axes.check("Sum", x.value(), axis);
    Workspace w = x.tape().workspace();
    Tensor y = Axes.without(w, x.value(), axis);
    int n = x.value().dim(axis);
    int inner = Axes.inner(x.value(), axis);
    if (axis == 0) {
      ColumnSums.sum(x.tape().workers(), x.data(), n, inner, y.data());
    } else {
      float[] lanes = w.tensor(Lanes.LOGICAL).data();
      lanes(x.data(), y.data(), n, inner, lanes);
    }
    return x.tape().record(axis == 0 ? BATCH : axis == 1 ? SECOND : new Sum(axis), y, x);
  }

  private static void lanes(float[] x, float[] y, int n, int inner, float[] lanes) {
    for (int i = 0; i < y.length; i++) {
      int at = i / inner * n * inner + i % inner;
      y[i] = inner == 1 ? Sums.sum(x, at, n, lanes) : Sums.strided(x, at, n, inner, lanes);
    }
  }

  @Override
  public void backward(Var y, Var dy) {
    Var x = y.input(0);
    if (x.needsGradient()) {
      x.addGradient(
          axis < 0 ? Expand.expand(dy, x.value()) : Expand.expand(dy, axis, x.value().dim(axis)));
    }
  }
}
