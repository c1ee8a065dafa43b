package advx.engine.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * Micro-kernels of products whose first operand is read where it lies, row by row, and whose second
 * is a packed panel: C[rows][width] += A[rows][kc]·B[kc][width].
 *
 * <p>For weights [out][in], which change with every step and meet few samples, packing would cost
 * more than it saves. Reading separate rows costs an address each, so the tile is wide: four
 * vectors share each broadcast where there are 32 registers, two where there are 16.
 */
final class RowTiles {
  /** Rows of the highest tile. */
  static final int MR = Lanes.manyRegisters() ? 8 : 4;

  /** Vectors side by side in the widest tile. */
  static final int NV = Lanes.manyRegisters() ? 4 : 2;

  /** Columns of the widest panel. */
  static final int NR = NV * Lanes.COUNT;

  private RowTiles() {}

  /**
   * The width of the panel that begins at this column: the widest, or as many whole vectors as the
   * remaining columns need.
   */
  static int width(int column, int columns) {
    int vectors = Math.min(NV, Gemm.ceilDiv(columns - column, Lanes.COUNT));
    return (Lanes.manyRegisters() ? vectors : NV) * Lanes.COUNT;
  }

  /** Columns of all panels together, padding included. */
  static int padded(int columns) {
    int last = (columns - 1) / NR * NR;
    return last + width(last, columns);
  }

  /** Rows of the tile for a panel of this width: rows × vectors is 24 where there are registers. */
  private static int height(int width) {
    return MR == 8 && width == 4 * Lanes.COUNT ? 6 : MR;
  }

  /**
   * C = from + A·B for any number of rows.
   *
   * @param lda the distance between rows of A
   * @param b a panel [kc][width]
   * @param used the columns of it that matter; those beyond may be computed or not
   * @param from what the chains begin at: C itself, or one row for all if {@code fromLd} is 0
   * @param edge room for one tile
   */
  static void rows(
      int rows,
      int kc,
      float[] a,
      int aAt,
      int lda,
      float[] b,
      int bAt,
      int width,
      int used,
      float[] from,
      int fromAt,
      int fromLd,
      float[] c,
      int at,
      int ldc,
      float[] edge) {
    int height = height(width);
    int r = 0;
    for (; r + height <= rows; r += height) {
      Simd.tile(
          kc,
          a,
          aAt + r * lda,
          lda,
          b,
          bAt,
          width,
          used,
          from,
          fromAt + r * fromLd,
          fromLd,
          c,
          at + r * ldc,
          ldc);
    }
    if (r < rows) {
      last(
          rows - r,
          kc,
          a,
          aAt + r * lda,
          lda,
          b,
          bAt,
          width,
          used,
          from,
          fromAt + r * fromLd,
          fromLd,
          c,
          at + r * ldc,
          ldc,
          edge);
    }
  }

  /** Fewer rows than a tile has: rows of A before them, or one row again and again, fill it. */
  private static void last(
      int rows,
      int kc,
      float[] a,
      int aAt,
      int lda,
      float[] b,
      int bAt,
      int width,
      int used,
      float[] from,
      int fromAt,
      int fromLd,
      float[] c,
      int at,
      int ldc,
      float[] edge) {
    int before = height(width) - rows;
    if (aAt - before * lda >= 0) {
      int to = before * width;
      Gemm.copy(from, fromAt, fromLd, edge, to, width, rows, width);
      Simd.tile(kc, a, aAt - before * lda, lda, b, bAt, width, used, edge, 0, width, edge, 0, width);
      Gemm.copy(edge, to, width, c, at, ldc, rows, width);
    } else {
      for (int r = 0; r < rows; r++) {
        int first = fromAt + r * fromLd;
        Simd.tile(kc, a, aAt + r * lda, 0, b, bAt, width, used, from, first, 0, edge, 0, width);
        Gemm.copy(edge, 0, width, c, at + r * ldc, ldc, 1, width);
      }
    }
  }

  /** One body each, no branch inside, accumulators as named locals. */
  static final class Simd {
    private static final int L = Species.L;

    /** Some CPUs execute 512 bits as two halves: the last vector may be one. */
    private static final boolean HALF = L == 16;

    private Simd() {}

    static void tile(
        int kc,
        float[] a,
        int aAt,
        int lda,
        float[] b,
        int bAt,
        int width,
        int used,
        float[] from,
        int fromAt,
        int fromLd,
        float[] c,
        int at,
        int ldc) {
      if (MR == 4) {
        tile4x2(kc, a, aAt, lda, b, bAt, from, fromAt, fromLd, c, at, ldc);
      } else if (width == 4 * L) {
        tile6x4(kc, a, aAt, lda, b, bAt, from, fromAt, fromLd, c, at, ldc);
      } else if (width == 3 * L && HALF && used <= 2 * L + L / 2) {
        tile8x2Half(kc, a, aAt, lda, b, bAt, from, fromAt, fromLd, c, at, ldc);
      } else if (width == 3 * L) {
        tile8x3(kc, a, aAt, lda, b, bAt, from, fromAt, fromLd, c, at, ldc);
      } else if (width == 2 * L) {
        tile8x2(kc, a, aAt, lda, b, bAt, from, fromAt, fromLd, c, at, ldc);
      } else {
        tile8x1(kc, a, aAt, lda, b, bAt, from, fromAt, fromLd, c, at, ldc);
      }
    }

    private static void tile4x2(
        int kc, float[] a, int aAt, int lda, float[] b, int bAt, float[] from, int fromAt, int fromLd, float[] c, int at, int ldc) {
      int f0 = fromAt;
      int f1 = fromAt + fromLd;
      int f2 = fromAt + 2 * fromLd;
      int f3 = fromAt + 3 * fromLd;
      FloatVector s00 = FloatVector.fromArray(Species.F, from, f0);
      FloatVector s01 = FloatVector.fromArray(Species.F, from, f0 + L);
      FloatVector s10 = FloatVector.fromArray(Species.F, from, f1);
      FloatVector s11 = FloatVector.fromArray(Species.F, from, f1 + L);
      FloatVector s20 = FloatVector.fromArray(Species.F, from, f2);
      FloatVector s21 = FloatVector.fromArray(Species.F, from, f2 + L);
      FloatVector s30 = FloatVector.fromArray(Species.F, from, f3);
      FloatVector s31 = FloatVector.fromArray(Species.F, from, f3 + L);
      int a1 = aAt + lda;
      int a2 = a1 + lda;
      int a3 = a2 + lda;
      for (int p = 0; p < kc; p++) {
        FloatVector b0 = FloatVector.fromArray(Species.F, b, bAt + p * 2 * L);
        FloatVector b1 = FloatVector.fromArray(Species.F, b, bAt + p * 2 * L + L);
        FloatVector x0 = FloatVector.broadcast(Species.F, a[aAt + p]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
        FloatVector x1 = FloatVector.broadcast(Species.F, a[a1 + p]);
        s10 = x1.fma(b0, s10);
        s11 = x1.fma(b1, s11);
        FloatVector x2 = FloatVector.broadcast(Species.F, a[a2 + p]);
        s20 = x2.fma(b0, s20);
        s21 = x2.fma(b1, s21);
        FloatVector x3 = FloatVector.broadcast(Species.F, a[a3 + p]);
        s30 = x3.fma(b0, s30);
        s31 = x3.fma(b1, s31);
      }
      int c0 = at;
      int c1 = at + ldc;
      int c2 = at + 2 * ldc;
      int c3 = at + 3 * ldc;
      s00.intoArray(c, c0);
      s01.intoArray(c, c0 + L);
      s10.intoArray(c, c1);
      s11.intoArray(c, c1 + L);
      s20.intoArray(c, c2);
      s21.intoArray(c, c2 + L);
      s30.intoArray(c, c3);
      s31.intoArray(c, c3 + L);
    }

    private static void tile8x1(
        int kc, float[] a, int aAt, int lda, float[] b, int bAt, float[] from, int fromAt, int fromLd, float[] c, int at, int ldc) {
      int f0 = fromAt;
      int f1 = fromAt + fromLd;
      int f2 = fromAt + 2 * fromLd;
      int f3 = fromAt + 3 * fromLd;
      int f4 = fromAt + 4 * fromLd;
      int f5 = fromAt + 5 * fromLd;
      int f6 = fromAt + 6 * fromLd;
      int f7 = fromAt + 7 * fromLd;
      FloatVector s00 = FloatVector.fromArray(Species.F, from, f0);
      FloatVector s10 = FloatVector.fromArray(Species.F, from, f1);
      FloatVector s20 = FloatVector.fromArray(Species.F, from, f2);
      FloatVector s30 = FloatVector.fromArray(Species.F, from, f3);
      FloatVector s40 = FloatVector.fromArray(Species.F, from, f4);
      FloatVector s50 = FloatVector.fromArray(Species.F, from, f5);
      FloatVector s60 = FloatVector.fromArray(Species.F, from, f6);
      FloatVector s70 = FloatVector.fromArray(Species.F, from, f7);
      int a1 = aAt + lda;
      int a2 = a1 + lda;
      int a3 = a2 + lda;
      int a4 = a3 + lda;
      int a5 = a4 + lda;
      int a6 = a5 + lda;
      int a7 = a6 + lda;
      for (int p = 0; p < kc; p++) {
        FloatVector b0 = FloatVector.fromArray(Species.F, b, bAt + p * L);
        FloatVector x0 = FloatVector.broadcast(Species.F, a[aAt + p]);
        s00 = x0.fma(b0, s00);
        FloatVector x1 = FloatVector.broadcast(Species.F, a[a1 + p]);
        s10 = x1.fma(b0, s10);
        FloatVector x2 = FloatVector.broadcast(Species.F, a[a2 + p]);
        s20 = x2.fma(b0, s20);
        FloatVector x3 = FloatVector.broadcast(Species.F, a[a3 + p]);
        s30 = x3.fma(b0, s30);
        FloatVector x4 = FloatVector.broadcast(Species.F, a[a4 + p]);
        s40 = x4.fma(b0, s40);
        FloatVector x5 = FloatVector.broadcast(Species.F, a[a5 + p]);
        s50 = x5.fma(b0, s50);
        FloatVector x6 = FloatVector.broadcast(Species.F, a[a6 + p]);
        s60 = x6.fma(b0, s60);
        FloatVector x7 = FloatVector.broadcast(Species.F, a[a7 + p]);
        s70 = x7.fma(b0, s70);
      }
      int c0 = at;
      int c1 = at + ldc;
      int c2 = at + 2 * ldc;
      int c3 = at + 3 * ldc;
      int c4 = at + 4 * ldc;
      int c5 = at + 5 * ldc;
      int c6 = at + 6 * ldc;
      int c7 = at + 7 * ldc;
      s00.intoArray(c, c0);
      s10.intoArray(c, c1);
      s20.intoArray(c, c2);
      s30.intoArray(c, c3);
      s40.intoArray(c, c4);
      s50.intoArray(c, c5);
      s60.intoArray(c, c6);
      s70.intoArray(c, c7);
    }

    private static void tile8x2(
        int kc, float[] a, int aAt, int lda, float[] b, int bAt, float[] from, int fromAt, int fromLd, float[] c, int at, int ldc) {
      int f0 = fromAt;
      int f1 = fromAt + fromLd;
      int f2 = fromAt + 2 * fromLd;
      int f3 = fromAt + 3 * fromLd;
      int f4 = fromAt + 4 * fromLd;
      int f5 = fromAt + 5 * fromLd;
      int f6 = fromAt + 6 * fromLd;
      int f7 = fromAt + 7 * fromLd;
      FloatVector s00 = FloatVector.fromArray(Species.F, from, f0);
      FloatVector s01 = FloatVector.fromArray(Species.F, from, f0 + L);
      FloatVector s10 = FloatVector.fromArray(Species.F, from, f1);
      FloatVector s11 = FloatVector.fromArray(Species.F, from, f1 + L);
      FloatVector s20 = FloatVector.fromArray(Species.F, from, f2);
      FloatVector s21 = FloatVector.fromArray(Species.F, from, f2 + L);
      FloatVector s30 = FloatVector.fromArray(Species.F, from, f3);
      FloatVector s31 = FloatVector.fromArray(Species.F, from, f3 + L);
      FloatVector s40 = FloatVector.fromArray(Species.F, from, f4);
      FloatVector s41 = FloatVector.fromArray(Species.F, from, f4 + L);
      FloatVector s50 = FloatVector.fromArray(Species.F, from, f5);
      FloatVector s51 = FloatVector.fromArray(Species.F, from, f5 + L);
      FloatVector s60 = FloatVector.fromArray(Species.F, from, f6);
      FloatVector s61 = FloatVector.fromArray(Species.F, from, f6 + L);
      FloatVector s70 = FloatVector.fromArray(Species.F, from, f7);
      FloatVector s71 = FloatVector.fromArray(Species.F, from, f7 + L);
      int a1 = aAt + lda;
      int a2 = a1 + lda;
      int a3 = a2 + lda;
      int a4 = a3 + lda;
      int a5 = a4 + lda;
      int a6 = a5 + lda;
      int a7 = a6 + lda;
      for (int p = 0; p < kc; p++) {
        FloatVector b0 = FloatVector.fromArray(Species.F, b, bAt + p * 2 * L);
        FloatVector b1 = FloatVector.fromArray(Species.F, b, bAt + p * 2 * L + L);
        FloatVector x0 = FloatVector.broadcast(Species.F, a[aAt + p]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
        FloatVector x1 = FloatVector.broadcast(Species.F, a[a1 + p]);
        s10 = x1.fma(b0, s10);
        s11 = x1.fma(b1, s11);
        FloatVector x2 = FloatVector.broadcast(Species.F, a[a2 + p]);
        s20 = x2.fma(b0, s20);
        s21 = x2.fma(b1, s21);
        FloatVector x3 = FloatVector.broadcast(Species.F, a[a3 + p]);
        s30 = x3.fma(b0, s30);
        s31 = x3.fma(b1, s31);
        FloatVector x4 = FloatVector.broadcast(Species.F, a[a4 + p]);
        s40 = x4.fma(b0, s40);
        s41 = x4.fma(b1, s41);
        FloatVector x5 = FloatVector.broadcast(Species.F, a[a5 + p]);
        s50 = x5.fma(b0, s50);
        s51 = x5.fma(b1, s51);
        FloatVector x6 = FloatVector.broadcast(Species.F, a[a6 + p]);
        s60 = x6.fma(b0, s60);
        s61 = x6.fma(b1, s61);
        FloatVector x7 = FloatVector.broadcast(Species.F, a[a7 + p]);
        s70 = x7.fma(b0, s70);
        s71 = x7.fma(b1, s71);
      }
      int c0 = at;
      int c1 = at + ldc;
      int c2 = at + 2 * ldc;
      int c3 = at + 3 * ldc;
      int c4 = at + 4 * ldc;
      int c5 = at + 5 * ldc;
      int c6 = at + 6 * ldc;
      int c7 = at + 7 * ldc;
      s00.intoArray(c, c0);
      s01.intoArray(c, c0 + L);
      s10.intoArray(c, c1);
      s11.intoArray(c, c1 + L);
      s20.intoArray(c, c2);
      s21.intoArray(c, c2 + L);
      s30.intoArray(c, c3);
      s31.intoArray(c, c3 + L);
      s40.intoArray(c, c4);
      s41.intoArray(c, c4 + L);
      s50.intoArray(c, c5);
      s51.intoArray(c, c5 + L);
      s60.intoArray(c, c6);
      s61.intoArray(c, c6 + L);
      s70.intoArray(c, c7);
      s71.intoArray(c, c7 + L);
    }

    private static void tile8x3(
        int kc, float[] a, int aAt, int lda, float[] b, int bAt, float[] from, int fromAt, int fromLd, float[] c, int at, int ldc) {
      int f0 = fromAt;
      int f1 = fromAt + fromLd;
      int f2 = fromAt + 2 * fromLd;
      int f3 = fromAt + 3 * fromLd;
      int f4 = fromAt + 4 * fromLd;
      int f5 = fromAt + 5 * fromLd;
      int f6 = fromAt + 6 * fromLd;
      int f7 = fromAt + 7 * fromLd;
      FloatVector s00 = FloatVector.fromArray(Species.F, from, f0);
      FloatVector s01 = FloatVector.fromArray(Species.F, from, f0 + L);
      FloatVector s02 = FloatVector.fromArray(Species.F, from, f0 + 2 * L);
      FloatVector s10 = FloatVector.fromArray(Species.F, from, f1);
      FloatVector s11 = FloatVector.fromArray(Species.F, from, f1 + L);
      FloatVector s12 = FloatVector.fromArray(Species.F, from, f1 + 2 * L);
      FloatVector s20 = FloatVector.fromArray(Species.F, from, f2);
      FloatVector s21 = FloatVector.fromArray(Species.F, from, f2 + L);
      FloatVector s22 = FloatVector.fromArray(Species.F, from, f2 + 2 * L);
      FloatVector s30 = FloatVector.fromArray(Species.F, from, f3);
      FloatVector s31 = FloatVector.fromArray(Species.F, from, f3 + L);
      FloatVector s32 = FloatVector.fromArray(Species.F, from, f3 + 2 * L);
      FloatVector s40 = FloatVector.fromArray(Species.F, from, f4);
      FloatVector s41 = FloatVector.fromArray(Species.F, from, f4 + L);
      FloatVector s42 = FloatVector.fromArray(Species.F, from, f4 + 2 * L);
      FloatVector s50 = FloatVector.fromArray(Species.F, from, f5);
      FloatVector s51 = FloatVector.fromArray(Species.F, from, f5 + L);
      FloatVector s52 = FloatVector.fromArray(Species.F, from, f5 + 2 * L);
      FloatVector s60 = FloatVector.fromArray(Species.F, from, f6);
      FloatVector s61 = FloatVector.fromArray(Species.F, from, f6 + L);
      FloatVector s62 = FloatVector.fromArray(Species.F, from, f6 + 2 * L);
      FloatVector s70 = FloatVector.fromArray(Species.F, from, f7);
      FloatVector s71 = FloatVector.fromArray(Species.F, from, f7 + L);
      FloatVector s72 = FloatVector.fromArray(Species.F, from, f7 + 2 * L);
      int a1 = aAt + lda;
      int a2 = a1 + lda;
      int a3 = a2 + lda;
      int a4 = a3 + lda;
      int a5 = a4 + lda;
      int a6 = a5 + lda;
      int a7 = a6 + lda;
      for (int p = 0; p < kc; p++) {
        FloatVector b0 = FloatVector.fromArray(Species.F, b, bAt + p * 3 * L);
        FloatVector b1 = FloatVector.fromArray(Species.F, b, bAt + p * 3 * L + L);
        FloatVector b2 = FloatVector.fromArray(Species.F, b, bAt + p * 3 * L + 2 * L);
        FloatVector x0 = FloatVector.broadcast(Species.F, a[aAt + p]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
        s02 = x0.fma(b2, s02);
        FloatVector x1 = FloatVector.broadcast(Species.F, a[a1 + p]);
        s10 = x1.fma(b0, s10);
        s11 = x1.fma(b1, s11);
        s12 = x1.fma(b2, s12);
        FloatVector x2 = FloatVector.broadcast(Species.F, a[a2 + p]);
        s20 = x2.fma(b0, s20);
        s21 = x2.fma(b1, s21);
        s22 = x2.fma(b2, s22);
        FloatVector x3 = FloatVector.broadcast(Species.F, a[a3 + p]);
        s30 = x3.fma(b0, s30);
        s31 = x3.fma(b1, s31);
        s32 = x3.fma(b2, s32);
        FloatVector x4 = FloatVector.broadcast(Species.F, a[a4 + p]);
        s40 = x4.fma(b0, s40);
        s41 = x4.fma(b1, s41);
        s42 = x4.fma(b2, s42);
        FloatVector x5 = FloatVector.broadcast(Species.F, a[a5 + p]);
        s50 = x5.fma(b0, s50);
        s51 = x5.fma(b1, s51);
        s52 = x5.fma(b2, s52);
        FloatVector x6 = FloatVector.broadcast(Species.F, a[a6 + p]);
        s60 = x6.fma(b0, s60);
        s61 = x6.fma(b1, s61);
        s62 = x6.fma(b2, s62);
        FloatVector x7 = FloatVector.broadcast(Species.F, a[a7 + p]);
        s70 = x7.fma(b0, s70);
        s71 = x7.fma(b1, s71);
        s72 = x7.fma(b2, s72);
      }
      int c0 = at;
      int c1 = at + ldc;
      int c2 = at + 2 * ldc;
      int c3 = at + 3 * ldc;
      int c4 = at + 4 * ldc;
      int c5 = at + 5 * ldc;
      int c6 = at + 6 * ldc;
      int c7 = at + 7 * ldc;
      s00.intoArray(c, c0);
      s01.intoArray(c, c0 + L);
      s02.intoArray(c, c0 + 2 * L);
      s10.intoArray(c, c1);
      s11.intoArray(c, c1 + L);
      s12.intoArray(c, c1 + 2 * L);
      s20.intoArray(c, c2);
      s21.intoArray(c, c2 + L);
      s22.intoArray(c, c2 + 2 * L);
      s30.intoArray(c, c3);
      s31.intoArray(c, c3 + L);
      s32.intoArray(c, c3 + 2 * L);
      s40.intoArray(c, c4);
      s41.intoArray(c, c4 + L);
      s42.intoArray(c, c4 + 2 * L);
      s50.intoArray(c, c5);
      s51.intoArray(c, c5 + L);
      s52.intoArray(c, c5 + 2 * L);
      s60.intoArray(c, c6);
      s61.intoArray(c, c6 + L);
      s62.intoArray(c, c6 + 2 * L);
      s70.intoArray(c, c7);
      s71.intoArray(c, c7 + L);
      s72.intoArray(c, c7 + 2 * L);
    }

    private static void tile8x2Half(
        int kc, float[] a, int aAt, int lda, float[] b, int bAt, float[] from, int fromAt, int fromLd, float[] c, int at, int ldc) {
      int f0 = fromAt;
      int f1 = fromAt + fromLd;
      int f2 = fromAt + 2 * fromLd;
      int f3 = fromAt + 3 * fromLd;
      int f4 = fromAt + 4 * fromLd;
      int f5 = fromAt + 5 * fromLd;
      int f6 = fromAt + 6 * fromLd;
      int f7 = fromAt + 7 * fromLd;
      FloatVector s00 = FloatVector.fromArray(Species.F, from, f0);
      FloatVector s01 = FloatVector.fromArray(Species.F, from, f0 + L);
      FloatVector s02 = FloatVector.fromArray(Species.HALF, from, f0 + 2 * L);
      FloatVector s10 = FloatVector.fromArray(Species.F, from, f1);
      FloatVector s11 = FloatVector.fromArray(Species.F, from, f1 + L);
      FloatVector s12 = FloatVector.fromArray(Species.HALF, from, f1 + 2 * L);
      FloatVector s20 = FloatVector.fromArray(Species.F, from, f2);
      FloatVector s21 = FloatVector.fromArray(Species.F, from, f2 + L);
      FloatVector s22 = FloatVector.fromArray(Species.HALF, from, f2 + 2 * L);
      FloatVector s30 = FloatVector.fromArray(Species.F, from, f3);
      FloatVector s31 = FloatVector.fromArray(Species.F, from, f3 + L);
      FloatVector s32 = FloatVector.fromArray(Species.HALF, from, f3 + 2 * L);
      FloatVector s40 = FloatVector.fromArray(Species.F, from, f4);
      FloatVector s41 = FloatVector.fromArray(Species.F, from, f4 + L);
      FloatVector s42 = FloatVector.fromArray(Species.HALF, from, f4 + 2 * L);
      FloatVector s50 = FloatVector.fromArray(Species.F, from, f5);
      FloatVector s51 = FloatVector.fromArray(Species.F, from, f5 + L);
      FloatVector s52 = FloatVector.fromArray(Species.HALF, from, f5 + 2 * L);
      FloatVector s60 = FloatVector.fromArray(Species.F, from, f6);
      FloatVector s61 = FloatVector.fromArray(Species.F, from, f6 + L);
      FloatVector s62 = FloatVector.fromArray(Species.HALF, from, f6 + 2 * L);
      FloatVector s70 = FloatVector.fromArray(Species.F, from, f7);
      FloatVector s71 = FloatVector.fromArray(Species.F, from, f7 + L);
      FloatVector s72 = FloatVector.fromArray(Species.HALF, from, f7 + 2 * L);
      int a1 = aAt + lda;
      int a2 = a1 + lda;
      int a3 = a2 + lda;
      int a4 = a3 + lda;
      int a5 = a4 + lda;
      int a6 = a5 + lda;
      int a7 = a6 + lda;
      for (int p = 0; p < kc; p++) {
        FloatVector b0 = FloatVector.fromArray(Species.F, b, bAt + p * 3 * L);
        FloatVector b1 = FloatVector.fromArray(Species.F, b, bAt + p * 3 * L + L);
        FloatVector b2 = FloatVector.fromArray(Species.HALF, b, bAt + p * 3 * L + 2 * L);
        FloatVector x0 = FloatVector.broadcast(Species.F, a[aAt + p]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
        s02 = FloatVector.broadcast(Species.HALF, a[aAt + p]).fma(b2, s02);
        FloatVector x1 = FloatVector.broadcast(Species.F, a[a1 + p]);
        s10 = x1.fma(b0, s10);
        s11 = x1.fma(b1, s11);
        s12 = FloatVector.broadcast(Species.HALF, a[a1 + p]).fma(b2, s12);
        FloatVector x2 = FloatVector.broadcast(Species.F, a[a2 + p]);
        s20 = x2.fma(b0, s20);
        s21 = x2.fma(b1, s21);
        s22 = FloatVector.broadcast(Species.HALF, a[a2 + p]).fma(b2, s22);
        FloatVector x3 = FloatVector.broadcast(Species.F, a[a3 + p]);
        s30 = x3.fma(b0, s30);
        s31 = x3.fma(b1, s31);
        s32 = FloatVector.broadcast(Species.HALF, a[a3 + p]).fma(b2, s32);
        FloatVector x4 = FloatVector.broadcast(Species.F, a[a4 + p]);
        s40 = x4.fma(b0, s40);
        s41 = x4.fma(b1, s41);
        s42 = FloatVector.broadcast(Species.HALF, a[a4 + p]).fma(b2, s42);
        FloatVector x5 = FloatVector.broadcast(Species.F, a[a5 + p]);
        s50 = x5.fma(b0, s50);
        s51 = x5.fma(b1, s51);
        s52 = FloatVector.broadcast(Species.HALF, a[a5 + p]).fma(b2, s52);
        FloatVector x6 = FloatVector.broadcast(Species.F, a[a6 + p]);
        s60 = x6.fma(b0, s60);
        s61 = x6.fma(b1, s61);
        s62 = FloatVector.broadcast(Species.HALF, a[a6 + p]).fma(b2, s62);
        FloatVector x7 = FloatVector.broadcast(Species.F, a[a7 + p]);
        s70 = x7.fma(b0, s70);
        s71 = x7.fma(b1, s71);
        s72 = FloatVector.broadcast(Species.HALF, a[a7 + p]).fma(b2, s72);
      }
      int c0 = at;
      int c1 = at + ldc;
      int c2 = at + 2 * ldc;
      int c3 = at + 3 * ldc;
      int c4 = at + 4 * ldc;
      int c5 = at + 5 * ldc;
      int c6 = at + 6 * ldc;
      int c7 = at + 7 * ldc;
      s00.intoArray(c, c0);
      s01.intoArray(c, c0 + L);
      s02.intoArray(c, c0 + 2 * L);
      s10.intoArray(c, c1);
      s11.intoArray(c, c1 + L);
      s12.intoArray(c, c1 + 2 * L);
      s20.intoArray(c, c2);
      s21.intoArray(c, c2 + L);
      s22.intoArray(c, c2 + 2 * L);
      s30.intoArray(c, c3);
      s31.intoArray(c, c3 + L);
      s32.intoArray(c, c3 + 2 * L);
      s40.intoArray(c, c4);
      s41.intoArray(c, c4 + L);
      s42.intoArray(c, c4 + 2 * L);
      s50.intoArray(c, c5);
      s51.intoArray(c, c5 + L);
      s52.intoArray(c, c5 + 2 * L);
      s60.intoArray(c, c6);
      s61.intoArray(c, c6 + L);
      s62.intoArray(c, c6 + 2 * L);
      s70.intoArray(c, c7);
      s71.intoArray(c, c7 + L);
      s72.intoArray(c, c7 + 2 * L);
    }

    private static void tile6x4(
        int kc, float[] a, int aAt, int lda, float[] b, int bAt, float[] from, int fromAt, int fromLd, float[] c, int at, int ldc) {
      int f0 = fromAt;
      int f1 = fromAt + fromLd;
      int f2 = fromAt + 2 * fromLd;
      int f3 = fromAt + 3 * fromLd;
      int f4 = fromAt + 4 * fromLd;
      int f5 = fromAt + 5 * fromLd;
      FloatVector s00 = FloatVector.fromArray(Species.F, from, f0);
      FloatVector s01 = FloatVector.fromArray(Species.F, from, f0 + L);
      FloatVector s02 = FloatVector.fromArray(Species.F, from, f0 + 2 * L);
      FloatVector s03 = FloatVector.fromArray(Species.F, from, f0 + 3 * L);
      FloatVector s10 = FloatVector.fromArray(Species.F, from, f1);
      FloatVector s11 = FloatVector.fromArray(Species.F, from, f1 + L);
      FloatVector s12 = FloatVector.fromArray(Species.F, from, f1 + 2 * L);
      FloatVector s13 = FloatVector.fromArray(Species.F, from, f1 + 3 * L);
      FloatVector s20 = FloatVector.fromArray(Species.F, from, f2);
      FloatVector s21 = FloatVector.fromArray(Species.F, from, f2 + L);
      FloatVector s22 = FloatVector.fromArray(Species.F, from, f2 + 2 * L);
      FloatVector s23 = FloatVector.fromArray(Species.F, from, f2 + 3 * L);
      FloatVector s30 = FloatVector.fromArray(Species.F, from, f3);
      FloatVector s31 = FloatVector.fromArray(Species.F, from, f3 + L);
      FloatVector s32 = FloatVector.fromArray(Species.F, from, f3 + 2 * L);
      FloatVector s33 = FloatVector.fromArray(Species.F, from, f3 + 3 * L);
      FloatVector s40 = FloatVector.fromArray(Species.F, from, f4);
      FloatVector s41 = FloatVector.fromArray(Species.F, from, f4 + L);
      FloatVector s42 = FloatVector.fromArray(Species.F, from, f4 + 2 * L);
      FloatVector s43 = FloatVector.fromArray(Species.F, from, f4 + 3 * L);
      FloatVector s50 = FloatVector.fromArray(Species.F, from, f5);
      FloatVector s51 = FloatVector.fromArray(Species.F, from, f5 + L);
      FloatVector s52 = FloatVector.fromArray(Species.F, from, f5 + 2 * L);
      FloatVector s53 = FloatVector.fromArray(Species.F, from, f5 + 3 * L);
      int a1 = aAt + lda;
      int a2 = a1 + lda;
      int a3 = a2 + lda;
      int a4 = a3 + lda;
      int a5 = a4 + lda;
      for (int p = 0; p < kc; p++) {
        FloatVector b0 = FloatVector.fromArray(Species.F, b, bAt + p * 4 * L);
        FloatVector b1 = FloatVector.fromArray(Species.F, b, bAt + p * 4 * L + L);
        FloatVector b2 = FloatVector.fromArray(Species.F, b, bAt + p * 4 * L + 2 * L);
        FloatVector b3 = FloatVector.fromArray(Species.F, b, bAt + p * 4 * L + 3 * L);
        FloatVector x0 = FloatVector.broadcast(Species.F, a[aAt + p]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
        s02 = x0.fma(b2, s02);
        s03 = x0.fma(b3, s03);
        FloatVector x1 = FloatVector.broadcast(Species.F, a[a1 + p]);
        s10 = x1.fma(b0, s10);
        s11 = x1.fma(b1, s11);
        s12 = x1.fma(b2, s12);
        s13 = x1.fma(b3, s13);
        FloatVector x2 = FloatVector.broadcast(Species.F, a[a2 + p]);
        s20 = x2.fma(b0, s20);
        s21 = x2.fma(b1, s21);
        s22 = x2.fma(b2, s22);
        s23 = x2.fma(b3, s23);
        FloatVector x3 = FloatVector.broadcast(Species.F, a[a3 + p]);
        s30 = x3.fma(b0, s30);
        s31 = x3.fma(b1, s31);
        s32 = x3.fma(b2, s32);
        s33 = x3.fma(b3, s33);
        FloatVector x4 = FloatVector.broadcast(Species.F, a[a4 + p]);
        s40 = x4.fma(b0, s40);
        s41 = x4.fma(b1, s41);
        s42 = x4.fma(b2, s42);
        s43 = x4.fma(b3, s43);
        FloatVector x5 = FloatVector.broadcast(Species.F, a[a5 + p]);
        s50 = x5.fma(b0, s50);
        s51 = x5.fma(b1, s51);
        s52 = x5.fma(b2, s52);
        s53 = x5.fma(b3, s53);
      }
      int c0 = at;
      int c1 = at + ldc;
      int c2 = at + 2 * ldc;
      int c3 = at + 3 * ldc;
      int c4 = at + 4 * ldc;
      int c5 = at + 5 * ldc;
      s00.intoArray(c, c0);
      s01.intoArray(c, c0 + L);
      s02.intoArray(c, c0 + 2 * L);
      s03.intoArray(c, c0 + 3 * L);
      s10.intoArray(c, c1);
      s11.intoArray(c, c1 + L);
      s12.intoArray(c, c1 + 2 * L);
      s13.intoArray(c, c1 + 3 * L);
      s20.intoArray(c, c2);
      s21.intoArray(c, c2 + L);
      s22.intoArray(c, c2 + 2 * L);
      s23.intoArray(c, c2 + 3 * L);
      s30.intoArray(c, c3);
      s31.intoArray(c, c3 + L);
      s32.intoArray(c, c3 + 2 * L);
      s33.intoArray(c, c3 + 3 * L);
      s40.intoArray(c, c4);
      s41.intoArray(c, c4 + L);
      s42.intoArray(c, c4 + 2 * L);
      s43.intoArray(c, c4 + 3 * L);
      s50.intoArray(c, c5);
      s51.intoArray(c, c5 + L);
      s52.intoArray(c, c5 + 2 * L);
      s53.intoArray(c, c5 + 3 * L);
    }
  }
}
