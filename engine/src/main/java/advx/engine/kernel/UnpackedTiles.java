package advx.engine.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * Micro-kernels of products that pack nothing: C[rows][width] ← Σₚ A[p][rows]·B[p][width], all
 * three read and written where they lie, A transposed. For 32 registers.
 *
 * <p>{@link RowTiles} wants B in panels, which is a pass over B that only many rows of A repay.
 * Without them the bounds of B are checked in the loop, beside which the multiply-adds take no
 * longer. Neighbours in a row of A need one address where as many rows of A need as many, and
 * before a loop over few k the bounds of those take as long as the loop. Sums begin at zeros that
 * are loaded, as in all tiles: with {@code FloatVector.zero}, or with a loop around the loop, the
 * compiler sometimes left every sum an object.
 */
final class UnpackedTiles {
  private UnpackedTiles() {}

  static final class Simd {
    private static final int L = Species.L;

    private Simd() {}

    static void tile6x4(
        int kc,
        float[] a,
        int aAt,
        int lda,
        float[] b,
        int bAt,
        int ldb,
        float[] zeros,
        float[] c,
        int at,
        int ldc) {
      int d = aAt;
      FloatVector s00 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s01 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s02 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s03 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s10 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s11 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s12 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s13 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s20 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s21 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s22 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s23 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s30 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s31 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s32 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s33 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s40 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s41 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s42 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s43 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s50 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s51 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s52 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s53 = FloatVector.fromArray(Species.F, zeros, 0);
      int q = bAt;
      for (int p = 0; p < kc; p++) {
        FloatVector b0 = FloatVector.fromArray(Species.F, b, q);
        FloatVector b1 = FloatVector.fromArray(Species.F, b, q + L);
        FloatVector b2 = FloatVector.fromArray(Species.F, b, q + 2 * L);
        FloatVector b3 = FloatVector.fromArray(Species.F, b, q + 3 * L);
        FloatVector x0 = FloatVector.broadcast(Species.F, a[d]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
        s02 = x0.fma(b2, s02);
        s03 = x0.fma(b3, s03);
        FloatVector x1 = FloatVector.broadcast(Species.F, a[d + 1]);
        s10 = x1.fma(b0, s10);
        s11 = x1.fma(b1, s11);
        s12 = x1.fma(b2, s12);
        s13 = x1.fma(b3, s13);
        FloatVector x2 = FloatVector.broadcast(Species.F, a[d + 2]);
        s20 = x2.fma(b0, s20);
        s21 = x2.fma(b1, s21);
        s22 = x2.fma(b2, s22);
        s23 = x2.fma(b3, s23);
        FloatVector x3 = FloatVector.broadcast(Species.F, a[d + 3]);
        s30 = x3.fma(b0, s30);
        s31 = x3.fma(b1, s31);
        s32 = x3.fma(b2, s32);
        s33 = x3.fma(b3, s33);
        FloatVector x4 = FloatVector.broadcast(Species.F, a[d + 4]);
        s40 = x4.fma(b0, s40);
        s41 = x4.fma(b1, s41);
        s42 = x4.fma(b2, s42);
        s43 = x4.fma(b3, s43);
        FloatVector x5 = FloatVector.broadcast(Species.F, a[d + 5]);
        s50 = x5.fma(b0, s50);
        s51 = x5.fma(b1, s51);
        s52 = x5.fma(b2, s52);
        s53 = x5.fma(b3, s53);
        d += lda;
        q += ldb;
      }
      s00.intoArray(c, at);
      s01.intoArray(c, at + L);
      s02.intoArray(c, at + 2 * L);
      s03.intoArray(c, at + 3 * L);
      s10.intoArray(c, at + ldc);
      s11.intoArray(c, at + ldc + L);
      s12.intoArray(c, at + ldc + 2 * L);
      s13.intoArray(c, at + ldc + 3 * L);
      s20.intoArray(c, at + 2 * ldc);
      s21.intoArray(c, at + 2 * ldc + L);
      s22.intoArray(c, at + 2 * ldc + 2 * L);
      s23.intoArray(c, at + 2 * ldc + 3 * L);
      s30.intoArray(c, at + 3 * ldc);
      s31.intoArray(c, at + 3 * ldc + L);
      s32.intoArray(c, at + 3 * ldc + 2 * L);
      s33.intoArray(c, at + 3 * ldc + 3 * L);
      s40.intoArray(c, at + 4 * ldc);
      s41.intoArray(c, at + 4 * ldc + L);
      s42.intoArray(c, at + 4 * ldc + 2 * L);
      s43.intoArray(c, at + 4 * ldc + 3 * L);
      s50.intoArray(c, at + 5 * ldc);
      s51.intoArray(c, at + 5 * ldc + L);
      s52.intoArray(c, at + 5 * ldc + 2 * L);
      s53.intoArray(c, at + 5 * ldc + 3 * L);
    }

    static void tile8x3(
        int kc,
        float[] a,
        int aAt,
        int lda,
        float[] b,
        int bAt,
        int ldb,
        float[] zeros,
        float[] c,
        int at,
        int ldc) {
      int d = aAt;
      FloatVector s00 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s01 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s02 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s10 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s11 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s12 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s20 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s21 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s22 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s30 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s31 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s32 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s40 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s41 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s42 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s50 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s51 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s52 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s60 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s61 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s62 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s70 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s71 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s72 = FloatVector.fromArray(Species.F, zeros, 0);
      int q = bAt;
      for (int p = 0; p < kc; p++) {
        FloatVector b0 = FloatVector.fromArray(Species.F, b, q);
        FloatVector b1 = FloatVector.fromArray(Species.F, b, q + L);
        FloatVector b2 = FloatVector.fromArray(Species.F, b, q + 2 * L);
        FloatVector x0 = FloatVector.broadcast(Species.F, a[d]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
        s02 = x0.fma(b2, s02);
        FloatVector x1 = FloatVector.broadcast(Species.F, a[d + 1]);
        s10 = x1.fma(b0, s10);
        s11 = x1.fma(b1, s11);
        s12 = x1.fma(b2, s12);
        FloatVector x2 = FloatVector.broadcast(Species.F, a[d + 2]);
        s20 = x2.fma(b0, s20);
        s21 = x2.fma(b1, s21);
        s22 = x2.fma(b2, s22);
        FloatVector x3 = FloatVector.broadcast(Species.F, a[d + 3]);
        s30 = x3.fma(b0, s30);
        s31 = x3.fma(b1, s31);
        s32 = x3.fma(b2, s32);
        FloatVector x4 = FloatVector.broadcast(Species.F, a[d + 4]);
        s40 = x4.fma(b0, s40);
        s41 = x4.fma(b1, s41);
        s42 = x4.fma(b2, s42);
        FloatVector x5 = FloatVector.broadcast(Species.F, a[d + 5]);
        s50 = x5.fma(b0, s50);
        s51 = x5.fma(b1, s51);
        s52 = x5.fma(b2, s52);
        FloatVector x6 = FloatVector.broadcast(Species.F, a[d + 6]);
        s60 = x6.fma(b0, s60);
        s61 = x6.fma(b1, s61);
        s62 = x6.fma(b2, s62);
        FloatVector x7 = FloatVector.broadcast(Species.F, a[d + 7]);
        s70 = x7.fma(b0, s70);
        s71 = x7.fma(b1, s71);
        s72 = x7.fma(b2, s72);
        d += lda;
        q += ldb;
      }
      s00.intoArray(c, at);
      s01.intoArray(c, at + L);
      s02.intoArray(c, at + 2 * L);
      s10.intoArray(c, at + ldc);
      s11.intoArray(c, at + ldc + L);
      s12.intoArray(c, at + ldc + 2 * L);
      s20.intoArray(c, at + 2 * ldc);
      s21.intoArray(c, at + 2 * ldc + L);
      s22.intoArray(c, at + 2 * ldc + 2 * L);
      s30.intoArray(c, at + 3 * ldc);
      s31.intoArray(c, at + 3 * ldc + L);
      s32.intoArray(c, at + 3 * ldc + 2 * L);
      s40.intoArray(c, at + 4 * ldc);
      s41.intoArray(c, at + 4 * ldc + L);
      s42.intoArray(c, at + 4 * ldc + 2 * L);
      s50.intoArray(c, at + 5 * ldc);
      s51.intoArray(c, at + 5 * ldc + L);
      s52.intoArray(c, at + 5 * ldc + 2 * L);
      s60.intoArray(c, at + 6 * ldc);
      s61.intoArray(c, at + 6 * ldc + L);
      s62.intoArray(c, at + 6 * ldc + 2 * L);
      s70.intoArray(c, at + 7 * ldc);
      s71.intoArray(c, at + 7 * ldc + L);
      s72.intoArray(c, at + 7 * ldc + 2 * L);
    }
  }
}
