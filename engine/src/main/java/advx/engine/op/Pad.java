package advx.engine.op;

import advx.engine.Op;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * Zeros before and after along an axis: x at indices from … of an axis that then has this size. The
 * adjoint of {@link Slice}.
 *
 * <p>Gradient: dx = dy at those indices.
 */
public record Pad(int axis, int from) implements Op {
  public static Var pad(Var x, int axis, int from, int size) {
    Axes.check("Pad", x.value(), axis);
    int n = x.value().dim(axis);
    if (from < 0 || from + n > size) {
      throw new IllegalArgumentException(
          "Pad: got shape %s at %d of an axis of size %d, expected %d or more"
              .formatted(x.value().shapeString(), from, size, Math.max(from, 0) + n));
    }
    Tensor y = Axes.resized(x.tape().workspace(), x.value(), axis, size).fill(0);
    int outer = Axes.outer(y, axis);
    int inner = Axes.inner(y, axis);
    int block = n * inner;
    for (int o = 0; o < outer; o++) {
      System.arraycopy(x.data(), o * block, y.data(), (o * size + from) * inner, block);
    }
    Op old = x.tape().previous();
    Op op =
        old instanceof Pad same && same.axis == axis && same.from == from
            ? same
            : new Pad(axis, from);
    return x.tape().record(op, y, x);
  }

  @Override
  public void backward(Var y, Var dy) {
    Var x = y.input(0);
    if (x.needsGradient()) {
      x.addGradient(Slice.slice(dy, axis, from, from + x.value().dim(axis)));
    }
  }
}
