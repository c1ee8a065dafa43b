package advx.engine;

import it.unimi.dsi.fastutil.objects.ObjectArrayList;

/**
 * Buffers that a loop uses again and again: the n-th request of a step gets the buffer of the n-th
 * request of the step before.
 *
 * <p>A step asks for the same shapes in the same order each time, so after the first step nothing
 * is allocated. A request whose shape differs from last time's replaces that one buffer. The
 * numbers in a buffer are whatever the last step left there; who takes a buffer overwrites all of
 * it.
 */
public final class Workspace {
  private final ObjectArrayList<Tensor> tensors = new ObjectArrayList<>();
  private final ObjectArrayList<Tensor> views = new ObjectArrayList<>();
  private final ObjectArrayList<int[]> indices = new ObjectArrayList<>();
  private int nextTensor;
  private int nextView;
  private int nextIndices;

  /** Starts the next step: every buffer handed out so far may be handed out again. */
  public void rewind() {
    nextTensor = 0;
    nextView = 0;
    nextIndices = 0;
  }

  public Tensor scalar() {
    return take(0, 0, 0, 0, 0);
  }

  public Tensor tensor(int d0) {
    return take(1, d0, 0, 0, 0);
  }

  public Tensor tensor(int d0, int d1) {
    return take(2, d0, d1, 0, 0);
  }

  public Tensor tensor(int d0, int d1, int d2) {
    return take(3, d0, d1, d2, 0);
  }

  public Tensor tensor(int d0, int d1, int d2, int d3) {
    return take(4, d0, d1, d2, d3);
  }

  /** A buffer of the same shape as this tensor. */
  public Tensor like(Tensor t) {
    return switch (t.rank()) {
      case 0 -> scalar();
      case 1 -> tensor(t.dim(0));
      case 2 -> tensor(t.dim(0), t.dim(1));
      case 3 -> tensor(t.dim(0), t.dim(1), t.dim(2));
      case 4 -> tensor(t.dim(0), t.dim(1), t.dim(2), t.dim(3));
      default -> any(t.shape());
    };
  }

  /** A buffer of any shape; allocates a little for more than four axes. */
  public Tensor any(int... shape) {
    return switch (shape.length) {
      case 0 -> scalar();
      case 1 -> tensor(shape[0]);
      case 2 -> tensor(shape[0], shape[1]);
      case 3 -> tensor(shape[0], shape[1], shape[2]);
      case 4 -> tensor(shape[0], shape[1], shape[2], shape[3]);
      default -> {
        Tensor old = nextTensor < tensors.size() ? tensors.get(nextTensor) : null;
        yield old != null && old.hasShape(shape)
            ? tensors.get(nextTensor++)
            : keep(Tensor.zeros(shape));
      }
    };
  }

  private Tensor take(int rank, int d0, int d1, int d2, int d3) {
    if (nextTensor < tensors.size() && tensors.get(nextTensor).hasShape(rank, d0, d1, d2, d3)) {
      return tensors.get(nextTensor++);
    }
    int[] shape = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      shape[axis] = axis == 0 ? d0 : axis == 1 ? d1 : axis == 2 ? d2 : d3;
    }
    return keep(Tensor.zeros(shape));
  }

  private Tensor keep(Tensor t) {
    if (nextTensor == tensors.size()) {
      tensors.add(t);
    } else {
      tensors.set(nextTensor, t);
    }
    nextTensor++;
    return t;
  }

  /** The numbers of x under another shape, not a copy. */
  public Tensor view(Tensor x, int... shape) {
    Tensor old = oldView(x);
    return old != null && old.hasShape(shape) ? views.get(nextView++) : keepView(x.view(shape));
  }

  /** The numbers of x under the shape of another tensor, not a copy. */
  public Tensor view(Tensor x, Tensor shape) {
    Tensor old = oldView(x);
    return old != null && old.sameShape(shape)
        ? views.get(nextView++)
        : keepView(x.view(shape.shape()));
  }

  /** The view that the step before asked for at this point, if it was one of the same numbers. */
  private Tensor oldView(Tensor x) {
    Tensor old = nextView < views.size() ? views.get(nextView) : null;
    return old != null && old.data() == x.data() ? old : null;
  }

  private Tensor keepView(Tensor t) {
    if (nextView == views.size()) {
      views.add(t);
    } else {
      views.set(nextView, t);
    }
    nextView++;
    return t;
  }

  /** A buffer of whole numbers: winners, labels, positions. */
  public int[] indices(int size) {
    if (nextIndices == indices.size()) {
      indices.add(new int[size]);
    } else if (indices.get(nextIndices).length != size) {
      indices.set(nextIndices, new int[size]);
    }
    return indices.get(nextIndices++);
  }
}
