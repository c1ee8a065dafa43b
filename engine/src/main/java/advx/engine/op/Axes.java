package advx.engine.op;

import advx.engine.Tensor;
import advx.engine.Workspace;

/**
 * Shapes around one axis. A tensor is read there as [outer, n, inner]: n numbers along the axis,
 * inner numbers apart, for each of outer·inner positions.
 */
final class Axes {
  private Axes() {}

  static void check(String op, Tensor x, int axis) {
    if (axis < 0 || axis >= x.rank()) {
      throw new IllegalArgumentException(
          "%s: got axis %d of shape %s, expected 0 to %d"
              .formatted(op, axis, x.shapeString(), x.rank() - 1));
    }
  }

  static int outer(Tensor x, int axis) {
    int n = 1;
    for (int i = 0; i < axis; i++) {
      n *= x.dim(i);
    }
    return n;
  }

  static int inner(Tensor x, int axis) {
    int n = 1;
    for (int i = axis + 1; i < x.rank(); i++) {
      n *= x.dim(i);
    }
    return n;
  }

  /** A buffer of x's shape without this axis. */
  static Tensor without(Workspace w, Tensor x, int axis) {
    int a = axis <= 0 ? 1 : 0;
    int b = axis <= 1 ? 2 : 1;
    int c = axis <= 2 ? 3 : 2;
    return switch (x.rank()) {
      case 1 -> w.scalar();
      case 2 -> w.tensor(x.dim(a));
      case 3 -> w.tensor(x.dim(a), x.dim(b));
      case 4 -> w.tensor(x.dim(a), x.dim(b), x.dim(c));
      default -> {
        int[] shape = new int[x.rank() - 1];
        for (int i = 0; i < shape.length; i++) {
          shape[i] = x.dim(i < axis ? i : i + 1);
        }
        yield w.any(shape);
      }
    };
  }

  /** A buffer of x's shape with one more axis, of size n, at this place. */
  static Tensor with(Workspace w, Tensor x, int axis, int n) {
    return switch (x.rank()) {
      case 0 -> w.tensor(n);
      case 1 -> w.tensor(inserted(x, axis, n, 0), inserted(x, axis, n, 1));
      case 2 -> w.tensor(inserted(x, axis, n, 0), inserted(x, axis, n, 1), inserted(x, axis, n, 2));
      default -> {
        int[] shape = new int[x.rank() + 1];
        for (int i = 0; i < shape.length; i++) {
          shape[i] = inserted(x, axis, n, i);
        }
        yield w.any(shape);
      }
    };
  }

  private static int inserted(Tensor x, int axis, int n, int i) {
    return i < axis ? x.dim(i) : i == axis ? n : x.dim(i - 1);
  }

  /** A buffer of x's shape with n instead of its size along this axis. */
  static Tensor resized(Workspace w, Tensor x, int axis, int n) {
    return switch (x.rank()) {
      case 1 -> w.tensor(n);
      case 2 -> w.tensor(axis == 0 ? n : x.dim(0), axis == 1 ? n : x.dim(1));
      case 3 ->
          w.tensor(axis == 0 ? n : x.dim(0), axis == 1 ? n : x.dim(1), axis == 2 ? n : x.dim(2));
      default -> {
        int[] shape = x.shape();
        shape[axis] = n;
        yield w.any(shape);
      }
    };
  }

  /** Whether the two shapes are equal but for this axis. */
  static boolean equalBut(Tensor x, Tensor y, int axis) {
    if (x.rank() != y.rank()) {
      return false;
    }
    for (int i = 0; i < x.rank(); i++) {
      if (i != axis && x.dim(i) != y.dim(i)) {
        return false;
      }
    }
    return true;
  }
}
