package advx.engine.kernel;

import advx.engine.Workers;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Sums over images for each channel, channels last: what batch normalisation needs. A sample's
 * places go by the rule of {@link Sums}, place mod 64 and the tree over the 64 lanes; then the
 * samples are added up, ascending. A piece of work is a few samples.
 *
 * <p>The lanes of all channels lie side by side, so that 64 places are one loop over neighbours.
 */
public final class ChannelSums implements Workers.Task {
  /** Numbers in one piece of work, about. */
  private static final int BLOCK = 1 << 14;

  private enum Term {
    NUMBER,
    SQUARE,
    GRADIENT
  }

  private Term term;
  private float[] x;
  private float[] dy;
  private float[] shift = {};
  private int samples;
  private int places;
  private int channels;
  private int samplesPerPiece;

  /** [sample][channel], and for the gradient as many again. */
  private float[] sums = {};

  private float[][] scratch = {};

  private ChannelSums() {}

  /** y[c] = Σ x[s][p][c]; y is overwritten. */
  public static void sum(
      Workers workers, float[] x, int samples, int places, int channels, float[] y) {
    ChannelSums job = workers.scratch(ChannelSums.class, ChannelSums::new);
    job.run(workers, Term.NUMBER, x, null, samples, places, channels);
    job.add(0, y, 0);
  }

  /** y[c] = Σ (x[s][p][c] + shift[c])², each step rounded; y is overwritten. */
  public static void squares(
      Workers workers, float[] x, float[] shift, int samples, int places, int channels, float[] y) {
    ChannelSums job = workers.scratch(ChannelSums.class, ChannelSums::new);
    job.shift = ChannelMaps.repeat(shift, channels, job.shift);
    job.run(workers, Term.SQUARE, x, null, samples, places, channels);
    job.add(0, y, 0);
  }

  /**
   * first[c] = Σ dy[s][p][c] and second[c] = Σ dy[s][p][c]·(x[s][p][c] + shift[c]), each step
   * rounded; both are overwritten.
   */
  public static void gradient(
      Workers workers,
      float[] dy,
      float[] x,
      float[] shift,
      int samples,
      int places,
      int channels,
      float[] first,
      float[] second) {
    ChannelSums job = workers.scratch(ChannelSums.class, ChannelSums::new);
    job.shift = ChannelMaps.repeat(shift, channels, job.shift);
    job.run(workers, Term.GRADIENT, x, dy, samples, places, channels);
    job.add(0, first, 0);
    job.add(samples * channels, second, 0);
  }

  private void run(
      Workers workers,
      Term which,
      float[] from,
      float[] dz,
      int howMany,
      int placesEach,
      int channelsEach) {
    term = which;
    x = from;
    dy = dz;
    samples = howMany;
    places = placesEach;
    channels = channelsEach;
    samplesPerPiece = Math.max(1, BLOCK / Math.max(1, places * channels));
    sums = Gemm.grown(sums, 2 * samples * channels);
    if (scratch.length < workers.threads()) {
      scratch = new float[workers.threads()][0];
    }
    workers.run(Math.ceilDiv(samples, samplesPerPiece), this);
  }

  /** The chain over the samples, for all channels. */
  private void add(int from, float[] y, int at) {
    Arrays.fill(y, at, at + channels, 0);
    for (int s = 0; s < samples; s++) {
      for (int c = 0; c < channels; c++) {
        y[at + c] += sums[from + s * channels + c];
      }
    }
  }

  @Override
  public void run(int piece, int worker) {
    int lanes = Lanes.LOGICAL * channels;
    scratch[worker] = Gemm.grown(scratch[worker], 2 * lanes);
    int end = Math.min(samples, (piece + 1) * samplesPerPiece);
    for (int s = piece * samplesPerPiece; s < end; s++) {
      sample(s, scratch[worker], lanes);
    }
  }

  private void sample(int s, float[] own, int lanes) {
    int width = places >= Lanes.LOGICAL ? Lanes.LOGICAL : powerOfTwo(places);
    boolean both = term == Term.GRADIENT;
    Arrays.fill(own, 0, width * channels, 0);
    if (both) {
      Arrays.fill(own, lanes, lanes + width * channels, 0);
    }
    int image = s * places * channels;
    int size = places * channels;
    int length = Math.min(lanes, ChannelMaps.repeated(channels));
    for (int i = 0; i < size; i += length) {
      int n = Math.min(length, size - i);
      int lane = i % lanes;
      switch (term) {
        case NUMBER -> numbers(x, image + i, own, lane, n);
        case SQUARE -> squares(x, image + i, shift, own, lane, n);
        case GRADIENT -> {
          numbers(dy, image + i, own, lane, n);
          products(dy, x, image + i, shift, own, lanes + lane, n);
        }
      }
    }
    tree(own, 0, width, s * channels);
    if (both) {
      tree(own, lanes, width, (samples + s) * channels);
    }
  }

  /** The least power of two that is n or more; 1 for none. */
  private static int powerOfTwo(int n) {
    return n <= 1 ? 1 : Integer.highestOneBit(n - 1) << 1;
  }

  private static void numbers(float[] x, int at, float[] lanes, int lane, int n) {
    int done = Lanes.VECTOR ? Simd.numbers(x, at, lanes, lane, n) : 0;
    scalarNumbers(x, at, lanes, lane, done, n);
  }

  private static void squares(float[] x, int at, float[] shift, float[] lanes, int lane, int n) {
    int done = Lanes.VECTOR ? Simd.squares(x, at, shift, lanes, lane, n) : 0;
    scalarSquares(x, at, shift, lanes, lane, done, n);
  }

  private static void products(
      float[] dy, float[] x, int at, float[] shift, float[] lanes, int lane, int n) {
    int done = Lanes.VECTOR ? Simd.products(dy, x, at, shift, lanes, lane, n) : 0;
    scalarProducts(dy, x, at, shift, lanes, lane, done, n);
  }

  /** Lane j + lane j+32, j+16, … j+1, of all channels at once. */
  private void tree(float[] lanes, int at, int width, int to) {
    for (int half = width / 2; half >= 1; half /= 2) {
      numbers(lanes, at + half * channels, lanes, at, half * channels);
    }
    System.arraycopy(lanes, at, sums, to, channels);
  }

  /** The twin. */
  static void scalarNumbers(float[] x, int at, float[] lanes, int lane, int from, int n) {
    for (int i = from; i < n; i++) {
      lanes[lane + i] += x[at + i];
    }
  }

  /** The twin. */
  static void scalarSquares(
      float[] x, int at, float[] shift, float[] lanes, int lane, int from, int n) {
    for (int i = from; i < n; i++) {
      float t = x[at + i] + shift[i];
      lanes[lane + i] += t * t;
    }
  }

  /** The twin. */
  static void scalarProducts(
      float[] dy, float[] x, int at, float[] shift, float[] lanes, int lane, int from, int n) {
    for (int i = from; i < n; i++) {
      lanes[lane + i] += dy[at + i] * (x[at + i] + shift[i]);
    }
  }

  /** Whole vectors; each body returns where it ended. */
  static final class Simd {
    private static final int L = Species.L;

    private Simd() {}

    static int numbers(float[] x, int at, float[] lanes, int lane, int n) {
      int end = Species.F.loopBound(n);
      for (int i = 0; i < end; i += L) {
        FloatVector.fromArray(Species.F, lanes, lane + i)
            .add(FloatVector.fromArray(Species.F, x, at + i))
            .intoArray(lanes, lane + i);
      }
      return end;
    }

    static int squares(float[] x, int at, float[] shift, float[] lanes, int lane, int n) {
      int end = Species.F.loopBound(n);
      for (int i = 0; i < end; i += L) {
        FloatVector t =
            FloatVector.fromArray(Species.F, x, at + i)
                .add(FloatVector.fromArray(Species.F, shift, i));
        FloatVector.fromArray(Species.F, lanes, lane + i).add(t.mul(t)).intoArray(lanes, lane + i);
      }
      return end;
    }

    static int products(
        float[] dy, float[] x, int at, float[] shift, float[] lanes, int lane, int n) {
      int end = Species.F.loopBound(n);
      for (int i = 0; i < end; i += L) {
        FloatVector t =
            FloatVector.fromArray(Species.F, x, at + i)
                .add(FloatVector.fromArray(Species.F, shift, i));
        FloatVector.fromArray(Species.F, lanes, lane + i)
            .add(t.mul(FloatVector.fromArray(Species.F, dy, at + i)))
            .intoArray(lanes, lane + i);
      }
      return end;
    }
  }
}
