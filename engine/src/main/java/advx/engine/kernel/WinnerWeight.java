package advx.engine.kernel;

import advx.engine.Workers;
import java.util.Arrays;

/**
 * The derivative of the winners' form T(dy, x, W) = Σ dy[s][u]·⟨x[s], W[u, win(s, u)]⟩ with respect
 * to W: the weight gradient of a maxout layer.
 *
 * <p>Each row of the gradient sums over the samples that its piece won, and skips those whose dy is
 * zero.
 */
public final class WinnerWeight implements Workers.Task {
  /** Units in one piece of work. */
  private static final int UNITS = 4;

  private float[] dy;
  private float[] x;
  private int[] winners;
  private float[] dw;
  private int samples;
  private int units;
  private int pieces;
  private int in;
  private Lists[] lists = {};

  /** The samples of one unit sorted by winning piece, ascending within each piece. */
  private static final class Lists {
    private int[] rows = {};
    private float[] weights = {};
    private int[] starts = {};
  }

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
    if (job.lists.length < workers.threads()) {
      job.lists = new Lists[workers.threads()];
      Arrays.setAll(job.lists, i -> new Lists());
    }
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
    for (int u = piece * UNITS; u < Math.min(units, (piece + 1) * UNITS); u++) {
      sort(u, list);
      int width = 8 * Lanes.COUNT;
      for (int p = 0; p < pieces; p++) {
        int from = list.starts[p];
        int to = list.starts[p + 1];
        int row = (u * pieces + p) * in;
        int i = 0;
        for (; i + width <= in; i += width) {
          WinnerInput.Simd.block8(x, i, list.rows, list.weights, from, to, dw, row + i);
        }
        for (; i + Lanes.COUNT <= in; i += Lanes.COUNT) {
          WinnerInput.Simd.block1(x, i, list.rows, list.weights, from, to, dw, row + i);
        }
        for (; i < in; i++) {
          float sum = 0;
          for (int e = from; e < to; e++) {
            sum = Math.fma(list.weights[e], x[list.rows[e] + i], sum);
          }
          dw[row + i] = sum;
        }
      }
    }
  }

  /** Counting sort of one unit's samples by winner. */
  private void sort(int u, Lists list) {
    if (list.rows.length < samples) {
      list.rows = new int[samples];
      list.weights = new float[samples];
    }
    if (list.starts.length < pieces + 2) {
      list.starts = new int[pieces + 2];
    }
    int[] starts = list.starts;
    Arrays.fill(starts, 0, pieces + 2, 0);
    for (int s = 0; s < samples; s++) {
      if (dy[s * units + u] != 0) {
        starts[winners[s * units + u] + 2]++;
      }
    }
    for (int p = 2; p < pieces + 2; p++) {
      starts[p] += starts[p - 1];
    }
    for (int s = 0; s < samples; s++) {
      float d = dy[s * units + u];
      if (d != 0) {
        int at = starts[winners[s * units + u] + 1]++;
        list.rows[at] = s * in;
        list.weights[at] = d;
      }
    }
  }
}
