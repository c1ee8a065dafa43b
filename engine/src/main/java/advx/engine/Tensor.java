package advx.engine;

import java.util.Arrays;

/**
 * A dense array of float32 numbers, row-major: element (i, j) of a matrix m×n lies at i·n + j.
 *
 * <p>The shape never changes. The numbers may: a tensor owns its array, hands it out through {@link
 * #data()} without a copy, and whoever writes into it is seen by everyone who holds the tensor.
 * Axis 0 is the batch wherever there is one; {@link #rows()} and {@link #columns()} read any shape
 * as a matrix of one row a sample.
 */
public final class Tensor {
  private final float[] data;
  private final int[] shape;

  private Tensor(float[] data, int[] shape) {
    this.data = data;
    this.shape = shape;
  }

  /** A tensor of zeros. */
  public static Tensor zeros(int... shape) {
    return new Tensor(new float[sizeOf(shape)], shape.clone());
  }

  /** A tensor over this very array; no copy is made. */
  public static Tensor of(float[] data, int... shape) {
    if (data.length != sizeOf(shape)) {
      throw new IllegalArgumentException(
          "Tensor.of: shape %s needs %d numbers, but the array holds %d"
              .formatted(Arrays.toString(shape), sizeOf(shape), data.length));
    }
    return new Tensor(data, shape.clone());
  }

  private static int sizeOf(int[] shape) {
    long size = 1;
    for (int d : shape) {
      if (d < 0) {
        throw new IllegalArgumentException("Tensor: negative size in " + Arrays.toString(shape));
      }
      size *= d;
      if (size > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException("Tensor: too large: " + Arrays.toString(shape));
      }
    }
    return (int) size;
  }

  /** The numbers themselves, not a copy. */
  public float[] data() {
    return data;
  }

  public int rank() {
    return shape.length;
  }

  public int size() {
    return data.length;
  }

  /** The size along one axis. */
  public int dim(int axis) {
    return shape[axis];
  }

  /** A copy of the shape. */
  public int[] shape() {
    return shape.clone();
  }

  /** The number of samples: the size of axis 0, or 1 for a scalar. */
  public int rows() {
    return shape.length == 0 ? 1 : shape[0];
  }

  /** The numbers of one sample: the product of all axes but the first. */
  public int columns() {
    int n = 1;
    for (int axis = 1; axis < shape.length; axis++) {
      n *= shape[axis];
    }
    return n;
  }

  /** One number, by its index along each axis. */
  public float get(int... index) {
    int at = 0;
    for (int axis = 0; axis < shape.length; axis++) {
      at = at * shape[axis] + java.util.Objects.checkIndex(index[axis], shape[axis]);
    }
    return data[at];
  }

  public boolean sameShape(Tensor other) {
    return Arrays.equals(shape, other.shape);
  }

  boolean hasShape(int[] other) {
    return Arrays.equals(shape, other);
  }

  /** Whether the shape is exactly this one; allocates nothing for up to four axes. */
  boolean hasShape(int rank, int d0, int d1, int d2, int d3) {
    return shape.length == rank
        && (rank < 1 || shape[0] == d0)
        && (rank < 2 || shape[1] == d1)
        && (rank < 3 || shape[2] == d2)
        && (rank < 4 || shape[3] == d3);
  }

  /** The same numbers under another shape: the array is shared. */
  public Tensor view(int... newShape) {
    return of(data, newShape);
  }

  public Tensor copy() {
    return new Tensor(data.clone(), shape);
  }

  /** Fills every element with one number and returns this tensor. */
  public Tensor fill(float value) {
    Arrays.fill(data, value);
    return this;
  }

  /** Copies the numbers of another tensor of the same size into this one. */
  public Tensor set(Tensor other) {
    if (other.size() != size()) {
      throw Shapes.mismatch("set", this, other, "the same number of elements");
    }
    System.arraycopy(other.data, 0, data, 0, data.length);
    return this;
  }

  /** The shape, for messages: {@code [100, 784]}. */
  public String shapeString() {
    return Arrays.toString(shape);
  }

  @Override
  public String toString() {
    String numbers =
        data.length <= 12
            ? Arrays.toString(data)
            : Arrays.toString(Arrays.copyOf(data, 12)).replace("]", ", …]");
    return "Tensor" + shapeString() + numbers;
  }
}
