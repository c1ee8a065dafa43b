package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.kernel.Turn;

/**
 * Images with their channels last to images channel by channel, each a flat row, as dense layers
 * and other tools want them: y[s][c·pixels + pixel] = x[s][pixel][c].
 *
 * <p>Gradient: dx = {@link ChannelsLast} of dy. Shapes: x [samples, height, width, channels], y
 * [samples, channels·height·width].
 */
public final class ChannelsFirst implements Op {
  private static final ChannelsFirst OP = new ChannelsFirst();

  private ChannelsFirst() {}

  public static Var channelsFirst(Var x) {
    Shapes.rank("ChannelsFirst", x.value(), 4);
    Tensor y = x.tape().workspace().tensor(x.value().rows(), x.value().columns());
    int pixels = x.value().dim(1) * x.value().dim(2);
    Turn.turn(x.tape().workers(), x.data(), x.value().rows(), pixels, x.value().dim(3), y.data());
    return x.tape().record(OP, y, x);
  }

  @Override
  public void backward(Var y, Var dy) {
    Tensor x = y.input(0).value();
    if (y.input(0).needsGradient()) {
      y.input(0).addGradient(ChannelsLast.channelsLast(dy, x.dim(1), x.dim(2), x.dim(3)));
    }
  }
}
