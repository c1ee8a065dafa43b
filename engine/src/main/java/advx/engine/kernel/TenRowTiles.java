package advx.engine.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * {@link TenTiles} whose A lies row by row, {@code lda} apart: the weights of ten outputs. The
 * chains of each row begin at its number in {@code begin}, which is a bias or zero.
 */
final class TenRowTiles {
  private TenRowTiles() {}

  static final class Simd {
    private static final int L = Species.L;

    private Simd() {}

    static void tile10x2(
        int kc,
        float[] a,
        int aAt,
        int lda,
        float[] b,
        int bAt,
        int ldb,
        float[] begin,
        int first,
        float[] c,
        int at,
        int ldc) {
      int r0 = aAt;
      int r1 = r0 + lda;
      int r2 = r1 + lda;
      int r3 = r2 + lda;
      int r4 = r3 + lda;
      int r5 = r4 + lda;
      int r6 = r5 + lda;
      int r7 = r6 + lda;
      int r8 = r7 + lda;
      int r9 = r8 + lda;
      FloatVector s00 = FloatVector.broadcast(Species.F, begin[first]);
      FloatVector s01 = FloatVector.broadcast(Species.F, begin[first]);
      FloatVector s10 = FloatVector.broadcast(Species.F, begin[first + 1]);
      FloatVector s11 = FloatVector.broadcast(Species.F, begin[first + 1]);
      FloatVector s20 = FloatVector.broadcast(Species.F, begin[first + 2]);
      FloatVector s21 = FloatVector.broadcast(Species.F, begin[first + 2]);
      FloatVector s30 = FloatVector.broadcast(Species.F, begin[first + 3]);
      FloatVector s31 = FloatVector.broadcast(Species.F, begin[first + 3]);
      FloatVector s40 = FloatVector.broadcast(Species.F, begin[first + 4]);
      FloatVector s41 = FloatVector.broadcast(Species.F, begin[first + 4]);
      FloatVector s50 = FloatVector.broadcast(Species.F, begin[first + 5]);
      FloatVector s51 = FloatVector.broadcast(Species.F, begin[first + 5]);
      FloatVector s60 = FloatVector.broadcast(Species.F, begin[first + 6]);
      FloatVector s61 = FloatVector.broadcast(Species.F, begin[first + 6]);
      FloatVector s70 = FloatVector.broadcast(Species.F, begin[first + 7]);
      FloatVector s71 = FloatVector.broadcast(Species.F, begin[first + 7]);
      FloatVector s80 = FloatVector.broadcast(Species.F, begin[first + 8]);
      FloatVector s81 = FloatVector.broadcast(Species.F, begin[first + 8]);
      FloatVector s90 = FloatVector.broadcast(Species.F, begin[first + 9]);
      FloatVector s91 = FloatVector.broadcast(Species.F, begin[first + 9]);
      for (int p = 0; p < kc; p++) {
        int q = bAt + p * ldb;
        FloatVector b0 = FloatVector.fromArray(Species.F, b, q);
        FloatVector b1 = FloatVector.fromArray(Species.F, b, q + L);
        FloatVector x0 = FloatVector.broadcast(Species.F, a[r0 + p]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
        FloatVector x1 = FloatVector.broadcast(Species.F, a[r1 + p]);
        s10 = x1.fma(b0, s10);
        s11 = x1.fma(b1, s11);
        FloatVector x2 = FloatVector.broadcast(Species.F, a[r2 + p]);
        s20 = x2.fma(b0, s20);
        s21 = x2.fma(b1, s21);
        FloatVector x3 = FloatVector.broadcast(Species.F, a[r3 + p]);
        s30 = x3.fma(b0, s30);
        s31 = x3.fma(b1, s31);
        FloatVector x4 = FloatVector.broadcast(Species.F, a[r4 + p]);
        s40 = x4.fma(b0, s40);
        s41 = x4.fma(b1, s41);
        FloatVector x5 = FloatVector.broadcast(Species.F, a[r5 + p]);
        s50 = x5.fma(b0, s50);
        s51 = x5.fma(b1, s51);
        FloatVector x6 = FloatVector.broadcast(Species.F, a[r6 + p]);
        s60 = x6.fma(b0, s60);
        s61 = x6.fma(b1, s61);
        FloatVector x7 = FloatVector.broadcast(Species.F, a[r7 + p]);
        s70 = x7.fma(b0, s70);
        s71 = x7.fma(b1, s71);
        FloatVector x8 = FloatVector.broadcast(Species.F, a[r8 + p]);
        s80 = x8.fma(b0, s80);
        s81 = x8.fma(b1, s81);
        FloatVector x9 = FloatVector.broadcast(Species.F, a[r9 + p]);
        s90 = x9.fma(b0, s90);
        s91 = x9.fma(b1, s91);
      }
      s00.intoArray(c, at);
      s01.intoArray(c, at + L);
      s10.intoArray(c, at + ldc);
      s11.intoArray(c, at + ldc + L);
      s20.intoArray(c, at + 2 * ldc);
      s21.intoArray(c, at + 2 * ldc + L);
      s30.intoArray(c, at + 3 * ldc);
      s31.intoArray(c, at + 3 * ldc + L);
      s40.intoArray(c, at + 4 * ldc);
      s41.intoArray(c, at + 4 * ldc + L);
      s50.intoArray(c, at + 5 * ldc);
      s51.intoArray(c, at + 5 * ldc + L);
      s60.intoArray(c, at + 6 * ldc);
      s61.intoArray(c, at + 6 * ldc + L);
      s70.intoArray(c, at + 7 * ldc);
      s71.intoArray(c, at + 7 * ldc + L);
      s80.intoArray(c, at + 8 * ldc);
      s81.intoArray(c, at + 8 * ldc + L);
      s90.intoArray(c, at + 9 * ldc);
      s91.intoArray(c, at + 9 * ldc + L);
    }

    /** Half a vector, for the last columns. */
    static void tile10xHalf(
        int kc,
        float[] a,
        int aAt,
        int lda,
        float[] b,
        int bAt,
        int ldb,
        float[] begin,
        int first,
        float[] c,
        int at,
        int ldc) {
      int r0 = aAt;
      int r1 = r0 + lda;
      int r2 = r1 + lda;
      int r3 = r2 + lda;
      int r4 = r3 + lda;
      int r5 = r4 + lda;
      int r6 = r5 + lda;
      int r7 = r6 + lda;
      int r8 = r7 + lda;
      int r9 = r8 + lda;
      FloatVector s00 = FloatVector.broadcast(Species.HALF, begin[first]);
      FloatVector s10 = FloatVector.broadcast(Species.HALF, begin[first + 1]);
      FloatVector s20 = FloatVector.broadcast(Species.HALF, begin[first + 2]);
      FloatVector s30 = FloatVector.broadcast(Species.HALF, begin[first + 3]);
      FloatVector s40 = FloatVector.broadcast(Species.HALF, begin[first + 4]);
      FloatVector s50 = FloatVector.broadcast(Species.HALF, begin[first + 5]);
      FloatVector s60 = FloatVector.broadcast(Species.HALF, begin[first + 6]);
      FloatVector s70 = FloatVector.broadcast(Species.HALF, begin[first + 7]);
      FloatVector s80 = FloatVector.broadcast(Species.HALF, begin[first + 8]);
      FloatVector s90 = FloatVector.broadcast(Species.HALF, begin[first + 9]);
      for (int p = 0; p < kc; p++) {
        int q = bAt + p * ldb;
        FloatVector b0 = FloatVector.fromArray(Species.HALF, b, q);
        FloatVector x0 = FloatVector.broadcast(Species.HALF, a[r0 + p]);
        s00 = x0.fma(b0, s00);
        FloatVector x1 = FloatVector.broadcast(Species.HALF, a[r1 + p]);
        s10 = x1.fma(b0, s10);
        FloatVector x2 = FloatVector.broadcast(Species.HALF, a[r2 + p]);
        s20 = x2.fma(b0, s20);
        FloatVector x3 = FloatVector.broadcast(Species.HALF, a[r3 + p]);
        s30 = x3.fma(b0, s30);
        FloatVector x4 = FloatVector.broadcast(Species.HALF, a[r4 + p]);
        s40 = x4.fma(b0, s40);
        FloatVector x5 = FloatVector.broadcast(Species.HALF, a[r5 + p]);
        s50 = x5.fma(b0, s50);
        FloatVector x6 = FloatVector.broadcast(Species.HALF, a[r6 + p]);
        s60 = x6.fma(b0, s60);
        FloatVector x7 = FloatVector.broadcast(Species.HALF, a[r7 + p]);
        s70 = x7.fma(b0, s70);
        FloatVector x8 = FloatVector.broadcast(Species.HALF, a[r8 + p]);
        s80 = x8.fma(b0, s80);
        FloatVector x9 = FloatVector.broadcast(Species.HALF, a[r9 + p]);
        s90 = x9.fma(b0, s90);
      }
      s00.intoArray(c, at);
      s10.intoArray(c, at + ldc);
      s20.intoArray(c, at + 2 * ldc);
      s30.intoArray(c, at + 3 * ldc);
      s40.intoArray(c, at + 4 * ldc);
      s50.intoArray(c, at + 5 * ldc);
      s60.intoArray(c, at + 6 * ldc);
      s70.intoArray(c, at + 7 * ldc);
      s80.intoArray(c, at + 8 * ldc);
      s90.intoArray(c, at + 9 * ldc);
    }
  }
}
