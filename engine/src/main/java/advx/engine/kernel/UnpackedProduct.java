package advx.engine.kernel;

import advx.engine.Workers;
import java.util.Arrays;

/**
 * C ← op(A)·B where B lies in the second cache anyway: neither B nor C's last columns are packed
 * ({@link UnpackedTiles}). A is wanted transposed; if it is not, a thread turns the strip of rows
 * that it needs. So no thread waits for another, and C is written in whole rows, which the hardware
 * fetches ahead; a column of tiles at a time it does not.
 */
final class UnpackedProduct implements Workers.Task {
  /** Numbers in B, at most: half of a second cache. */
  private static final int MOST = 1 << 17;

  /** Multiply-adds in one piece of work, at least, about: half a microsecond. */
  private static final int LEAST = 1 << 15;

  /** Rows in one piece of work: whole tiles of six; so many more that a panel of B pays. */
  private static final int ROWS = 12;

  private static final int MANY_ROWS = 24;

  private static final int L = Lanes.COUNT;
  private static final int TEN = 10;
  private static final int HIGHEST = TEN;

  /** Columns in one piece of work where the rows are few. */
  private static final int COLUMNS = 4 * L;

  private static final float[] ZEROS = RowTiles.ZEROS;
  private static final boolean HALVES = L == 16;

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
  private boolean tens;
  private int rowsPerBlock;
  private int blocks;
  private int groups;
  private Scratch[] scratch = {};

  /** The block of rows of A that a thread has turned round, or −1. */
  private static final class Scratch {
    private int block;
    private float[] turned = {};
  }

  /** Whether it is the way. */
  static boolean suits(int m, int n, int k) {
    return Lanes.VECTOR
        && Lanes.manyRegisters()
        && m >= HIGHEST
        && n >= COLUMNS
        && (long) n * k <= MOST;
  }

  static void multiply(
      Workers workers,
      boolean serial,
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
    UnpackedProduct job = workers.scratch(UnpackedProduct.class, UnpackedProduct::new);
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
    job.multiply(workers, serial);
  }

  private void multiply(Workers workers, boolean serial) {
    if (scratch.length < workers.threads()) {
      scratch = new Scratch[workers.threads()];
      Arrays.setAll(scratch, i -> new Scratch());
    }
    for (Scratch own : scratch) {
      own.block = -1;
    }
    cut();
    if (serial) {
      for (int i = 0; i < blocks * groups; i++) {
        run(i, 0);
      }
    } else {
      workers.run(blocks * groups, this);
    }
  }

  /** Blocks of rows with all columns; or, where the rows are few, all rows with some columns. */
  private void cut() {
    tens = Gemm.ceilDiv(m, TEN) * TEN < Gemm.ceilDiv(m, 6) * 6;
    if (m < 2 * MANY_ROWS) {
      rowsPerBlock = m;
      blocks = 1;
      groups = (n + L) / COLUMNS;
    } else {
      int unit = tens ? TEN : m < TEN * MANY_ROWS ? ROWS : MANY_ROWS;
      rowsPerBlock = Math.max(1, Gemm.ceilDiv(LEAST, unit * n * k)) * unit;
      blocks = Math.max(1, (m + rowsPerBlock - HIGHEST) / rowsPerBlock);
      groups = 1;
    }
  }

  @Override
  public void run(int piece, int worker) {
    int block = piece % blocks;
    int group = piece / blocks;
    int row = block * rowsPerBlock;
    int rows = block == blocks - 1 ? m - row : rowsPerBlock;
    int first = group * COLUMNS;
    int end = group == groups - 1 ? n : first + COLUMNS;
    float[] from = a;
    int at = transA ? row : row * lda;
    int ld = lda;
    if (!transA) {
      Scratch own = scratch[worker];
      ld = rows;
      if (own.block != block) {
        own.block = block;
        own.turned = Packing.grown(own.turned, rows * k);
        Packing.transpose(a, at, lda, rows, k, own.turned, Packing.START, ld);
      }
      from = own.turned;
      at = Packing.START;
    }
    if (tens) {
      tens(rows, from, at, ld, row, first, end);
    } else {
      tiles(rows, from, at, ld, row, first, end);
    }
  }

  /** Panels of four vectors and of three; the last begins early enough to end with the columns. */
  private void tiles(int rows, float[] from, int at, int ld, int row, int first, int end) {
    int j = first;
    while (j < end) {
      int left = Gemm.ceilDiv(end - j, L);
      boolean three = left < 3 || (left <= 9 && left % 3 == 0) || end - first < 4 * L;
      int width = three ? 3 * L : 4 * L;
      int height = three ? 8 : 6;
      j = Math.min(j, end - width);
      for (int r = 0; r < rows; r += height) {
        int i = Math.min(r, rows - height);
        int to = (row + i) * ldc + j;
        if (three) {
          UnpackedTiles.Simd.tile8x3(k, from, at + i, ld, b, j, ldb, ZEROS, c, to, ldc);
        } else {
          UnpackedTiles.Simd.tile6x4(k, from, at + i, ld, b, j, ldb, ZEROS, c, to, ldc);
        }
      }
      j += width;
    }
  }

  private void tens(int rows, float[] from, int at, int ld, int row, int first, int end) {
    int j = first;
    while (j < end) {
      boolean half = HALVES && end - j <= L;
      int width = half ? L / 2 : 2 * L;
      j = Math.min(j, end - width);
      for (int r = 0; r < rows; r += TEN) {
        int i = Math.min(r, rows - TEN);
        int to = (row + i) * ldc + j;
        if (half) {
          TenTiles.Simd.tile10xHalf(k, from, at + i, ld, b, j, ldb, ZEROS, c, to, ldc);
        } else {
          TenTiles.Simd.tile10x2(k, from, at + i, ld, b, j, ldb, ZEROS, c, to, ldc);
        }
      }
      j += width;
    }
  }
}
