package advx.engine.kernel;

import advx.engine.Workers;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Max pooling, and the two passes of its gradient. The lanes run over the channels; a piece of work
 * is one sample.
 */
public final class MaxPool implements Workers.Task {
  /** Which of the three a job is. */
  private enum Pass {
    POOL,
    SPREAD,
    PICK
  }

  private Pass pass;
  private PoolShape p;
  private float[] from;
  private float[] to;
  private int[] winners;

  private MaxPool() {}

  /**
   * y[s][q][c] = max of x[s][·][c] over the window q; the border never wins. Ties go to the lowest
   * pixel, a NaN wins only as the first.
   *
   * @param x [samples][height][width][channels]
   * @param y [samples][rows][columns][channels]
   * @param winners the pixel (row·width + column) that won, for each number of y
   */
  public static void pool(
      Workers workers, PoolShape p, float[] x, int samples, float[] y, int[] winners) {
    run(workers, Pass.POOL, p, x, samples, y, winners);
  }

  /** dx = dy at the winners, summed over ascending windows, else 0. */
  public static void spread(
      Workers workers, PoolShape p, float[] dy, int samples, int[] winners, float[] dx) {
    run(workers, Pass.SPREAD, p, dy, samples, dx, winners);
  }

  /** y = x at the given winners. */
  public static void pick(
      Workers workers, PoolShape p, float[] x, int samples, int[] winners, float[] y) {
    run(workers, Pass.PICK, p, x, samples, y, winners);
  }

  private static void run(
      Workers workers,
      Pass pass,
      PoolShape p,
      float[] from,
      int samples,
      float[] to,
      int[] winners) {
    MaxPool job = workers.scratch(MaxPool.class, MaxPool::new);
    job.pass = pass;
    job.p = p;
    job.from = from;
    job.to = to;
    job.winners = winners;
    workers.run(samples, job);
  }

  @Override
  public void run(int sample, int worker) {
    switch (pass) {
      case POOL -> pool(p, from, to, winners, sample, Lanes.VECTOR ? Lanes.COUNT : 0);
      case SPREAD -> spread(sample);
      case PICK -> pick(sample);
    }
  }

  /**
   * One sample.
   *
   * @param lanes of a vector; 0 for the scalar twin
   */
  static void pool(PoolShape p, float[] x, float[] y, int[] winners, int sample, int lanes) {
    int image = sample * p.inputs();
    int at = sample * p.outputs();
    int channels = p.channels();
    for (int row = 0; row < p.rows(); row++) {
      for (int column = 0; column < p.columns(); column++) {
        int top = p.top(row);
        int bottom = p.bottom(row);
        int left = p.left(column);
        int right = p.right(column);
        int c = 0;
        for (; lanes > 0 && c + lanes <= channels; c += lanes) {
          Simd.window(
              x, image + c, top, bottom, left, right, p.width(), channels, y, winners, at + c);
        }
        for (; c < channels; c++) {
          scalar(x, image + c, top, bottom, left, right, p.width(), channels, y, winners, at + c);
        }
        at += channels;
      }
    }
  }

  /** The twin: one window, one channel. */
  private static void scalar(
      float[] x,
      int image,
      int top,
      int bottom,
      int left,
      int right,
      int width,
      int channels,
      float[] y,
      int[] winners,
      int to) {
    int winner = top * width + left;
    float best = x[image + winner * channels];
    for (int i = top; i < bottom; i++) {
      for (int j = left; j < right; j++) {
        float value = x[image + (i * width + j) * channels];
        if (value > best) {
          best = value;
          winner = i * width + j;
        }
      }
    }
    y[to] = best;
    winners[to] = winner;
  }

  private void spread(int sample) {
    int image = sample * p.inputs();
    int channels = p.channels();
    Arrays.fill(to, image, image + p.inputs(), 0);
    int end = (sample + 1) * p.outputs();
    for (int at = sample * p.outputs(); at < end; at += channels) {
      for (int c = 0; c < channels; c++) {
        to[image + winners[at + c] * channels + c] += from[at + c];
      }
    }
  }

  private void pick(int sample) {
    int image = sample * p.inputs();
    int channels = p.channels();
    int end = (sample + 1) * p.outputs();
    for (int at = sample * p.outputs(); at < end; at += channels) {
      for (int c = 0; c < channels; c++) {
        to[at + c] = from[image + winners[at + c] * channels + c];
      }
    }
  }

  static final class Simd {
    private Simd() {}

    /** One window, one vector of channels. */
    static void window(
        float[] x,
        int image,
        int top,
        int bottom,
        int left,
        int right,
        int width,
        int channels,
        float[] y,
        int[] winners,
        int to) {
      FloatVector best =
          FloatVector.fromArray(Species.F, x, image + (top * width + left) * channels);
      IntVector winner = IntVector.broadcast(Species.I, top * width + left);
      for (int i = top; i < bottom; i++) {
        for (int j = left; j < right; j++) {
          int pixel = i * width + j;
          FloatVector v = FloatVector.fromArray(Species.F, x, image + pixel * channels);
          VectorMask<Float> others = v.compare(VectorOperators.GT, best).not();
          best = v.blend(best, others);
          winner = IntVector.broadcast(Species.I, pixel).blend(winner, others.cast(Species.I));
        }
      }
      best.intoArray(y, to);
      winner.intoArray(winners, to);
    }
  }
}
