package advx.engine.kernel;

import advx.engine.Workers;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The derivative of the winners' form T(dy, x, W) = Σ dy[s][u]·⟨x[s], W[u, win(s, u)]⟩ with respect
 * to x: the input gradient of a maxout layer.
 *
 * <p>Only winners carry gradient, and a unit whose dy is zero (dropped out) carries none and is
 * skipped: with k pieces and dropout ½ this touches one in 2k of the weights that a dense product
 * would.
 */
public final class WinnerInput implements Workers.Task {
  /** Samples in one piece of work. */
  private static final int SAMPLES = 32;

  private float[] dy;
  private float[] w;
  private int[] winners;
  private float[] dx;
  private int samples;
  private int units;
  private int pieces;
  private int in;
  private boolean collecting;

  /**
   * For each sample its active rows of W (as offsets) and their dy, in ascending order of units.
   */
  private int[] rows = {};

  private float[] weights = {};
  private int[] active = {};

  private WinnerInput() {}

  /**
   * dx[s][i] = Σᵤ dy[s][u]·w[u·k+win[s][u]][i], one chain over ascending u, zeros of dy skipped.
   *
   * @param dx [samples][in], overwritten
   */
  public static void gradient(
      Workers workers,
      float[] dy,
      int samples,
      int units,
      float[] w,
      int pieces,
      int in,
      int[] winners,
      float[] dx) {
    if (!Lanes.VECTOR) {
      scalar(dy, samples, units, w, pieces, in, winners, dx);
      return;
    }
    WinnerInput job = workers.scratch(WinnerInput.class, WinnerInput::new);
    job.dy = dy;
    job.samples = samples;
    job.units = units;
    job.w = w;
    job.pieces = pieces;
    job.in = in;
    job.winners = winners;
    job.dx = dx;
    job.multiply(workers);
  }

  /** The twin. */
  static void scalar(
      float[] dy,
      int samples,
      int units,
      float[] w,
      int pieces,
      int in,
      int[] winners,
      float[] dx) {
    Arrays.fill(dx, 0, samples * in, 0);
    for (int s = 0; s < samples; s++) {
      for (int u = 0; u < units; u++) {
        float d = dy[s * units + u];
        if (d != 0) {
          int row = (u * pieces + winners[s * units + u]) * in;
          for (int i = 0; i < in; i++) {
            dx[s * in + i] = Math.fma(d, w[row + i], dx[s * in + i]);
          }
        }
      }
    }
  }

  private void multiply(Workers workers) {
    if (rows.length < samples * units) {
      rows = new int[samples * units];
      weights = new float[samples * units];
    }
    if (active.length < samples) {
      active = new int[samples];
    }
    collecting = true;
    workers.run(Gemm.ceilDiv(samples, SAMPLES), this);
    collecting = false;
    workers.run(blocks() * Gemm.ceilDiv(samples, SAMPLES), this);
  }

  /** Blocks of 8 vectors of inputs: W's block stays in the cache while all samples pass. */
  private int blocks() {
    return Gemm.ceilDiv(in, 8 * Lanes.COUNT);
  }

  @Override
  public void run(int piece, int worker) {
    int chunks = Gemm.ceilDiv(samples, SAMPLES);
    int first = piece % chunks * SAMPLES;
    int last = Math.min(samples, first + SAMPLES);
    if (collecting) {
      for (int s = first; s < last; s++) {
        collect(s);
      }
      return;
    }
    int block = piece / chunks * 8 * Lanes.COUNT;
    int width = Math.min(in - block, 8 * Lanes.COUNT);
    for (int s = first; s < last; s++) {
      int from = s * units;
      int to = from + active[s];
      if (width == 8 * Lanes.COUNT) {
        Simd.block8(w, block, rows, weights, from, to, dx, s * in + block);
      } else {
        int i = 0;
        for (; i + Lanes.COUNT <= width; i += Lanes.COUNT) {
          Simd.block1(w, block + i, rows, weights, from, to, dx, s * in + block + i);
        }
        for (; i < width; i++) {
          float sum = 0;
          for (int e = from; e < to; e++) {
            sum = Math.fma(weights[e], w[rows[e] + block + i], sum);
          }
          dx[s * in + block + i] = sum;
        }
      }
    }
  }

  private void collect(int s) {
    int at = s * units;
    for (int u = 0; u < units; u++) {
      float d = dy[s * units + u];
      rows[at] = (u * pieces + winners[s * units + u]) * in;
      weights[at] = d;
      at += d != 0 ? 1 : 0;
    }
    active[s] = at - s * units;
  }

  /** Weighted sums of rows: Σₑ weights[e]·w[rows[e] + column …] over e in [from, to). */
  static final class Simd {
    private static final int L = Species.L;

    private Simd() {}

    static void block1(
        float[] w, int column, int[] rows, float[] weights, int from, int to, float[] out, int at) {
      FloatVector sum = FloatVector.zero(Species.F);
      for (int e = from; e < to; e++) {
        FloatVector d = FloatVector.broadcast(Species.F, weights[e]);
        sum = d.fma(FloatVector.fromArray(Species.F, w, rows[e] + column), sum);
      }
      sum.intoArray(out, at);
    }

    static void block8(
        float[] w, int column, int[] rows, float[] weights, int from, int to, float[] out, int at) {
      FloatVector s0 = FloatVector.zero(Species.F);
      FloatVector s1 = FloatVector.zero(Species.F);
      FloatVector s2 = FloatVector.zero(Species.F);
      FloatVector s3 = FloatVector.zero(Species.F);
      FloatVector s4 = FloatVector.zero(Species.F);
      FloatVector s5 = FloatVector.zero(Species.F);
      FloatVector s6 = FloatVector.zero(Species.F);
      FloatVector s7 = FloatVector.zero(Species.F);
      for (int e = from; e < to; e++) {
        FloatVector d = FloatVector.broadcast(Species.F, weights[e]);
        int row = rows[e] + column;
        s0 = d.fma(FloatVector.fromArray(Species.F, w, row), s0);
        s1 = d.fma(FloatVector.fromArray(Species.F, w, row + L), s1);
        s2 = d.fma(FloatVector.fromArray(Species.F, w, row + 2 * L), s2);
        s3 = d.fma(FloatVector.fromArray(Species.F, w, row + 3 * L), s3);
        s4 = d.fma(FloatVector.fromArray(Species.F, w, row + 4 * L), s4);
        s5 = d.fma(FloatVector.fromArray(Species.F, w, row + 5 * L), s5);
        s6 = d.fma(FloatVector.fromArray(Species.F, w, row + 6 * L), s6);
        s7 = d.fma(FloatVector.fromArray(Species.F, w, row + 7 * L), s7);
      }
      s0.intoArray(out, at);
      s1.intoArray(out, at + L);
      s2.intoArray(out, at + 2 * L);
      s3.intoArray(out, at + 3 * L);
      s4.intoArray(out, at + 4 * L);
      s5.intoArray(out, at + 5 * L);
      s6.intoArray(out, at + 6 * L);
      s7.intoArray(out, at + 7 * L);
    }
  }
}
