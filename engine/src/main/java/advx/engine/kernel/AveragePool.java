package advx.engine.kernel;

import advx.engine.Workers;
import java.util.Arrays;

/**
 * Average pooling and its adjoint. Plain loops over the channels, which the compiler vectorises; no
 * order of additions depends on it. A piece of work is one sample.
 */
public final class AveragePool implements Workers.Task {
  private PoolShape p;
  private float[] from;
  private float[] to;
  private boolean spreading;

  private AveragePool() {}

  /**
   * y[s][q][c] = the sum of x[s][·][c] over the pixels of window q, ascending, divided by their
   * number; the border is not counted.
   */
  public static void pool(Workers workers, PoolShape p, float[] x, int samples, float[] y) {
    run(workers, p, x, samples, y, false);
  }

  /** dx = the sum over ascending windows q that see a pixel of dy[q] divided by q's pixels. */
  public static void spread(Workers workers, PoolShape p, float[] dy, int samples, float[] dx) {
    run(workers, p, dy, samples, dx, true);
  }

  private static void run(
      Workers workers, PoolShape p, float[] from, int samples, float[] to, boolean spreading) {
    AveragePool job = workers.scratch(AveragePool.class, AveragePool::new);
    job.p = p;
    job.from = from;
    job.to = to;
    job.spreading = spreading;
    workers.run(samples, job);
  }

  @Override
  public void run(int sample, int worker) {
    int image = sample * p.inputs();
    int at = sample * p.outputs();
    int begin = spreading ? image : at;
    Arrays.fill(to, begin, begin + (spreading ? p.inputs() : p.outputs()), 0);
    for (int row = 0; row < p.rows(); row++) {
      for (int column = 0; column < p.columns(); column++) {
        int seen = (p.bottom(row) - p.top(row)) * (p.right(column) - p.left(column));
        for (int i = p.top(row); i < p.bottom(row); i++) {
          for (int j = p.left(column); j < p.right(column); j++) {
            int pixel = image + (i * p.width() + j) * p.channels();
            if (spreading) {
              addQuotient(from, at, seen, to, pixel, p.channels());
            } else {
              add(from, pixel, to, at, p.channels());
            }
          }
        }
        if (!spreading) {
          divide(to, at, seen, p.channels());
        }
        at += p.channels();
      }
    }
  }

  private static void add(float[] x, int at, float[] y, int to, int n) {
    for (int c = 0; c < n; c++) {
      y[to + c] += x[at + c];
    }
  }

  private static void addQuotient(float[] x, int at, float divisor, float[] y, int to, int n) {
    for (int c = 0; c < n; c++) {
      y[to + c] += x[at + c] / divisor;
    }
  }

  private static void divide(float[] y, int at, float divisor, int n) {
    for (int c = 0; c < n; c++) {
      y[at + c] /= divisor;
    }
  }
}
