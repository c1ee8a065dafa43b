package advx.engine.kernel;

import advx.engine.Workers;
import java.util.Arrays;

/**
 * C ← A·Bᵀ with ten or twenty columns: A are samples [m][k], B the weights of a last layer [n][k].
 *
 * <p>With the lanes over ten outputs six of sixteen would be idle. So they run over the samples: 32
 * of them are transposed into a panel that stays in the first cache where another panel would
 * follow, all outputs pass it in tiles of ten ({@link TenRowTiles}), and the result is turned back.
 * No thread needs another's panel.
 */
final class FewOutputs implements Workers.Task {
  private static final int TEN = 10;

  /** Outputs, at most: with more of them {@link LayerProduct} has whole tiles, too. */
  private static final int MOST = 2 * TEN;

  /** What chains without a bias begin at. */
  static final float[] ZEROS = new float[MOST];

  /** Samples in a panel. */
  private static final int WIDTH = 2 * Lanes.COUNT;

  private static final int HALF = Lanes.COUNT / 2;

  private int m;
  private int n;
  private int k;
  private float[] a;
  private int lda;
  private float[] b;
  private int ldb;
  private float[] c;
  private int ldc;
  private float[] begin;
  private int pieces;
  private Scratch[] scratch = {};

  /** What each thread packs samples into, and computes into. */
  private static final class Scratch {
    private float[] panel = {};
    private final float[] block = new float[MOST * WIDTH];
  }

  /** Whether it is the way: whole tiles, 32 registers, and vectors whose half is no slower. */
  static boolean suits(int m, int n) {
    return Lanes.COUNT == 16 && Lanes.manyRegisters() && m >= WIDTH && n <= MOST && n % TEN == 0;
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
    job.b = b;
    job.ldb = ldb;
    job.begin = begin;
    job.c = c;
    job.ldc = ldc;
    job.multiply(workers, serial);
  }

  private void multiply(Workers workers, boolean serial) {
    if (scratch.length < workers.threads()) {
      scratch = new Scratch[workers.threads()];
      Arrays.setAll(scratch, i -> new Scratch());
    }
    pieces = m / WIDTH;
    if (serial) {
      for (int i = 0; i < pieces; i++) {
        run(i, 0);
      }
    } else {
      workers.run(pieces, this);
    }
  }

  /** A panel; the last piece has the rest, too, whose last panel may repeat some samples. */
  @Override
  public void run(int piece, int worker) {
    Scratch own = scratch[worker];
    own.panel = Packing.grown(own.panel, k * WIDTH);
    int first = piece * WIDTH;
    panel(first, WIDTH, own);
    if (piece == pieces - 1) {
      int rest = first + WIDTH;
      int width = m - rest > WIDTH / 2 ? WIDTH : HALF;
      for (int s = rest; s < m; s += width) {
        panel(Math.min(s, m - width), width, own);
      }
    }
  }

  private void panel(int sample, int width, Scratch own) {
    float[] panel = own.panel;
    float[] block = own.block;
    Packing.transpose(a, sample * lda, lda, width, k, panel, Packing.START, width);
    for (int o = 0; o < n; o += TEN) {
      int w = o * ldb;
      int to = o * width;
      int at = Packing.START;
      if (width == WIDTH) {
        TenRowTiles.Simd.tile10x2(k, b, w, ldb, panel, at, width, begin, o, block, to, width);
      } else {
        TenRowTiles.Simd.tile10xHalf(k, b, w, ldb, panel, at, width, begin, o, block, to, width);
      }
    }
    Packing.transpose(block, 0, width, n, width, c, sample * ldc, ldc);
  }
}
