package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * Indices from … to−1 of an axis.
 *
 * <p>Gradient: dx = dy there, zeros elsewhere ({@link Pad}).
 */
public record Slice(int axis, int from) implements Op {
  public static Var slice(Var x, int axis, int from, int to) {
    Axes.check("Slice", x.value(), axis);
    int size = x.value().dim(axis);
    if (from < 0 || from > to || to > size) {
      throw new IllegalArgumentException(
          "Slice: got %d to %d on axis %d of shape %s, expected 0 ≤ from ≤ to ≤ %d"
              .formatted(from, to, axis, x.value().shapeString(), size));
    }
    Tensor y = Axes.resized(x.tape().workspace(), x.value(), axis, to - from);
    int outer = Axes.outer(y, axis);
    int inner = Axes.inner(y, axis);
    int block = (to - from) * inner;
    for (int o = 0; o < outer; o++) {
      System.arraycopy(x.data(), (o * size + from) * inner, y.data(), o * block, block);
    }
    Op old = x.tape().previous();
    Op op =
        old instanceof Slice same && same.axis == axis && same.from == from
            ? same
            : new Slice(axis, from);
    return x.tape().record(op, y, x);
  }

  @Override
  public void backward(Var y, Var dy) {
    Var x = y.input(0);
    if (x.needsGradient()) {
      x.addGradient(Pad.pad(dy, axis, from, x.value().dim(axis)));
    }
  }
}
