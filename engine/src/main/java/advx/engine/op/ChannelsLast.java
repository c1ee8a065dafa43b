package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.kernel.Turn;

/**
 * Images channel by channel, as data sets and other tools keep them, to images with their channels
 * last, as convolutions want them: y[s][pixel][c] = x[s][c·pixels + pixel].
 *
 * <p>Gradient: dx = {@link ChannelsFirst} of dy. Shapes: x [samples, channels·height·width], y
 * [samples, height, width, channels].
 */
public record ChannelsLast(int height, int width, int channels) implements Op {
  public static Var channelsLast(Var x, int height, int width, int channels) {
    if (x.value().rank() != 2 || x.value().dim(1) != height * width * channels) {
      Shapes.check(
          false,
          "ChannelsLast",
          x.value(),
          "[samples, %d·%d·%d]".formatted(channels, height, width));
    }
    Tensor y = x.tape().workspace().tensor(x.value().rows(), height, width, channels);
    int pixels = height * width;
    Turn.turn(x.tape().workers(), x.data(), x.value().rows(), channels, pixels, y.data());
    Op old = x.tape().previous();
    Op op =
        old instanceof ChannelsLast same
                && same.height == height
                && same.width == width
                && same.channels == channels
            ? same
            : new ChannelsLast(height, width, channels);
    return x.tape().record(op, y, x);
  }

  @Override
  public void backward(Var y, Var dy) {
    if (y.input(0).needsGradient()) {
      y.input(0).addGradient(ChannelsFirst.channelsFirst(dy));
    }
  }
}
