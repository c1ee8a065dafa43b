package advx.engine.op;

import advx.engine.Var;

/**
 * y = Σ x / n, over everything or over one axis: a {@link Sum}, divided once.
 *
 * <p>Gradient: dx = dy/n, the same number at all places.
 */
public final class Mean {
  private Mean() {}

  /** Over everything; a scalar. */
  public static Var mean(Var x) {
    return DivideBy.divideBy(Sum.sum(x), x.value().size());
  }

  /** Over one axis, which then is gone from the shape. */
  public static Var mean(Var x, int axis) {
    Axes.check("Mean", x.value(), axis);
    return DivideBy.divideBy(Sum.sum(x, axis), x.value().dim(axis));
  }
}
