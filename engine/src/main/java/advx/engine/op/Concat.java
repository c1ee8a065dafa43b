package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;

/**
 * Tensors one after the other along an axis.
 *
 * <p>Gradient: to each input its {@link Slice} of dy. Shapes: equal but for that axis.
 */
public record Concat(int axis) implements Op {
  public static Var concat(int axis, Var... parts) {
    if (parts.length == 0) {
      throw new IllegalArgumentException("Concat: got no tensor, expected at least one");
    }
    Tensor first = parts[0].value();
    Axes.check("Concat", first, axis);
    int total = 0;
    for (Var part : parts) {
      if (!Axes.equalBut(first, part.value(), axis)) {
        throw Shapes.mismatch("Concat", first, part.value(), "equal shapes but for axis " + axis);
      }
      total += part.value().dim(axis);
    }
    Tensor y = Axes.resized(parts[0].tape().workspace(), first, axis, total);
    int outer = Axes.outer(y, axis);
    int inner = Axes.inner(y, axis);
    int at = 0;
    for (Var part : parts) {
      int block = part.value().dim(axis) * inner;
      for (int o = 0; o < outer; o++) {
        System.arraycopy(part.data(), o * block, y.data(), o * total * inner + at, block);
      }
      at += block;
    }
    Op old = parts[0].tape().previous();
    Op op = old instanceof Concat same && same.axis == axis ? same : new Concat(axis);
    return parts[0].tape().record(op, y, parts);
  }

  @Override
  public void backward(Var y, Var dy) {
    int at = 0;
    for (int i = 0; i < y.inputCount(); i++) {
      Var part = y.input(i);
      int end = at + part.value().dim(axis);
      if (part.needsGradient()) {
        part.addGradient(Slice.slice(dy, axis, at, end));
      }
      at = end;
    }
  }
}
