package advx.engine.kernel;

import advx.engine.Workers;
import java.util.Arrays;

/**
 * The derivative of the winners' form T(dy, x, W) = Σ dy[s][u]·⟨x[s], W[u, win(s, u)]⟩ with respect
 * to W: the weight gradient of a maxout layer, computed row by row.
 *
 * <p>Each row of the gradient sums over the samples that its piece won, and skips those whose dy is
 * zero. It is small enough for the cache, so an optimiser may consume it at once ({@link
 * WinnerStep}) and the whole gradient, as large as the weights, is never written.
 */
public final class WinnerWeight implements Workers.Task {
  /** Units in one piece of work. */
  static final int UNITS = 8;

  private float[] dy;
  private float[] x;
  private int[] winners;
  private float[] dw;
  private int samples;
  private int units;
  private int pieces;
  private int in;
  private Lists[] lists = {};

  private WinnerWeight() {}

  /**
   * dw[u·k+p][i] = Σₛ dy[s][u]·x[s][i] over the samples with win[s][u] = p, one chain over
   * ascending s, zeros of dy skipped.
   *
   * @param dw [units·pieces][in], overwritten
   */
  public static void gradient(
      Workers workers,
      float[] dy,
      int samples,
      int units,
      float[] x,
      int in,
      int pieces,
      int[] winners,
      float[] dw) {
    if (!Lanes.VECTOR) {
      scalar(dy, samples, units, x, in, pieces, winners, dw);
      return;
    }
    WinnerWeight job = workers.scratch(WinnerWeight.class, WinnerWeight::new);
    job.dy = dy;
    job.samples = samples;
    job.units = units;
    job.x = x;
    job.in = in;
    job.pieces = pieces;
    job.winners = winners;
    job.dw = dw;
    job.lists = Lists.enough(job.lists, workers.threads());
    workers.run(Gemm.ceilDiv(units, UNITS), job);
  }

  /** The twin. */
  static void scalar(
      float[] dy,
      int samples,
      int units,
      float[] x,
      int in,
      int pieces,
      int[] winners,
      float[] dw) {
    Arrays.fill(dw, 0, units * pieces * in, 0);
    for (int s = 0; s < samples; s++) {
      for (int u = 0; u < units; u++) {
        float d = dy[s * units + u];
        if (d != 0) {
          int row = (u * pieces + winners[s * units + u]) * in;
          for (int i = 0; i < in; i++) {
            dw[row + i] = Math.fma(d, x[s * in + i], dw[row + i]);
          }
        }
      }
    }
  }

  @Override
  public void run(int piece, int worker) {
    Lists list = lists[worker];
    int first = piece * UNITS;
    int count = Math.min(UNITS, units - first);
    list.sort(dy, samples, units, first, count, pieces, winners, in);
    for (int r = 0; r < count * pieces; r++) {
      list.row(r, x, in, dw, (first * pieces + r) * in);
    }
  }

  /** For each row of some units' weights: the samples that it won, ascending, and their dy. */
  static final class Lists {
    private int[] rows = {};
    private float[] weights = {};
    private int[] starts = {};
    private int[] ends = {};

    /** One for each thread. */
    static Lists[] enough(Lists[] lists, int threads) {
      if (lists.length >= threads) {
        return lists;
      }
      Lists[] more = new Lists[threads];
      Arrays.setAll(more, i -> i < lists.length ? lists[i] : new Lists());
      return more;
    }

    /**
     * Counting sort by winner, without a branch on what dropout has decided.
     *
     * @param stride what a sample's place is a multiple of
     */
    void sort(
        float[] dy,
        int samples,
        int units,
        int first,
        int count,
        int pieces,
        int[] winners,
        int stride) {
      int buckets = count * pieces;
      // A dropped sample is written where its row's next one will be: one place more for each row.
      rows = Gemm.grown(rows, samples * count + buckets);
      weights = Gemm.grown(weights, samples * count + buckets);
      starts = Gemm.grown(starts, buckets);
      ends = Gemm.grown(ends, buckets);
      Arrays.fill(ends, 0, buckets, 0);
      for (int s = 0; s < samples; s++) {
        int at = s * units + first;
        for (int u = 0; u < count; u++) {
          ends[u * pieces + winners[at + u]] += dy[at + u] != 0 ? 1 : 0;
        }
      }
      int total = 0;
      for (int r = 0; r < buckets; r++) {
        starts[r] = total;
        total += ends[r] + 1;
        ends[r] = starts[r];
      }
      for (int s = 0; s < samples; s++) {
        int at = s * units + first;
        for (int u = 0; u < count; u++) {
          float d = dy[at + u];
          int row = u * pieces + winners[at + u];
          int to = ends[row];
          rows[to] = s * stride;
          weights[to] = d;
          ends[row] = to + (d != 0 ? 1 : 0);
        }
      }
    }

    /** to[at …] = the gradient of row r of these units. */
    void row(int r, float[] x, int in, float[] to, int at) {
      if (Lanes.VECTOR) {
        WinnerInput.Simd.sums(x, 0, in, rows, weights, starts[r], ends[r], to, at);
      } else {
        scalar(x, in, rows, weights, starts[r], ends[r], to, at);
      }
    }

    /** Adds row r of these units, w[at …], to its samples in a block of eight vectors each. */
    void scatter(int r, float[] w, int at, float[] block) {
      WinnerInput.Simd.scatter(w, at, rows, weights, starts[r], ends[r], block);
    }

    private static void scalar(
        float[] x, int in, int[] rows, float[] weights, int from, int end, float[] to, int at) {
      Arrays.fill(to, at, at + in, 0);
      for (int e = from; e < end; e++) {
        for (int i = 0; i < in; i++) {
          to[at + i] = Math.fma(weights[e], x[rows[e] + i], to[at + i]);
        }
      }
    }
  }
}
