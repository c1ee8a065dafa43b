package advx.engine.kernel;

import advx.engine.Workers;
import java.util.Arrays;

/**
 * {@link SgdStep} of a maxout layer's weights by a gradient that is never stored: each row of
 * {@link WinnerWeight} is computed, and consumed at once from the cache.
 *
 * <p>The gradient may be a sum of such terms, g = (g₁ + g₂) + …, one for each forward pass that the
 * weights took part in. The bits are those of computing each term, adding them and stepping.
 *
 * <pre>{@code
 * WinnerStep.of(workers, units, pieces, in).add(dy, samples, x, winners).step(w, v, rate, μ, limit);
 * }</pre>
 */
public final class WinnerStep implements Workers.Task {
  private int units;
  private int pieces;
  private int in;
  private int terms;
  private float[][] dys = new float[2][];
  private float[][] xs = new float[2][];
  private int[][] winners = new int[2][];
  private int[] samples = new int[2];

  private float[] w;
  private float[] v;
  private float rate;
  private float momentum;
  private float limit;
  private Scratch[] scratch = {};

  /** What each thread needs. */
  private static final class Scratch {
    private WinnerWeight.Lists[] lists = {};
    private float[] g = {};
    private float[] term = {};
    private final float[] lanes = new float[Lanes.LOGICAL];
  }

  private WinnerStep() {}

  /** Begins the step of weights [units·pieces][in]. */
  public static WinnerStep of(Workers workers, int units, int pieces, int in) {
    WinnerStep job = workers.scratch(WinnerStep.class, WinnerStep::new);
    job.units = units;
    job.pieces = pieces;
    job.in = in;
    job.terms = 0;
    return job;
  }

  /**
   * Adds a term of the gradient: Σₛ dy[s][u]·x[s] over the samples that each row won.
   *
   * @param dy [samples][units]
   * @param x [samples][in]
   * @param win [samples][units]
   */
  public WinnerStep add(float[] dy, int count, float[] x, int[] win) {
    if (terms == dys.length) {
      dys = Arrays.copyOf(dys, 2 * terms);
      xs = Arrays.copyOf(xs, 2 * terms);
      winners = Arrays.copyOf(winners, 2 * terms);
      samples = Arrays.copyOf(samples, 2 * terms);
    }
    dys[terms] = dy;
    xs[terms] = x;
    winners[terms] = win;
    samples[terms++] = count;
    return this;
  }

  /** v ← fma(μ, v, −rate·g), w ← w + v, then the norm limit of each row. */
  public void step(
      Workers workers, float[] weights, float[] velocity, float lr, float mu, float norm) {
    w = weights;
    v = velocity;
    rate = lr;
    momentum = mu;
    limit = norm;
    if (scratch.length < workers.threads()) {
      scratch = new Scratch[workers.threads()];
      Arrays.setAll(scratch, i -> new Scratch());
    }
    workers.run(Gemm.ceilDiv(units, WinnerWeight.UNITS), this);
  }

  @Override
  public void run(int piece, int worker) {
    Scratch own = scratch[worker];
    own.lists = WinnerWeight.Lists.enough(own.lists, terms);
    if (own.g.length < in) {
      own.g = new float[in];
      own.term = new float[in];
    }
    int first = piece * WinnerWeight.UNITS;
    int count = Math.min(WinnerWeight.UNITS, units - first);
    for (int t = 0; t < terms; t++) {
      own.lists[t].sort(dys[t], samples[t], units, first, count, pieces, winners[t], in);
    }
    for (int r = 0; r < count * pieces; r++) {
      own.lists[0].row(r, xs[0], in, own.g, 0);
      for (int t = 1; t < terms; t++) {
        own.lists[t].row(r, xs[t], in, own.term, 0);
        Addition.add(own.g, own.term, own.g, 0, in);
      }
      int at = (first * pieces + r) * in;
      SgdStep.row(w, v, at, own.g, 0, in, rate, momentum, limit, own.lanes);
    }
  }
}
