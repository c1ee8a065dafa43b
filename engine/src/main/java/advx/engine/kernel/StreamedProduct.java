package advx.engine.kernel;

import advx.engine.Workers;
import java.util.Arrays;

/**
 * C ← op(A)·B where B is larger than the second cache and few rows of A meet it, as in the input
 * gradient of a wide layer: B is read where it lies, a panel of four vectors at a time.
 *
 * <p>A panel of 1200 rows takes 300 KB of the second cache. To write a copy of it takes as long as
 * two tiles, since each line is fetched before it is written, and a batch of 100 rows has 17. A is
 * wanted by columns ({@link UnpackedTiles}); where it lies by rows, the threads turn it first, in
 * strips.
 */
final class StreamedProduct implements Workers.Task {
  /** Numbers of a chain, at most: panel and A stay in the second cache together. */
  private static final int DEEPEST = 1600;

  /** Rows of A, at most: with more of them a copy of B pays. */
  private static final int MOST_ROWS = 480;

  private static final int FEWEST_ROWS = 10;

  /** Rows of a strip; the last has the rest, too: whole tiles of six and of eight. */
  private static final int STRIP = 24;

  /** The last panels are cut into blocks of rows, so that all threads end together. */
  private static final int CUT = 4;

  /** Strips in such a block. */
  private static final int STRIPS = 2;

  /** Rows of B so many numbers apart, or a multiple, share few sets of a cache. */
  private static final int ALIAS = 128;

  private static final int L = Lanes.COUNT;
  private static final int FOUR = 4 * L;
  private static final int THREE = 3 * L;
  private static final float[] ZEROS = RowTiles.ZEROS;

  private boolean transA;
  private int m;
  private int n;
  private int k;
  private float[] a;
  private int lda;
  private float[] b;
  private int ldb;
  private float[] c;
  private int ldc;
  private int strips;
  private int blocks;
  private int fours;
  private int whole;
  private boolean turning;
  private float[] turned = {};
  private float[][] edges = {};

  /** Whether it is the way, where {@link UnpackedProduct} is not. */
  static boolean suits(int m, int n, int k, int ldb) {
    return Lanes.VECTOR
        && Lanes.manyRegisters()
        && m >= FEWEST_ROWS
        && m <= MOST_ROWS
        && n >= FOUR
        && k <= DEEPEST
        && ldb % ALIAS != 0;
  }

  static void multiply(
      Workers workers,
      boolean transA,
      int m,
      int n,
      int k,
      float[] a,
      int lda,
      float[] b,
      int ldb,
      float[] c,
      int ldc) {
    StreamedProduct job = workers.scratch(StreamedProduct.class, StreamedProduct::new);
    job.transA = transA;
    job.m = m;
    job.n = n;
    job.k = k;
    job.a = a;
    job.lda = lda;
    job.b = b;
    job.ldb = ldb;
    job.c = c;
    job.ldc = ldc;
    job.multiply(workers);
  }

  private void multiply(Workers workers) {
    if (edges.length < workers.threads()) {
      edges = new float[workers.threads()][];
      Arrays.setAll(edges, i -> new float[8 * FOUR]);
    }
    strips = Math.max(1, m / STRIP);
    blocks = Gemm.ceilDiv(strips, STRIPS);
    if (!transA) {
      turned = Packing.grown(turned, m * k);
      turning = true;
      workers.run(strips, this);
      turning = false;
    }
    // Up to three panels of three vectors, so that the last is a whole one.
    int vectors = Gemm.ceilDiv(n, L);
    int threes = (4 - vectors % 4) % 4;
    if (3 * threes > vectors) {
      threes = 0;
    }
    fours = Gemm.ceilDiv(vectors - 3 * threes, 4);
    int cut = Math.min(CUT, fours + threes);
    whole = fours + threes - cut;
    workers.run(whole + cut * blocks, this);
  }

  @Override
  public void run(int piece, int worker) {
    if (turning) {
      turn(piece);
    } else if (piece < whole) {
      panel(piece, 0, strips, edges[worker]);
    } else {
      int block = (piece - whole) % blocks;
      int end = Math.min(strips, (block + 1) * STRIPS);
      panel(whole + (piece - whole) / blocks, block * STRIPS, end, edges[worker]);
    }
  }

  private int height(int strip) {
    return strip == strips - 1 ? m - strip * STRIP : STRIP;
  }

  private void turn(int strip) {
    int row = strip * STRIP;
    int rows = height(strip);
    Packing.transpose(a, row * lda, lda, rows, k, turned, Packing.START + row * k, rows);
  }

  private void panel(int panel, int strip, int end, float[] edge) {
    boolean four = panel < fours;
    int width = four ? FOUR : THREE;
    int column = four ? panel * FOUR : fours * FOUR + (panel - fours) * THREE;
    for (int s = strip; s < end; s++) {
      int row = s * STRIP;
      if (transA) {
        strip(width, height(s), a, row, lda, row, column, edge);
      } else {
        strip(width, height(s), turned, Packing.START + row * k, height(s), row, column, edge);
      }
    }
  }

  /** The last tile moves up over rows that are done; over another panel's columns it may not. */
  private void strip(
      int width, int rows, float[] from, int at, int ld, int row, int column, float[] edge) {
    int height = width == FOUR ? 6 : 8;
    int j = Math.min(column, n - width);
    for (int r = 0; r < rows; r += height) {
      int i = Math.min(r, rows - height);
      int to = (row + i) * ldc + column;
      if (j == column) {
        tile(width, from, at + i, ld, j, c, to, ldc);
      } else {
        tile(width, from, at + i, ld, j, edge, 0, width);
        int done = column - j;
        Gemm.copy(edge, done, width, c, to, ldc, height, width - done);
      }
    }
  }

  private void tile(
      int width, float[] from, int at, int ld, int j, float[] to, int toAt, int toLd) {
    if (width == FOUR) {
      UnpackedTiles.Simd.tile6x4(k, from, at, ld, b, j, ldb, ZEROS, to, toAt, toLd);
    } else {
      UnpackedTiles.Simd.tile8x3(k, from, at, ld, b, j, ldb, ZEROS, to, toAt, toLd);
    }
  }
}
