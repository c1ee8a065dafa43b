package advx.bench.work;

import advx.engine.InputException;
import advx.engine.Workers;
import advx.engine.kernel.AveragePool;
import advx.engine.kernel.MaxPool;
import advx.engine.kernel.PoolShape;
import advx.engine.kernel.Window;

/** Max or average pooling, or its gradient. Channels are last, windows lie side by side. */
final class PoolWork extends Work {
  private final Workers workers;
  private final PoolShape p;
  private final boolean maximum;
  private final boolean forward;
  private final int size;
  private final int samples;
  private final float[] x;
  private final float[] y;
  private final float[] dy;
  private final float[] dx;
  private final int[] winners;

  PoolWork(Shape shape, Workers workers) {
    super(flops(shape), bytes(shape));
    this.workers = workers;
    p = geometry(shape);
    maximum = maximum(shape);
    forward = forward(shape);
    size = shape.size("pool");
    samples = shape.size("samples");
    x = Numbers.uniform(samples * p.inputs(), 0);
    dy = Numbers.uniform(samples * p.outputs(), 1);
    y = new float[dy.length];
    dx = new float[x.length];
    winners = new int[dy.length];
    MaxPool.pool(workers, p, x, samples, y, winners);
  }

  private static PoolShape geometry(Shape shape) {
    int image = shape.size("image");
    int pool = shape.size("pool");
    return new PoolShape(image, image, shape.size("channels"), Window.of(pool, pool, 0));
  }

  private static boolean maximum(Shape shape) {
    return switch (shape.word("of")) {
      case "max" -> true;
      case "average" -> false;
      default ->
          throw new InputException(
              "shapes.txt: '%s' has of=%s: give max or average."
                  .formatted(shape.name(), shape.word("of")));
    };
  }

  private static boolean forward(Shape shape) {
    return switch (shape.word("pass")) {
      case "forward" -> true;
      case "gradient" -> false;
      default ->
          throw new InputException(
              "shapes.txt: '%s' has pass=%s: give forward or gradient."
                  .formatted(shape.name(), shape.word("pass")));
    };
  }

  /** A comparison or an addition for each pixel; a winner alone gets its gradient. */
  private static double flops(Shape shape) {
    PoolShape p = geometry(shape);
    boolean winners = maximum(shape) && !forward(shape);
    return (double) shape.size("samples") * (winners ? p.outputs() : p.inputs());
  }

  /** Images and results once each, and with a maximum who won. */
  private static double bytes(Shape shape) {
    PoolShape p = geometry(shape);
    return 4.0 * shape.size("samples") * (p.inputs() + (maximum(shape) ? 2.0 : 1.0) * p.outputs());
  }

  @Override
  public void run() {
    if (maximum && forward) {
      MaxPool.pool(workers, p, x, samples, y, winners);
    } else if (maximum) {
      MaxPool.spread(workers, p, dy, samples, winners, dx);
    } else if (forward) {
      AveragePool.pool(workers, p, x, samples, y);
    } else {
      AveragePool.spread(workers, p, dy, samples, dx);
    }
  }

  @Override
  public void check() {
    run();
    for (int at = 0; at < y.length; at += Numbers.stride(y.length)) {
      double sum = 0;
      int best = pixel(at, 0);
      for (int i = 0; i < p.window().area(); i++) {
        int pixel = pixel(at, i);
        sum += x[pixel];
        best = x[pixel] > x[best] ? pixel : best;
      }
      if (forward) {
        Numbers.expect("pool", at, maximum ? x[best] : sum / (size * size), y[at], 1e-6);
      } else {
        for (int i = 0; i < p.window().area(); i++) {
          int pixel = pixel(at, i);
          double share = maximum ? (pixel == best ? dy[at] : 0) : dy[at] / (size * size);
          Numbers.expect("pool's gradient", pixel, share, dx[pixel], 1e-6);
        }
      }
    }
  }

  /** Where pixel i of the window is that makes this number of the result. */
  private int pixel(int at, int i) {
    int channel = at % p.channels();
    int place = at / p.channels();
    int column = place % p.columns() * size + i % size;
    int row = place / p.columns() % p.rows() * size + i / size;
    int sample = place / p.columns() / p.rows();
    return sample * p.inputs() + (row * p.width() + column) * p.channels() + channel;
  }
}
