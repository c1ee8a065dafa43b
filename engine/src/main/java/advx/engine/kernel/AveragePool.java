package advx.engine.kernel;

import advx.engine.Workers;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Average pooling and its adjoint. The lanes run over the channels; a piece of work is one sample.
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
    int lanes = Lanes.VECTOR ? Lanes.COUNT : 0;
    if (spreading) {
      spread(p, from, to, sample, lanes);
    } else {
      pool(p, from, to, sample, lanes);
    }
  }

  /**
   * One sample.
   *
   * @param lanes of a vector; 0 for the scalar twin
   */
  static void pool(PoolShape p, float[] x, float[] y, int sample, int lanes) {
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
          Simd.mean(x, image + c, top, bottom, left, right, p.width(), channels, y, at + c);
        }
        for (; c < channels; c++) {
          mean(x, image + c, top, bottom, left, right, p.width(), channels, y, at + c);
        }
        at += channels;
      }
    }
  }

  /** The twin: one window, one channel. */
  private static void mean(
      float[] x,
      int image,
      int top,
      int bottom,
      int left,
      int right,
      int width,
      int channels,
      float[] y,
      int to) {
    float sum = 0;
    for (int i = top; i < bottom; i++) {
      for (int j = left; j < right; j++) {
        sum += x[image + (i * width + j) * channels];
      }
    }
    y[to] = sum / ((bottom - top) * (right - left));
  }

  /** One sample; likewise. */
  static void spread(PoolShape p, float[] dy, float[] dx, int sample, int lanes) {
    int image = sample * p.inputs();
    int at = sample * p.outputs();
    int channels = p.channels();
    Arrays.fill(dx, image, image + p.inputs(), 0);
    for (int row = 0; row < p.rows(); row++) {
      for (int column = 0; column < p.columns(); column++) {
        int top = p.top(row);
        int bottom = p.bottom(row);
        int left = p.left(column);
        int right = p.right(column);
        int c = 0;
        for (; lanes > 0 && c + lanes <= channels; c += lanes) {
          Simd.share(dy, at + c, top, bottom, left, right, p.width(), channels, dx, image + c);
        }
        for (; c < channels; c++) {
          share(dy, at + c, top, bottom, left, right, p.width(), channels, dx, image + c);
        }
        at += channels;
      }
    }
  }

  /** The twin: one window, one channel. */
  private static void share(
      float[] dy,
      int at,
      int top,
      int bottom,
      int left,
      int right,
      int width,
      int channels,
      float[] dx,
      int image) {
    float share = dy[at] / ((bottom - top) * (right - left));
    for (int i = top; i < bottom; i++) {
      for (int j = left; j < right; j++) {
        dx[image + (i * width + j) * channels] += share;
      }
    }
  }

  static final class Simd {
    private Simd() {}

    /** One window, a vector of channels. */
    static void mean(
        float[] x,
        int image,
        int top,
        int bottom,
        int left,
        int right,
        int width,
        int channels,
        float[] y,
        int to) {
      FloatVector sum = FloatVector.zero(Species.F);
      for (int i = top; i < bottom; i++) {
        for (int j = left; j < right; j++) {
          int pixel = image + (i * width + j) * channels;
          sum = FloatVector.fromArray(Species.F, x, pixel).add(sum);
        }
      }
      sum.div((bottom - top) * (right - left)).intoArray(y, to);
    }

    /** Likewise. */
    static void share(
        float[] dy,
        int at,
        int top,
        int bottom,
        int left,
        int right,
        int width,
        int channels,
        float[] dx,
        int image) {
      int pixels = (bottom - top) * (right - left);
      FloatVector share = FloatVector.fromArray(Species.F, dy, at).div(pixels);
      for (int i = top; i < bottom; i++) {
        for (int j = left; j < right; j++) {
          int pixel = image + (i * width + j) * channels;
          FloatVector.fromArray(Species.F, dx, pixel).add(share).intoArray(dx, pixel);
        }
      }
    }
  }
}
