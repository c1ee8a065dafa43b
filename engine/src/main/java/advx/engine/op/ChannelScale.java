package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.kernel.ChannelMaps;

/**
 * y = x·f, one factor for each column: y[…, c] = x[…, c]·f[c].
 *
 * <p>Gradient: dx = dy·f, df[c] = Σ dy[…, c]·x[…, c], over a sample's places by the rule of {@link
 * Sum} and then over ascending samples. Shapes: x and y [m, …, n], f [n].
 */
public final class ChannelScale implements Op {
  private static final ChannelScale OP = new ChannelScale();

  private ChannelScale() {}

  public static Var channelScale(Var x, Var factors) {
    int rank = x.value().rank();
    if (rank < 1
        || factors.value().rank() != 1
        || x.value().dim(rank - 1) != factors.value().dim(0)) {
      throw Shapes.mismatch("ChannelScale", x.value(), factors.value(), "[m, …, n] and [n]");
    }
    Tensor y = x.tape().workspace().like(x.value());
    int channels = factors.value().size();
    ChannelMaps.scale(x.tape().workers(), x.data(), factors.data(), channels, y.data());
    return x.tape().record(OP, y, x, factors);
  }

  /** Σ over all axes but the last, a sample's places first, then the samples. */
  static Var total(Var x) {
    int samples = x.value().rows();
    int n = x.value().dim(x.value().rank() - 1);
    if (x.value().rank() == 1) {
      return x;
    }
    if (x.value().rank() == 2) {
      return Sum.sum(x, 0);
    }
    int places = samples == 0 ? 0 : x.value().size() / (samples * n);
    return Sum.sum(Sum.sum(Reshape.reshape(x, samples, places, n), 1), 0);
  }

  @Override
  public void backward(Var y, Var dy) {
    Var x = y.input(0);
    Var factors = y.input(1);
    if (x.needsGradient()) {
      x.addGradient(channelScale(dy, factors));
    }
    if (factors.needsGradient()) {
      factors.addGradient(total(Multiply.multiply(dy, x)));
    }
  }
}
