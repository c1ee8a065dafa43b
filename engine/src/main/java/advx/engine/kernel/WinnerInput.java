package advx.engine.kernel;

import advx.engine.Workers;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The derivative of the winners' form T(dy, x, W) = Σ dy[s][u]·⟨x[s], W[u, win(s, u)]⟩ with respect
 * to x: the input gradient of a maxout layer.
 *
 * <p>Only winners carry gradient, and a unit whose dy is zero (dropped out) carries none and is
 * skipped: with k pieces and dropout ½ this touches one in 2k of the numbers that a dense product
 * would. The work is cut by columns, so that a block of dx for all samples stays in the cache while
 * the rows of W pass, each read once and added to the samples that it won.
 */
public final class WinnerInput implements Workers.Task {
  /** Columns of a block: eight vectors, the part of a row of W that stays in registers. */
  private static final int WIDTH = 8 * Lanes.COUNT;

  private float[] dy;
  private float[] w;
  private int[] winners;
  private float[] dx;
  private int samples;
  private int units;
  private int pieces;
  private int in;
  private boolean sorting;
  private WinnerWeight.Lists[] lists = {};
  private Scratch[] scratch = {};

  /** What each thread adds up in. */
  private static final class Scratch {
    private float[] block = {};
    private final float[] row = new float[WIDTH];
  }

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
    int groups = Gemm.ceilDiv(units, WinnerWeight.UNITS);
    lists = WinnerWeight.Lists.enough(lists, groups);
    if (scratch.length < workers.threads()) {
      scratch = new Scratch[workers.threads()];
      Arrays.setAll(scratch, i -> new Scratch());
    }
    sorting = true;
    workers.run(groups, this);
    sorting = false;
    workers.run(Gemm.ceilDiv(in, WIDTH), this);
  }

  @Override
  public void run(int piece, int worker) {
    if (sorting) {
      int first = piece * WinnerWeight.UNITS;
      lists[piece].sort(dy, samples, units, first, unitsFrom(first), pieces, winners, WIDTH);
    } else {
      block(piece * WIDTH, scratch[worker]);
    }
  }

  private int unitsFrom(int first) {
    return Math.min(WinnerWeight.UNITS, units - first);
  }

  /** The columns from {@code first} on. */
  private void block(int first, Scratch own) {
    int columns = Math.min(WIDTH, in - first);
    own.block = Packing.grown(own.block, samples * WIDTH);
    Arrays.fill(own.block, Packing.START, Packing.START + samples * WIDTH, 0);
    for (int u = 0; u < units; u += WinnerWeight.UNITS) {
      WinnerWeight.Lists group = lists[u / WinnerWeight.UNITS];
      for (int r = 0; r < unitsFrom(u) * pieces; r++) {
        int at = (u * pieces + r) * in + first;
        if (columns == WIDTH) {
          group.scatter(r, w, at, own.block);
        } else {
          System.arraycopy(w, at, own.row, 0, columns);
          group.scatter(r, own.row, 0, own.block);
        }
      }
    }
    Gemm.copy(own.block, Packing.START, WIDTH, dx, first, in, samples, columns);
  }

  /** Weighted sums of rows: Σₑ weights[e]·w[rows[e] + column …] over e in [from, to). */
  static final class Simd {
    private static final int L = Species.L;

    private Simd() {}

    /** Columns column … column + width − 1, written to out[at …]. */
    static void sums(
        float[] w,
        int column,
        int width,
        int[] rows,
        float[] weights,
        int from,
        int to,
        float[] out,
        int at) {
      int i = 0;
      for (; i + 8 * L <= width; i += 8 * L) {
        block8(w, column + i, rows, weights, from, to, out, at + i);
      }
      if (width >= 8 * L && width - i > 2 * L) {
        // Some columns once more: the same chains, the same bits.
        block8(w, column + width - 8 * L, rows, weights, from, to, out, at + width - 8 * L);
        return;
      }
      for (; i + L <= width; i += L) {
        block1(w, column + i, rows, weights, from, to, out, at + i);
      }
      for (; i < width; i++) {
        float sum = 0;
        for (int e = from; e < to; e++) {
          sum = Math.fma(weights[e], w[rows[e] + column + i], sum);
        }
        out[at + i] = sum;
      }
    }

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

    /** out[rows[e] …] += weights[e]·w[at …] for eight vectors and every e in [from, to). */
    static void scatter(
        float[] w, int at, int[] rows, float[] weights, int from, int to, float[] out) {
      FloatVector w0 = FloatVector.fromArray(Species.F, w, at);
      FloatVector w1 = FloatVector.fromArray(Species.F, w, at + L);
      FloatVector w2 = FloatVector.fromArray(Species.F, w, at + 2 * L);
      FloatVector w3 = FloatVector.fromArray(Species.F, w, at + 3 * L);
      FloatVector w4 = FloatVector.fromArray(Species.F, w, at + 4 * L);
      FloatVector w5 = FloatVector.fromArray(Species.F, w, at + 5 * L);
      FloatVector w6 = FloatVector.fromArray(Species.F, w, at + 6 * L);
      FloatVector w7 = FloatVector.fromArray(Species.F, w, at + 7 * L);
      for (int e = from; e < to; e++) {
        FloatVector d = FloatVector.broadcast(Species.F, weights[e]);
        int o = Packing.START + rows[e];
        d.fma(w0, FloatVector.fromArray(Species.F, out, o)).intoArray(out, o);
        d.fma(w1, FloatVector.fromArray(Species.F, out, o + L)).intoArray(out, o + L);
        d.fma(w2, FloatVector.fromArray(Species.F, out, o + 2 * L)).intoArray(out, o + 2 * L);
        d.fma(w3, FloatVector.fromArray(Species.F, out, o + 3 * L)).intoArray(out, o + 3 * L);
        d.fma(w4, FloatVector.fromArray(Species.F, out, o + 4 * L)).intoArray(out, o + 4 * L);
        d.fma(w5, FloatVector.fromArray(Species.F, out, o + 5 * L)).intoArray(out, o + 5 * L);
        d.fma(w6, FloatVector.fromArray(Species.F, out, o + 6 * L)).intoArray(out, o + 6 * L);
        d.fma(w7, FloatVector.fromArray(Species.F, out, o + 7 * L)).intoArray(out, o + 7 * L);
      }
    }
  }
}
