package advx.engine.op;

import advx.engine.Shapes;
import advx.engine.Var;
import advx.engine.kernel.ConvShape;

/**
 * A convolution along one axis: y[s][q][u] = b[u] + Σ x[s][q·stride + t − border][c]·W[u][c][t]. It
 * is {@link Conv2d} on images of height 1, seen without that axis.
 *
 * <p>Shapes: x [samples, length, channels], W [units·pieces, channels/groups, taps], b
 * [units·pieces], y [samples, positions, units].
 */
public final class Conv1d {
  private Conv1d() {}

  /** The convolution of a shape whose image and kernel have height 1. */
  public static Var conv1d(Var x, Var w, Var b, ConvShape shape) {
    Shapes.rank("Conv1d", x.value(), 3);
    Shapes.rank("Conv1d", w.value(), 3);
    if (shape.height() != 1 || shape.kernel().height() != 1 || shape.rows() != 1) {
      throw new IllegalArgumentException(
          "Conv1d: got an image of height %d and a kernel %s, expected both of height 1"
              .formatted(shape.height(), shape.kernel()));
    }
    int length = x.value().dim(1);
    int channels = x.value().dim(2);
    int filters = w.value().dim(0);
    int depth = w.value().dim(1);
    int taps = w.value().dim(2);
    boolean fits =
        length == shape.width()
            && channels == shape.channels()
            && filters == shape.filters()
            && depth == shape.depth()
            && taps == shape.kernel().width();
    if (!fits) {
      throw Shapes.mismatch(
          "Conv1d",
          x.value(),
          w.value(),
          "[samples, %d, %d] and weights [%d, %d, %d]"
              .formatted(
                  shape.width(),
                  shape.channels(),
                  shape.filters(),
                  shape.depth(),
                  shape.kernel().width()));
    }
    int samples = x.value().rows();
    Var image = Reshape.reshape(x, samples, 1, length, channels);
    Var kernels = Reshape.reshape(w, filters, depth, 1, taps);
    Var y = Conv2d.conv2d(image, kernels, b, shape);
    return Reshape.reshape(y, samples, shape.columns(), shape.units());
  }
}
