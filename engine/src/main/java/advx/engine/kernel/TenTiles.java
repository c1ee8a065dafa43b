package advx.engine.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * {@link UnpackedTiles} of ten rows, as many as a network for digits or CIFAR-10 has outputs: tiles
 * of six or eight would compute twelve or sixteen.
 */
final class TenTiles {
  private TenTiles() {}

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
        float[] zeros,
        float[] c,
        int at,
        int ldc) {
      int d = aAt;
      int q = bAt;
      FloatVector s00 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s01 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s10 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s11 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s20 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s21 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s30 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s31 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s40 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s41 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s50 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s51 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s60 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s61 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s70 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s71 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s80 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s81 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s90 = FloatVector.fromArray(Species.F, zeros, 0);
      FloatVector s91 = FloatVector.fromArray(Species.F, zeros, 0);
      for (int p = 0; p < kc; p++) {
        FloatVector b0 = FloatVector.fromArray(Species.F, b, q);
        FloatVector b1 = FloatVector.fromArray(Species.F, b, q + L);
        FloatVector x0 = FloatVector.broadcast(Species.F, a[d]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
        FloatVector x1 = FloatVector.broadcast(Species.F, a[d + 1]);
        s10 = x1.fma(b0, s10);
        s11 = x1.fma(b1, s11);
        FloatVector x2 = FloatVector.broadcast(Species.F, a[d + 2]);
        s20 = x2.fma(b0, s20);
        s21 = x2.fma(b1, s21);
        FloatVector x3 = FloatVector.broadcast(Species.F, a[d + 3]);
        s30 = x3.fma(b0, s30);
        s31 = x3.fma(b1, s31);
        FloatVector x4 = FloatVector.broadcast(Species.F, a[d + 4]);
        s40 = x4.fma(b0, s40);
        s41 = x4.fma(b1, s41);
        FloatVector x5 = FloatVector.broadcast(Species.F, a[d + 5]);
        s50 = x5.fma(b0, s50);
        s51 = x5.fma(b1, s51);
        FloatVector x6 = FloatVector.broadcast(Species.F, a[d + 6]);
        s60 = x6.fma(b0, s60);
        s61 = x6.fma(b1, s61);
        FloatVector x7 = FloatVector.broadcast(Species.F, a[d + 7]);
        s70 = x7.fma(b0, s70);
        s71 = x7.fma(b1, s71);
        FloatVector x8 = FloatVector.broadcast(Species.F, a[d + 8]);
        s80 = x8.fma(b0, s80);
        s81 = x8.fma(b1, s81);
        FloatVector x9 = FloatVector.broadcast(Species.F, a[d + 9]);
        s90 = x9.fma(b0, s90);
        s91 = x9.fma(b1, s91);
        d += lda;
        q += ldb;
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
        float[] zeros,
        float[] c,
        int at,
        int ldc) {
      int d = aAt;
      int q = bAt;
      FloatVector s00 = FloatVector.fromArray(Species.HALF, zeros, 0);
      FloatVector s10 = FloatVector.fromArray(Species.HALF, zeros, 0);
      FloatVector s20 = FloatVector.fromArray(Species.HALF, zeros, 0);
      FloatVector s30 = FloatVector.fromArray(Species.HALF, zeros, 0);
      FloatVector s40 = FloatVector.fromArray(Species.HALF, zeros, 0);
      FloatVector s50 = FloatVector.fromArray(Species.HALF, zeros, 0);
      FloatVector s60 = FloatVector.fromArray(Species.HALF, zeros, 0);
      FloatVector s70 = FloatVector.fromArray(Species.HALF, zeros, 0);
      FloatVector s80 = FloatVector.fromArray(Species.HALF, zeros, 0);
      FloatVector s90 = FloatVector.fromArray(Species.HALF, zeros, 0);
      for (int p = 0; p < kc; p++) {
        FloatVector b0 = FloatVector.fromArray(Species.HALF, b, q);
        FloatVector x0 = FloatVector.broadcast(Species.HALF, a[d]);
        s00 = x0.fma(b0, s00);
        FloatVector x1 = FloatVector.broadcast(Species.HALF, a[d + 1]);
        s10 = x1.fma(b0, s10);
        FloatVector x2 = FloatVector.broadcast(Species.HALF, a[d + 2]);
        s20 = x2.fma(b0, s20);
        FloatVector x3 = FloatVector.broadcast(Species.HALF, a[d + 3]);
        s30 = x3.fma(b0, s30);
        FloatVector x4 = FloatVector.broadcast(Species.HALF, a[d + 4]);
        s40 = x4.fma(b0, s40);
        FloatVector x5 = FloatVector.broadcast(Species.HALF, a[d + 5]);
        s50 = x5.fma(b0, s50);
        FloatVector x6 = FloatVector.broadcast(Species.HALF, a[d + 6]);
        s60 = x6.fma(b0, s60);
        FloatVector x7 = FloatVector.broadcast(Species.HALF, a[d + 7]);
        s70 = x7.fma(b0, s70);
        FloatVector x8 = FloatVector.broadcast(Species.HALF, a[d + 8]);
        s80 = x8.fma(b0, s80);
        FloatVector x9 = FloatVector.broadcast(Species.HALF, a[d + 9]);
        s90 = x9.fma(b0, s90);
        d += lda;
        q += ldb;
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
