package advx.engine.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * {@link UnpackedTiles} of ten rows, for {@link UnpackedProduct}: as many as a network for digits
 * or CIFAR-10 has outputs: tiles of six or eight would compute twelve or sixteen.
 *
 * <p>A lies transposed here, [kc][rows]: ten neighbours need one address where ten rows need ten,
 * and before a loop over few k the bounds of ten take longer than the loop.
 */
final class TenTiles {
  private TenTiles() {}

  static final class Simd {
    private static final int L = Species.L;

    private Simd() {}

    static void tile10x2(
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
      for (int r = 0; r < rows; r += 10) {
        int top = Math.min(r, rows - 10);
        int d = aAt + top;
        int q = bAt;
        FloatVector s00 = FloatVector.zero(Species.F);
        FloatVector s01 = FloatVector.zero(Species.F);
        FloatVector s10 = FloatVector.zero(Species.F);
        FloatVector s11 = FloatVector.zero(Species.F);
        FloatVector s20 = FloatVector.zero(Species.F);
        FloatVector s21 = FloatVector.zero(Species.F);
        FloatVector s30 = FloatVector.zero(Species.F);
        FloatVector s31 = FloatVector.zero(Species.F);
        FloatVector s40 = FloatVector.zero(Species.F);
        FloatVector s41 = FloatVector.zero(Species.F);
        FloatVector s50 = FloatVector.zero(Species.F);
        FloatVector s51 = FloatVector.zero(Species.F);
        FloatVector s60 = FloatVector.zero(Species.F);
        FloatVector s61 = FloatVector.zero(Species.F);
        FloatVector s70 = FloatVector.zero(Species.F);
        FloatVector s71 = FloatVector.zero(Species.F);
        FloatVector s80 = FloatVector.zero(Species.F);
        FloatVector s81 = FloatVector.zero(Species.F);
        FloatVector s90 = FloatVector.zero(Species.F);
        FloatVector s91 = FloatVector.zero(Species.F);
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
        int o0 = at + top * ldc;
        s00.intoArray(c, o0);
        s01.intoArray(c, o0 + L);
        int o1 = o0 + ldc;
        s10.intoArray(c, o1);
        s11.intoArray(c, o1 + L);
        int o2 = o1 + ldc;
        s20.intoArray(c, o2);
        s21.intoArray(c, o2 + L);
        int o3 = o2 + ldc;
        s30.intoArray(c, o3);
        s31.intoArray(c, o3 + L);
        int o4 = o3 + ldc;
        s40.intoArray(c, o4);
        s41.intoArray(c, o4 + L);
        int o5 = o4 + ldc;
        s50.intoArray(c, o5);
        s51.intoArray(c, o5 + L);
        int o6 = o5 + ldc;
        s60.intoArray(c, o6);
        s61.intoArray(c, o6 + L);
        int o7 = o6 + ldc;
        s70.intoArray(c, o7);
        s71.intoArray(c, o7 + L);
        int o8 = o7 + ldc;
        s80.intoArray(c, o8);
        s81.intoArray(c, o8 + L);
        int o9 = o8 + ldc;
        s90.intoArray(c, o9);
        s91.intoArray(c, o9 + L);
      }
    }

    /** Half a vector, for the last columns. */
    static void tile10xHalf(
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
      for (int r = 0; r < rows; r += 10) {
        int top = Math.min(r, rows - 10);
        int d = aAt + top;
        int q = bAt;
        FloatVector s00 = FloatVector.zero(Species.HALF);
        FloatVector s10 = FloatVector.zero(Species.HALF);
        FloatVector s20 = FloatVector.zero(Species.HALF);
        FloatVector s30 = FloatVector.zero(Species.HALF);
        FloatVector s40 = FloatVector.zero(Species.HALF);
        FloatVector s50 = FloatVector.zero(Species.HALF);
        FloatVector s60 = FloatVector.zero(Species.HALF);
        FloatVector s70 = FloatVector.zero(Species.HALF);
        FloatVector s80 = FloatVector.zero(Species.HALF);
        FloatVector s90 = FloatVector.zero(Species.HALF);
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
        int o0 = at + top * ldc;
        s00.intoArray(c, o0);
        int o1 = o0 + ldc;
        s10.intoArray(c, o1);
        int o2 = o1 + ldc;
        s20.intoArray(c, o2);
        int o3 = o2 + ldc;
        s30.intoArray(c, o3);
        int o4 = o3 + ldc;
        s40.intoArray(c, o4);
        int o5 = o4 + ldc;
        s50.intoArray(c, o5);
        int o6 = o5 + ldc;
        s60.intoArray(c, o6);
        int o7 = o6 + ldc;
        s70.intoArray(c, o7);
        int o8 = o7 + ldc;
        s80.intoArray(c, o8);
        int o9 = o8 + ldc;
        s90.intoArray(c, o9);
      }
    }
  }
}
