package advx.engine.kernel;

import advx.engine.Workers;
import jdk.incubator.vector.FloatVector;

/**
 * What is done to every number of an image by its channel alone, channels last: scaling, batch
 * normalisation and its gradient.
 *
 * <p>With few channels a loop over them is too short for vectors. So each channel's numbers are
 * written down again and again until there are enough of them, {@link #repeated}, and the loops are
 * over that many.
 */
public final class ChannelMaps implements Workers.Task {
  /** Numbers in one piece of work, about. */
  private static final int BLOCK = 1 << 14;

  /** Numbers in one loop, about: four tables of them stay in the nearest cache. */
  private static final int LOOP = 1 << 10;

  private enum Map {
    SCALE,
    NORMALISE,
    GRADIENT
  }

  private Map map;
  private float[] x;
  private float[] dy;
  private float[] out;
  private int n;
  private int length;
  private int block;
  private float[] shift = {};
  private float[] factor = {};
  private float[] bias = {};
  private float[] slope = {};

  private ChannelMaps() {}

  /** y[…, c] = x[…, c]·factor[c]. */
  public static void scale(Workers workers, float[] x, float[] factor, int channels, float[] y) {
    ChannelMaps job = workers.scratch(ChannelMaps.class, ChannelMaps::new);
    job.factor = repeat(factor, channels, job.factor);
    job.run(workers, Map.SCALE, x, null, channels, y);
  }

  /** y[…, c] = (x[…, c] + shift[c])·factor[c] + bias[c], each step rounded. */
  public static void normalise(
      Workers workers,
      float[] x,
      float[] shift,
      float[] factor,
      float[] bias,
      int channels,
      float[] y) {
    ChannelMaps job = workers.scratch(ChannelMaps.class, ChannelMaps::new);
    job.shift = repeat(shift, channels, job.shift);
    job.factor = repeat(factor, channels, job.factor);
    job.bias = repeat(bias, channels, job.bias);
    job.run(workers, Map.NORMALISE, x, null, channels, y);
  }

  /**
   * dx[…, c] = ((dy[…, c] + bias[c]) − (x[…, c] + shift[c])·slope[c])·factor[c], each step rounded.
   */
  public static void gradient(
      Workers workers,
      float[] dy,
      float[] bias,
      float[] x,
      float[] shift,
      float[] slope,
      float[] factor,
      int channels,
      float[] dx) {
    ChannelMaps job = workers.scratch(ChannelMaps.class, ChannelMaps::new);
    job.bias = repeat(bias, channels, job.bias);
    job.shift = repeat(shift, channels, job.shift);
    job.slope = repeat(slope, channels, job.slope);
    job.factor = repeat(factor, channels, job.factor);
    job.run(workers, Map.GRADIENT, x, dy, channels, dx);
  }

  /** How many numbers a table has: the channels times a power of two up to 64. */
  static int repeated(int channels) {
    int times = 1;
    while (times < Lanes.LOGICAL && times * channels < LOOP) {
      times *= 2;
    }
    return times * channels;
  }

  /**
   * A channel's number at each of its places: in this table, or in a new one if it is too short.
   */
  static float[] repeat(float[] numbers, int channels, float[] table) {
    int length = repeated(channels);
    float[] to = table.length < length ? new float[length] : table;
    System.arraycopy(numbers, 0, to, 0, channels);
    for (int have = channels; have < length; have *= 2) {
      System.arraycopy(to, 0, to, have, have);
    }
    return to;
  }

  private void run(Workers workers, Map which, float[] from, float[] dz, int channels, float[] to) {
    map = which;
    x = from;
    dy = dz;
    out = to;
    n = to.length;
    length = repeated(channels);
    block = Math.ceilDiv(BLOCK, length) * length;
    workers.run(Math.ceilDiv(n, block), this);
  }

  @Override
  public void run(int piece, int worker) {
    int end = Math.min(n, (piece + 1) * block);
    for (int at = piece * block; at < end; at += length) {
      int size = Math.min(length, end - at);
      int done = Lanes.VECTOR ? vectors(at, size) : 0;
      switch (map) {
        case SCALE -> scale(x, factor, out, at, done, size);
        case NORMALISE -> normalise(x, shift, factor, bias, out, at, done, size);
        case GRADIENT -> gradient(dy, bias, x, shift, slope, factor, out, at, done, size);
      }
    }
  }

  /** Whole vectors; returns how many numbers that were. */
  private int vectors(int at, int size) {
    int end = Species.F.loopBound(size);
    switch (map) {
      case SCALE -> Simd.scale(x, factor, out, at, end);
      case NORMALISE -> Simd.normalise(x, shift, factor, bias, out, at, end);
      case GRADIENT -> Simd.gradient(dy, bias, x, shift, slope, factor, out, at, end);
    }
    return end;
  }

  /** The twin. */
  static void scale(float[] x, float[] f, float[] y, int at, int from, int to) {
    for (int i = from; i < to; i++) {
      y[at + i] = x[at + i] * f[i];
    }
  }

  /** The twin. */
  static void normalise(
      float[] x, float[] s, float[] f, float[] b, float[] y, int at, int from, int to) {
    for (int i = from; i < to; i++) {
      y[at + i] = (x[at + i] + s[i]) * f[i] + b[i];
    }
  }

  /** The twin. */
  static void gradient(
      float[] dy,
      float[] b,
      float[] x,
      float[] s,
      float[] slope,
      float[] f,
      float[] dx,
      int at,
      int from,
      int to) {
    for (int i = from; i < to; i++) {
      dx[at + i] = ((dy[at + i] + b[i]) - (x[at + i] + s[i]) * slope[i]) * f[i];
    }
  }

  static final class Simd {
    private static final int L = Species.L;

    private Simd() {}

    static void scale(float[] x, float[] f, float[] y, int at, int end) {
      for (int i = 0; i < end; i += L) {
        FloatVector v = FloatVector.fromArray(Species.F, x, at + i);
        v.mul(FloatVector.fromArray(Species.F, f, i)).intoArray(y, at + i);
      }
    }

    static void normalise(float[] x, float[] s, float[] f, float[] b, float[] y, int at, int end) {
      for (int i = 0; i < end; i += L) {
        FloatVector v = FloatVector.fromArray(Species.F, x, at + i);
        v.add(FloatVector.fromArray(Species.F, s, i))
            .mul(FloatVector.fromArray(Species.F, f, i))
            .add(FloatVector.fromArray(Species.F, b, i))
            .intoArray(y, at + i);
      }
    }

    static void gradient(
        float[] dy,
        float[] b,
        float[] x,
        float[] s,
        float[] slope,
        float[] f,
        float[] dx,
        int at,
        int end) {
      for (int i = 0; i < end; i += L) {
        FloatVector centred =
            FloatVector.fromArray(Species.F, x, at + i)
                .add(FloatVector.fromArray(Species.F, s, i))
                .mul(FloatVector.fromArray(Species.F, slope, i));
        FloatVector.fromArray(Species.F, dy, at + i)
            .add(FloatVector.fromArray(Species.F, b, i))
            .sub(centred)
            .mul(FloatVector.fromArray(Species.F, f, i))
            .intoArray(dx, at + i);
      }
    }
  }
}
