package advx.engine.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * Micro-kernels of products that pack nothing: C[rows][width] ← A[rows][kc]·B[kc][width], all three
 * read and written where they lie. For 32 registers.
 *
 * <p>{@link RowTiles} wants B in panels, which is a pass over B that only many rows of A repay.
 * Without it the bounds of B are checked in the loop, beside which the multiply-adds take no
 * longer. All tiles of a strip are one call, since with few k a call for each would show. The last
 * one moves up over rows that are done: they are computed again, to the same bits, and nothing is
 * padded; so there must be as many rows as a tile has.
 */
final class UnpackedTiles {
  private UnpackedTiles() {}

  static final class Simd {
    private static final int L = Species.L;

    private Simd() {}

    static void tile6x4(
        int rows,
        int kc,
        float[] a,
        int aAt,
        int lda,
        float[] b,
        int bAt,
        int ldb,
        float[] c,
        int at,
        int ldc) {
      for (int r = 0; r < rows; r += 6) {
        int top = Math.min(r, rows - 6);
        int r0 = aAt + top * lda;
        int r1 = r0 + lda;
        int r2 = r1 + lda;
        int r3 = r2 + lda;
        int r4 = r3 + lda;
        int r5 = r4 + lda;
        FloatVector s00 = FloatVector.zero(Species.F);
        FloatVector s01 = FloatVector.zero(Species.F);
        FloatVector s02 = FloatVector.zero(Species.F);
        FloatVector s03 = FloatVector.zero(Species.F);
        FloatVector s10 = FloatVector.zero(Species.F);
        FloatVector s11 = FloatVector.zero(Species.F);
        FloatVector s12 = FloatVector.zero(Species.F);
        FloatVector s13 = FloatVector.zero(Species.F);
        FloatVector s20 = FloatVector.zero(Species.F);
        FloatVector s21 = FloatVector.zero(Species.F);
        FloatVector s22 = FloatVector.zero(Species.F);
        FloatVector s23 = FloatVector.zero(Species.F);
        FloatVector s30 = FloatVector.zero(Species.F);
        FloatVector s31 = FloatVector.zero(Species.F);
        FloatVector s32 = FloatVector.zero(Species.F);
        FloatVector s33 = FloatVector.zero(Species.F);
        FloatVector s40 = FloatVector.zero(Species.F);
        FloatVector s41 = FloatVector.zero(Species.F);
        FloatVector s42 = FloatVector.zero(Species.F);
        FloatVector s43 = FloatVector.zero(Species.F);
        FloatVector s50 = FloatVector.zero(Species.F);
        FloatVector s51 = FloatVector.zero(Species.F);
        FloatVector s52 = FloatVector.zero(Species.F);
        FloatVector s53 = FloatVector.zero(Species.F);
        for (int p = 0; p < kc; p++) {
          int q = bAt + p * ldb;
          FloatVector b0 = FloatVector.fromArray(Species.F, b, q);
          FloatVector b1 = FloatVector.fromArray(Species.F, b, q + L);
          FloatVector b2 = FloatVector.fromArray(Species.F, b, q + 2 * L);
          FloatVector b3 = FloatVector.fromArray(Species.F, b, q + 3 * L);
          FloatVector x0 = FloatVector.broadcast(Species.F, a[r0 + p]);
          s00 = x0.fma(b0, s00);
          s01 = x0.fma(b1, s01);
          s02 = x0.fma(b2, s02);
          s03 = x0.fma(b3, s03);
          FloatVector x1 = FloatVector.broadcast(Species.F, a[r1 + p]);
          s10 = x1.fma(b0, s10);
          s11 = x1.fma(b1, s11);
          s12 = x1.fma(b2, s12);
          s13 = x1.fma(b3, s13);
          FloatVector x2 = FloatVector.broadcast(Species.F, a[r2 + p]);
          s20 = x2.fma(b0, s20);
          s21 = x2.fma(b1, s21);
          s22 = x2.fma(b2, s22);
          s23 = x2.fma(b3, s23);
          FloatVector x3 = FloatVector.broadcast(Species.F, a[r3 + p]);
          s30 = x3.fma(b0, s30);
          s31 = x3.fma(b1, s31);
          s32 = x3.fma(b2, s32);
          s33 = x3.fma(b3, s33);
          FloatVector x4 = FloatVector.broadcast(Species.F, a[r4 + p]);
          s40 = x4.fma(b0, s40);
          s41 = x4.fma(b1, s41);
          s42 = x4.fma(b2, s42);
          s43 = x4.fma(b3, s43);
          FloatVector x5 = FloatVector.broadcast(Species.F, a[r5 + p]);
          s50 = x5.fma(b0, s50);
          s51 = x5.fma(b1, s51);
          s52 = x5.fma(b2, s52);
          s53 = x5.fma(b3, s53);
        }
        int o0 = at + top * ldc;
        s00.intoArray(c, o0);
        s01.intoArray(c, o0 + L);
        s02.intoArray(c, o0 + 2 * L);
        s03.intoArray(c, o0 + 3 * L);
        int o1 = o0 + ldc;
        s10.intoArray(c, o1);
        s11.intoArray(c, o1 + L);
        s12.intoArray(c, o1 + 2 * L);
        s13.intoArray(c, o1 + 3 * L);
        int o2 = o1 + ldc;
        s20.intoArray(c, o2);
        s21.intoArray(c, o2 + L);
        s22.intoArray(c, o2 + 2 * L);
        s23.intoArray(c, o2 + 3 * L);
        int o3 = o2 + ldc;
        s30.intoArray(c, o3);
        s31.intoArray(c, o3 + L);
        s32.intoArray(c, o3 + 2 * L);
        s33.intoArray(c, o3 + 3 * L);
        int o4 = o3 + ldc;
        s40.intoArray(c, o4);
        s41.intoArray(c, o4 + L);
        s42.intoArray(c, o4 + 2 * L);
        s43.intoArray(c, o4 + 3 * L);
        int o5 = o4 + ldc;
        s50.intoArray(c, o5);
        s51.intoArray(c, o5 + L);
        s52.intoArray(c, o5 + 2 * L);
        s53.intoArray(c, o5 + 3 * L);
      }
    }

    static void tile8x3(
        int rows,
        int kc,
        float[] a,
        int aAt,
        int lda,
        float[] b,
        int bAt,
        int ldb,
        float[] c,
        int at,
        int ldc) {
      for (int r = 0; r < rows; r += 8) {
        int top = Math.min(r, rows - 8);
        int r0 = aAt + top * lda;
        int r1 = r0 + lda;
        int r2 = r1 + lda;
        int r3 = r2 + lda;
        int r4 = r3 + lda;
        int r5 = r4 + lda;
        int r6 = r5 + lda;
        int r7 = r6 + lda;
        FloatVector s00 = FloatVector.zero(Species.F);
        FloatVector s01 = FloatVector.zero(Species.F);
        FloatVector s02 = FloatVector.zero(Species.F);
        FloatVector s10 = FloatVector.zero(Species.F);
        FloatVector s11 = FloatVector.zero(Species.F);
        FloatVector s12 = FloatVector.zero(Species.F);
        FloatVector s20 = FloatVector.zero(Species.F);
        FloatVector s21 = FloatVector.zero(Species.F);
        FloatVector s22 = FloatVector.zero(Species.F);
        FloatVector s30 = FloatVector.zero(Species.F);
        FloatVector s31 = FloatVector.zero(Species.F);
        FloatVector s32 = FloatVector.zero(Species.F);
        FloatVector s40 = FloatVector.zero(Species.F);
        FloatVector s41 = FloatVector.zero(Species.F);
        FloatVector s42 = FloatVector.zero(Species.F);
        FloatVector s50 = FloatVector.zero(Species.F);
        FloatVector s51 = FloatVector.zero(Species.F);
        FloatVector s52 = FloatVector.zero(Species.F);
        FloatVector s60 = FloatVector.zero(Species.F);
        FloatVector s61 = FloatVector.zero(Species.F);
        FloatVector s62 = FloatVector.zero(Species.F);
        FloatVector s70 = FloatVector.zero(Species.F);
        FloatVector s71 = FloatVector.zero(Species.F);
        FloatVector s72 = FloatVector.zero(Species.F);
        for (int p = 0; p < kc; p++) {
          int q = bAt + p * ldb;
          FloatVector b0 = FloatVector.fromArray(Species.F, b, q);
          FloatVector b1 = FloatVector.fromArray(Species.F, b, q + L);
          FloatVector b2 = FloatVector.fromArray(Species.F, b, q + 2 * L);
          FloatVector x0 = FloatVector.broadcast(Species.F, a[r0 + p]);
          s00 = x0.fma(b0, s00);
          s01 = x0.fma(b1, s01);
          s02 = x0.fma(b2, s02);
          FloatVector x1 = FloatVector.broadcast(Species.F, a[r1 + p]);
          s10 = x1.fma(b0, s10);
          s11 = x1.fma(b1, s11);
          s12 = x1.fma(b2, s12);
          FloatVector x2 = FloatVector.broadcast(Species.F, a[r2 + p]);
          s20 = x2.fma(b0, s20);
          s21 = x2.fma(b1, s21);
          s22 = x2.fma(b2, s22);
          FloatVector x3 = FloatVector.broadcast(Species.F, a[r3 + p]);
          s30 = x3.fma(b0, s30);
          s31 = x3.fma(b1, s31);
          s32 = x3.fma(b2, s32);
          FloatVector x4 = FloatVector.broadcast(Species.F, a[r4 + p]);
          s40 = x4.fma(b0, s40);
          s41 = x4.fma(b1, s41);
          s42 = x4.fma(b2, s42);
          FloatVector x5 = FloatVector.broadcast(Species.F, a[r5 + p]);
          s50 = x5.fma(b0, s50);
          s51 = x5.fma(b1, s51);
          s52 = x5.fma(b2, s52);
          FloatVector x6 = FloatVector.broadcast(Species.F, a[r6 + p]);
          s60 = x6.fma(b0, s60);
          s61 = x6.fma(b1, s61);
          s62 = x6.fma(b2, s62);
          FloatVector x7 = FloatVector.broadcast(Species.F, a[r7 + p]);
          s70 = x7.fma(b0, s70);
          s71 = x7.fma(b1, s71);
          s72 = x7.fma(b2, s72);
        }
        int o0 = at + top * ldc;
        s00.intoArray(c, o0);
        s01.intoArray(c, o0 + L);
        s02.intoArray(c, o0 + 2 * L);
        int o1 = o0 + ldc;
        s10.intoArray(c, o1);
        s11.intoArray(c, o1 + L);
        s12.intoArray(c, o1 + 2 * L);
        int o2 = o1 + ldc;
        s20.intoArray(c, o2);
        s21.intoArray(c, o2 + L);
        s22.intoArray(c, o2 + 2 * L);
        int o3 = o2 + ldc;
        s30.intoArray(c, o3);
        s31.intoArray(c, o3 + L);
        s32.intoArray(c, o3 + 2 * L);
        int o4 = o3 + ldc;
        s40.intoArray(c, o4);
        s41.intoArray(c, o4 + L);
        s42.intoArray(c, o4 + 2 * L);
        int o5 = o4 + ldc;
        s50.intoArray(c, o5);
        s51.intoArray(c, o5 + L);
        s52.intoArray(c, o5 + 2 * L);
        int o6 = o5 + ldc;
        s60.intoArray(c, o6);
        s61.intoArray(c, o6 + L);
        s62.intoArray(c, o6 + 2 * L);
        int o7 = o6 + ldc;
        s70.intoArray(c, o7);
        s71.intoArray(c, o7 + L);
        s72.intoArray(c, o7 + 2 * L);
      }
    }
  }
}
