package advx.engine.op;

import static advx.engine.op.Draws.between;
import static advx.engine.op.Draws.distinct;
import static advx.engine.op.Formulas.map;
import static advx.engine.op.Formulas.row;
import static advx.engine.op.Formulas.rows;
import static advx.engine.op.Formulas.sum;
import static advx.engine.op.Formulas.transposed;
import static advx.engine.op.Formulas.zip;
import static advx.engine.op.OpCase.batch;
import static advx.engine.op.OpCase.op;
import static advx.engine.op.OpCase.whole;

import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.kernel.ConvShape;
import advx.engine.kernel.PoolShape;
import advx.engine.kernel.Window;
import advx.engine.op.OpCase.Draw;
import advx.engine.op.OpCase.Input;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/** The operations on images and those of further layers; {@link OpCases} has the others. */
final class ImageCases {
  private static final Draw ANY = between(-1, 1);
  private static final int SAMPLES = 2;

  static final List<OpCase> ALL =
      List.of(
          conv(
                  "Conv2d (n wide)",
                  ANY,
                  ANY,
                  ANY,
                  n -> ConvShape.plain(3, n, 2, 3, 1, Window.of(3, 1, 1)))
              .refuses(new int[] {2, 3, 4, 5}, new int[] {3, 2, 3, 3}, new int[] {3}),
          conv(
              "Conv2d (n channels, stride)",
              ANY,
              ANY,
              ANY,
              n -> ConvShape.plain(4, 3, n, 2, 1, new Window(2, 3, 2, 1, 1, 0, 0, 2))),
          conv(
              "Conv2d (n units in two groups)",
              ANY,
              ANY,
              ANY,
              n -> ConvShape.plain(3, 3, 4, 2 * n, 2, Window.of(2, 1, 0))),
          // Weights but one in a filter are 0, so that no two of the maximum's candidates are near.
          conv(
              "Conv2d (pieces and pool)",
              distinct(),
              alone(12),
              halfway(2),
              n -> new ConvShape(4, n + 3, 3, 4, 2, 1, Window.of(2, 1, 0), Window.of(2, 2, 0))),
          conv(
              "Conv2d (overlapping pool of n units)",
              distinct(),
              alone(9),
              halfway(1),
              n -> new ConvShape(5, 7, 1, n, 1, 1, Window.of(3, 1, 1), Window.of(3, 2, 0))),
          conv(
              "Conv2d (pieces in groups)",
              distinct(),
              alone(3),
              halfway(2),
              n -> new ConvShape(2, 3, 6, 2 * n, 2, 2, Window.ONE, Window.ONE)),
          op(
                  "Conv1d",
                  List.of(
                      batch(n -> new int[] {2, n + 7, 3}, ANY),
                      whole(n -> new int[] {4, 3, 8}, ANY),
                      whole(n -> new int[] {4}, ANY)),
                  (x, first) -> Conv1d.conv1d(x[0], x[1], x[2], line(x[0].value().dim(1))),
                  (n, x) -> convolved(x[0], x[1], x[2], line(n + 7)))
              .refuses(new int[] {2, 10, 3}, new int[] {4, 2, 8}, new int[] {4}),
          op(
                  "ChannelsLast",
                  batch(n -> new int[] {3, 2 * n}, ANY),
                  x -> ChannelsLast.channelsLast(x, 1, x.value().dim(1) / 2, 2),
                  (n, x) -> transposed(x, 2, n))
              .refuses(new int[] {3, 5}),
          op(
                  "ChannelsFirst",
                  batch(n -> new int[] {3, 2, n, 5}, ANY),
                  ChannelsFirst::channelsFirst,
                  (n, x) -> transposed(x, 2 * n, 5))
              .refuses(new int[] {3, 5}),
          pool("MaxPool", distinct(), MaxPool::maxPool, Window.of(2, 2, 0), Math::max),
          pool(
              "MaxPool (overlapping, border)",
              distinct(),
              MaxPool::maxPool,
              Window.of(3, 2, 1),
              Math::max),
          pool("AveragePool", ANY, AveragePool::averagePool, Window.of(2, 2, 0), null),
          pool(
              "AveragePool (overlapping, border)",
              ANY,
              AveragePool::averagePool,
              Window.of(3, 2, 1),
              null),
          op(
                  "ChannelScale",
                  List.of(batch(n -> new int[] {2, 3, n}, ANY), whole(n -> new int[] {n}, ANY)),
                  (x, first) -> ChannelScale.channelScale(x[0], x[1]),
                  (n, x) -> rows(x[0], n, row -> zip(row, x[1], (a, b) -> a * b)))
              .refuses(new int[] {3, 4}, new int[] {5}),
          op(
                  "BatchNorm (training)",
                  List.of(
                      whole(n -> new int[] {3, n, 2}, ANY),
                      whole(n -> new int[] {2}, ANY),
                      whole(n -> new int[] {2}, ANY)),
                  (x, first) -> BatchNorm.training(x[0], x[1], x[2], 0.01f),
                  (n, x) -> normalised(x[0], x[1], x[2]))
              .refuses(new int[] {3, 4}, new int[] {5}, new int[] {5}),
          op(
              "BatchNorm (inference)",
              List.of(
                  batch(n -> new int[] {3, 2, n}, ANY),
                  whole(n -> new int[] {n}, ANY),
                  whole(n -> new int[] {n}, ANY)),
              (x, first) ->
                  BatchNorm.inference(
                      x[0],
                      x[1],
                      x[2],
                      Tensor.zeros(last(x[0])).fill(0.5f),
                      Tensor.zeros(last(x[0])).fill(0.24f),
                      0.01f),
              (n, x) ->
                  rows(
                      x[0],
                      n,
                      row ->
                          zip(
                              zip(map(row, v -> (v - 0.5) / 0.5), x[1], (a, b) -> a * b),
                              x[2],
                              Double::sum))),
          op(
                  "Rbf",
                  List.of(
                      batch(n -> new int[] {5, n}, ANY),
                      whole(n -> new int[] {3, n}, ANY),
                      whole(n -> new int[] {3, n}, between(-0.1f, 0.1f))),
                  (x, first) -> Rbf.rbf(x[0], x[1], x[2]),
                  ImageCases::radial)
              .refuses(new int[] {3, 4}, new int[] {2, 5}, new int[] {2, 5}),
          op(
                  "QuadraticForm",
                  List.of(
                      batch(n -> new int[] {5, n}, ANY),
                      whole(n -> new int[] {3, n}, ANY),
                      whole(n -> new int[] {3, n}, between(-0.1f, 0.1f))),
                  (x, first) -> QuadraticForm.quadraticForm(x[0], x[1], x[2]),
                  ImageCases::exponents)
              .refuses(new int[] {3, 4}, new int[] {2, 5}, new int[] {2, 5}));

  private ImageCases() {}

  private static ConvShape line(int length) {
    return ConvShape.plain(1, length, 3, 4, 1, new Window(1, 8, 1, 4, 0, 2, 0, 3));
  }

  private static OpCase conv(
      String name, Draw x, Draw w, Draw b, Function<Integer, ConvShape> shape) {
    List<Input> inputs =
        List.of(
            batch(
                n -> {
                  ConvShape c = shape.apply(n);
                  return new int[] {SAMPLES, c.height(), c.width(), c.channels()};
                },
                x),
            whole(
                n -> {
                  ConvShape c = shape.apply(n);
                  return new int[] {
                    c.filters(), c.depth(), c.kernel().height(), c.kernel().width()
                  };
                },
                w),
            whole(n -> new int[] {shape.apply(n).filters()}, b));
    return op(
        name,
        inputs,
        (v, first) -> Conv2d.conv2d(v[0], v[1], v[2], shape.apply(sizeOf(v, shape))),
        (n, v) -> convolved(v[0], v[1], v[2], shape.apply(n)));
  }

  /** The size n that these inputs were drawn for. */
  private static int sizeOf(Var[] v, Function<Integer, ConvShape> shape) {
    for (int n = 1; n <= 207; n++) {
      ConvShape c = shape.apply(n);
      if (c.inputs() == v[0].value().columns() && c.filters() == v[1].value().rows()) {
        return n;
      }
    }
    return 1;
  }

  /** The definition. */
  private static double[] convolved(double[] x, double[] w, double[] b, ConvShape c) {
    double[] y = new double[x.length / c.inputs() * c.outputs()];
    for (int at = 0; at < y.length; at++) {
      int unit = at % c.units();
      int column = at / c.units() % c.columns();
      int row = at / c.units() / c.columns() % c.rows();
      int image = at / c.outputs() * c.inputs();
      double best = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < c.pool().height(); i++) {
        for (int j = 0; j < c.pool().width(); j++) {
          for (int p = 0; p < c.pieces(); p++) {
            int filter = unit * c.pieces() + p;
            int top = (row * c.pool().strideY() + i) * c.kernel().strideY() - c.kernel().top();
            int left = (column * c.pool().strideX() + j) * c.kernel().strideX() - c.kernel().left();
            double value = b[filter] + product(x, image, top, left, w, filter, c);
            best = Math.max(best, value);
          }
        }
      }
      y[at] = best;
    }
    return y;
  }

  private static double product(
      double[] x, int image, int top, int left, double[] w, int filter, ConvShape c) {
    double sum = 0;
    int tap = filter * c.taps();
    int first = filter / (c.filters() / c.groups()) * c.depth();
    for (int i = 0; i < c.depth(); i++) {
      for (int ky = top; ky < top + c.kernel().height(); ky++) {
        for (int kx = left; kx < left + c.kernel().width(); kx++, tap++) {
          if (ky >= 0 && ky < c.height() && kx >= 0 && kx < c.width()) {
            sum += w[tap] * x[image + (ky * c.width() + kx) * c.channels() + first + i];
          }
        }
      }
    }
    return sum;
  }

  /** Whole numbers other than 0 at every n-th place, 0 between them. */
  private static Draw alone(int n) {
    return (size, random) -> {
      float[] w = new float[size];
      for (int i = n / 2; i < size; i += n) {
        w[i] = 1 + random.nextInt(3);
      }
      return w;
    };
  }

  /** A multiple of 0.01 for the first piece of a unit, halfway between two for the second. */
  private static Draw halfway(int pieces) {
    return (size, random) -> {
      float[] b = new float[size];
      for (int i = 0; i < size; i++) {
        b[i] = 0.01f * random.nextInt(20) + 0.005f * (i % pieces);
      }
      return b;
    };
  }

  /** The operation of a pooling. */
  @FunctionalInterface
  private interface Pooling {
    Var apply(Var x, PoolShape shape);
  }

  /** Pooling of images 5 high, 4 wide, with n channels; by a sum's mean if there is no operator. */
  private static OpCase pool(
      String name, Draw draw, Pooling pooling, Window window, DoubleBinaryOperator operator) {
    return op(
            name,
            batch(n -> new int[] {SAMPLES, 5, 4, n}, draw),
            x -> pooling.apply(x, new PoolShape(5, 4, Math.max(1, last(x)), window)),
            (n, x) -> pooled(x, new PoolShape(5, 4, n, window), operator))
        .refuses(new int[] {2, 4, 4, 3});
  }

  private static double[] radial(int n, double[][] x) {
    return map(exponents(n, x), q -> Math.exp(-q));
  }

  private static double[] exponents(int n, double[][] x) {
    double[] y = new double[x[0].length / n * 3];
    for (int i = 0; i < y.length; i++) {
      double[] centre = row(x[1], i % 3, n);
      double[] distance = zip(row(x[0], i / 3, n), centre, (a, b) -> a - b);
      y[i] = sum(map(zip(distance, row(x[2], i % 3, n), (a, b) -> a * b), v -> v * v));
    }
    return y;
  }

  /** Two channels, ε 0.01. */
  private static double[] normalised(double[] x, double[] gamma, double[] beta) {
    double[] y = new double[x.length];
    for (int c = 0; c < 2; c++) {
      double[] channel = row(transposed(x, x.length / 2, 2), c, x.length / 2);
      double mean = sum(channel) / channel.length;
      double variance = sum(map(channel, v -> (v - mean) * (v - mean))) / channel.length;
      for (int i = 0; i < channel.length; i++) {
        y[2 * i + c] = gamma[c] * (channel[i] - mean) / Math.sqrt(variance + 0.01) + beta[c];
      }
    }
    return y;
  }

  private static int last(Var x) {
    return x.value().dim(x.value().rank() - 1);
  }

  private static double[] pooled(double[] x, PoolShape p, DoubleBinaryOperator operator) {
    double[] y = new double[x.length / p.inputs() * p.outputs()];
    for (int at = 0; at < y.length; at++) {
      int c = at % p.channels();
      int left = at / p.channels() % p.columns() * p.window().strideX() - p.window().left();
      int top =
          at / p.channels() / p.columns() % p.rows() * p.window().strideY() - p.window().top();
      int image = at / p.outputs() * p.inputs();
      DoubleStream.Builder seen = DoubleStream.builder();
      for (int i = Math.max(top, 0); i < Math.min(top + p.window().height(), p.height()); i++) {
        for (int j = Math.max(left, 0); j < Math.min(left + p.window().width(), p.width()); j++) {
          seen.add(x[image + (i * p.width() + j) * p.channels() + c]);
        }
      }
      DoubleStream values = seen.build();
      y[at] =
          operator == null ? values.average().getAsDouble() : values.reduce(operator).getAsDouble();
    }
    return y;
  }
}
