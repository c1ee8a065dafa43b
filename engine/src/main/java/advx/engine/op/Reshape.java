package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;
import java.util.Arrays;

/**
 * The same numbers in the same order under another shape; no copy is made.
 *
 * <p>Gradient: dx = dy under x's shape. Shapes: the number of elements stays.
 */
public final class Reshape implements Op {
  private static final Reshape OP = new Reshape();

  private Reshape() {}

  public static Var reshape(Var x, int... shape) {
    int size = 1;
    for (int d : shape) {
      size *= d;
    }
    if (size != x.value().size()) {
      throw new IllegalArgumentException(
          "Reshape: got shapes %s and %s, expected two of the same number of elements"
              .formatted(x.value().shapeString(), Arrays.toString(shape)));
    }
    return x.tape().record(OP, x.tape().workspace().view(x.value(), shape), x);
  }

  /** To the shape of this tensor. */
  public static Var reshape(Var x, Tensor shape) {
    if (x.value().size() != shape.size()) {
      throw Shapes.mismatch("Reshape", x.value(), shape, "two of the same number of elements");
    }
    return x.tape().record(OP, x.tape().workspace().view(x.value(), shape), x);
  }

  @Override
  public void backward(Var y, Var dy) {
    if (y.input(0).needsGradient()) {
      y.input(0).addGradient(reshape(dy, y.input(0).value()));
    }
  }
}
