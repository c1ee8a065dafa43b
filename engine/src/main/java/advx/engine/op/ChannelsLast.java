package advx.engine.op;

import advx.engine.Op;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Var;

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
    transpose(x.data(), x.value().rows(), channels, height * width, y.data());
    return x.tape().record(new ChannelsLast(height, width, channels), y, x);
  }

  /** [samples, m, n] to [samples, n, m]. */
  static void transpose(float[] x, int samples, int m, int n, float[] y) {
    if (m == 1 || n == 1) {
      System.arraycopy(x, 0, y, 0, x.length);
      return;
    }
    for (int s = 0; s < samples; s++) {
      int at = s * m * n;
      for (int j = 0; j < n; j++) {
        for (int i = 0; i < m; i++) {
          y[at + j * m + i] = x[at + i * n + j];
        }
      }
    }
  }

  @Override
  public void backward(Var y, Var dy) {
    if (y.input(0).needsGradient()) {
      y.input(0).addGradient(ChannelsFirst.channelsFirst(dy));
    }
  }
}
