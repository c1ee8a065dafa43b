package advx.engine.kernel;

import advx.engine.Workers;

/**
 * C ← A·Bᵀ with ten or twenty columns: A are samples [m][k], B the weights of a last layer [n][k].
 *
 * <p>With the lanes over ten outputs six of sixteen would be idle; with the lanes over the samples
 * these would have to be transposed, and that took two fifths of the time. {@link TenOutputs} does
 * neither.
 */
final class FewOutputs implements Workers.Task {
  private static final int TEN = TenOutputs.TEN;

  /** Outputs, at most: with more of them {@link LayerProduct} has whole tiles, too. */
  private static final int MOST = 2 * TEN;

  /** What chains without a bias begin at. */
  static final float[] ZEROS = new float[MOST];

  /** Samples in a piece of work: two tiles. */
  private static final int PIECE = 2 * TenOutputs.SAMPLES;

  /** Length of a thread's block: two of them share no cache line. */
  private static final int APART = 64;

  private int m;
  private int n;
  private int k;
  private float[] a;
  private int lda;
  private float[] c;
  private int ldc;
  private int pieces;
  private float[] panel = {};
  private final float[] begin = new float[MOST / TEN * TenOutputs.WIDTH];
  private float[][] blocks = {};

  /** Whether it is the way: whole tiles. */
  static boolean suits(int m, int n) {
    return TenOutputs.here() && m >= PIECE && n <= MOST && n % TEN == 0;
  }

  /**
   * C[s][o] ← begin[o] + Σₚ A[s][p]·B[o][p].
   *
   * @param begin one number a column: a bias, or {@link #ZEROS}
   */
  static void multiply(
      Workers workers,
      boolean serial,
      int m,
      int n,
      int k,
      float[] a,
      int lda,
      float[] b,
      int ldb,
      float[] begin,
      float[] c,
      int ldc) {
    FewOutputs job = workers.scratch(FewOutputs.class, FewOutputs::new);
    job.m = m;
    job.n = n;
    job.k = k;
    job.a = a;
    job.lda = lda;
    job.c = c;
    job.ldc = ldc;
    job.pack(b, ldb, begin);
    job.multiply(workers, serial);
  }

  private void pack(float[] b, int ldb, float[] bias) {
    panel = Packing.grown(panel, n / TEN * k * TenOutputs.WIDTH);
    for (int o = 0; o < n; o += TEN) {
      TenOutputs.pack(b, o * ldb, ldb, k, panel, panelAt(o));
      TenOutputs.begin(bias, o, begin, beginAt(o));
    }
  }

  private int panelAt(int output) {
    return Packing.START + output / TEN * k * TenOutputs.WIDTH;
  }

  private static int beginAt(int output) {
    return output / TEN * TenOutputs.WIDTH;
  }

  private void multiply(Workers workers, boolean serial) {
    if (blocks.length < workers.threads()) {
      blocks = new float[workers.threads()][APART];
    }
    pieces = m / PIECE;
    if (serial) {
      for (int i = 0; i < pieces; i++) {
        run(i, 0);
      }
    } else {
      workers.run(pieces, this);
    }
  }

  /** Two tiles; the last piece has the rest, too, whose last tile may repeat samples of its own. */
  @Override
  public void run(int piece, int worker) {
    int end = piece == pieces - 1 ? m : (piece + 1) * PIECE;
    for (int s = piece * PIECE; s < end; s += TenOutputs.SAMPLES) {
      int first = Math.min(s, m - TenOutputs.SAMPLES);
      for (int o = 0; o < n; o += TEN) {
        TenOutputs.tile(
            k,
            a,
            first * lda,
            lda,
            panel,
            panelAt(o),
            begin,
            beginAt(o),
            c,
            first * ldc + o,
            ldc,
            blocks[worker]);
      }
    }
  }
}
