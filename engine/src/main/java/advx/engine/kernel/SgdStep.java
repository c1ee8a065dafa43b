package advx.engine.kernel;

import advx.engine.Workers;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * A step of stochastic gradient descent with classical momentum and a limit on the norm of each row
 * of weights, in one pass over memory.
 *
 * <p>The limit is the one of the maxout networks: the L2 norm of the weights into each linear piece
 * (Goodfellow et al. 2013 speak of columns: their matrices are stored [in][out]).
 */
public final class SgdStep implements Workers.Task {
  /** Numbers in one piece of work, about. */
  private static final int WORK = 16_384;

  private float[] w;
  private float[] v;
  private float[] g;
  private int rows;
  private int columns;
  private int rowsPerPiece;
  private float rate;
  private float momentum;
  private float limit;
  private float[][] lanes = {};

  private SgdStep() {}

  /**
   * v ← fma(μ, v, −rate·g), w ← w + v, then each row of w times min(1, limit/‖row‖₂).
   *
   * @param w weights [rows][columns], updated in place
   * @param v velocities, likewise
   * @param g gradients
   * @param limit infinite for none; the norm is √ of the 64-lane sum of squares
   */
  public static void step(
      Workers workers,
      float[] w,
      float[] v,
      float[] g,
      int rows,
      int columns,
      float rate,
      float momentum,
      float limit) {
    SgdStep job = workers.scratch(SgdStep.class, SgdStep::new);
    job.w = w;
    job.v = v;
    job.g = g;
    job.rows = rows;
    job.columns = columns;
    job.rate = rate;
    job.momentum = momentum;
    job.limit = limit;
    job.rowsPerPiece = Math.max(1, WORK / Math.max(1, columns));
    if (job.lanes.length < workers.threads()) {
      job.lanes = new float[workers.threads()][Lanes.LOGICAL];
    }
    workers.run(Gemm.ceilDiv(rows, job.rowsPerPiece), job);
  }

  /** The twin. */
  static void scalar(
      float[] w,
      float[] v,
      float[] g,
      int rows,
      int columns,
      float rate,
      float momentum,
      float limit) {
    float[] lanes = new float[Lanes.LOGICAL];
    for (int r = 0; r < rows; r++) {
      Arrays.fill(lanes, 0);
      for (int i = 0; i < columns; i++) {
        int at = r * columns + i;
        v[at] = Math.fma(momentum, v[at], -rate * g[at]);
        w[at] += v[at];
        lanes[i % Lanes.LOGICAL] = Math.fma(w[at], w[at], lanes[i % Lanes.LOGICAL]);
      }
      for (int half = Lanes.LOGICAL / 2; half > 0; half /= 2) {
        for (int l = 0; l < half; l++) {
          lanes[l] += lanes[l + half];
        }
      }
      float norm = (float) Math.sqrt(lanes[0]);
      if (norm > limit) {
        for (int i = 0; i < columns; i++) {
          w[r * columns + i] *= limit / norm;
        }
      }
    }
  }

  @Override
  public void run(int piece, int worker) {
    int first = piece * rowsPerPiece;
    int last = Math.min(rows, first + rowsPerPiece);
    for (int r = first; r < last; r++) {
      row(w, v, r * columns, g, r * columns, columns, rate, momentum, limit, lanes[worker]);
    }
  }

  /**
   * The step of one row, w[at …] and v[at …], by the gradient g[gAt …].
   *
   * @param lanes room for 64 numbers
   */
  static void row(
      float[] w,
      float[] v,
      int at,
      float[] g,
      int gAt,
      int columns,
      float rate,
      float momentum,
      float limit,
      float[] lanes) {
    int bound = Lanes.VECTOR ? Simd.update(w, v, at, g, gAt, columns, rate, momentum) : 0;
    update(w, v, at, g, gAt, bound, columns, rate, momentum);
    if (limit < Float.POSITIVE_INFINITY) {
      float norm = (float) Math.sqrt(Sums.squares(w, at, columns, lanes));
      if (norm > limit) {
        rescale(w, at, columns, limit / norm);
      }
    }
  }

  private static void update(
      float[] w,
      float[] v,
      int at,
      float[] g,
      int gAt,
      int from,
      int to,
      float rate,
      float momentum) {
    for (int i = from; i < to; i++) {
      float velocity = Math.fma(momentum, v[at + i], -rate * g[gAt + i]);
      v[at + i] = velocity;
      w[at + i] += velocity;
    }
  }

  private static void rescale(float[] w, int at, int columns, float factor) {
    int bound = Lanes.VECTOR ? Simd.rescale(w, at, columns, factor) : 0;
    for (int i = bound; i < columns; i++) {
      w[at + i] *= factor;
    }
  }

  /**
   * By hand: the compiler cannot know that g, at another index, is not v or w, and vectorises the
   * plain loop that rescales in some JVMs and not in others.
   */
  static final class Simd {
    private Simd() {}

    /** Whole vectors; returns the first number left. */
    static int update(
        float[] w, float[] v, int at, float[] g, int gAt, int n, float rate, float momentum) {
      FloatVector mu = FloatVector.broadcast(Species.F, momentum);
      int i = 0;
      for (; i + Species.L <= n; i += Species.L) {
        FloatVector share = FloatVector.fromArray(Species.F, g, gAt + i).mul(-rate);
        FloatVector velocity = mu.fma(FloatVector.fromArray(Species.F, v, at + i), share);
        velocity.intoArray(v, at + i);
        FloatVector.fromArray(Species.F, w, at + i).add(velocity).intoArray(w, at + i);
      }
      return i;
    }

    /** Whole vectors; returns the first number left. */
    static int rescale(float[] w, int at, int n, float factor) {
      int i = 0;
      for (; i + Species.L <= n; i += Species.L) {
        FloatVector.fromArray(Species.F, w, at + i).mul(factor).intoArray(w, at + i);
      }
      return i;
    }
  }
}
