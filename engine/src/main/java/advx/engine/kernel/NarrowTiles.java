package advx.engine.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernels of {@link RowTiles} for panels of one and two vectors, also with 16 registers:
 * four rows by two vectors.
 *
 * <p>Each is one body without a branch, its sums named locals that stay in registers: C[i][j] ←
 * begin[i][j] + Σₚ a[places[first + i] + add + p]·b[p][j], one chain over ascending p.
 */
final class NarrowTiles {
  private NarrowTiles() {}

  static final class Simd {
    private static final int L = Species.L;

    private Simd() {}

    static void tile8x2(
        int kc,
        float[] a,
        int[] places,
        int first,
        int add,
        float[] b,
        int bAt,
        float[] begin,
        int from,
        int step,
        float[] c,
        int at,
        int ldc) {
      int r0 = places[first] + add;
      int r1 = places[first + 1] + add;
      int r2 = places[first + 2] + add;
      int r3 = places[first + 3] + add;
      int r4 = places[first + 4] + add;
      int r5 = places[first + 5] + add;
      int r6 = places[first + 6] + add;
      int r7 = places[first + 7] + add;
      FloatVector s00 = FloatVector.fromArray(Species.F, begin, from);
      FloatVector s01 = FloatVector.fromArray(Species.F, begin, from + L);
      FloatVector s10 = FloatVector.fromArray(Species.F, begin, from + step);
      FloatVector s11 = FloatVector.fromArray(Species.F, begin, from + step + L);
      FloatVector s20 = FloatVector.fromArray(Species.F, begin, from + 2 * step);
      FloatVector s21 = FloatVector.fromArray(Species.F, begin, from + 2 * step + L);
      FloatVector s30 = FloatVector.fromArray(Species.F, begin, from + 3 * step);
      FloatVector s31 = FloatVector.fromArray(Species.F, begin, from + 3 * step + L);
      FloatVector s40 = FloatVector.fromArray(Species.F, begin, from + 4 * step);
      FloatVector s41 = FloatVector.fromArray(Species.F, begin, from + 4 * step + L);
      FloatVector s50 = FloatVector.fromArray(Species.F, begin, from + 5 * step);
      FloatVector s51 = FloatVector.fromArray(Species.F, begin, from + 5 * step + L);
      FloatVector s60 = FloatVector.fromArray(Species.F, begin, from + 6 * step);
      FloatVector s61 = FloatVector.fromArray(Species.F, begin, from + 6 * step + L);
      FloatVector s70 = FloatVector.fromArray(Species.F, begin, from + 7 * step);
      FloatVector s71 = FloatVector.fromArray(Species.F, begin, from + 7 * step + L);
      for (int p = 0; p < kc; p++) {
        FloatVector b0 = FloatVector.fromArray(Species.F, b, bAt + p * 2 * L);
        FloatVector b1 = FloatVector.fromArray(Species.F, b, bAt + p * 2 * L + L);
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
    }

    static void tile8x1(
        int kc,
        float[] a,
        int[] places,
        int first,
        int add,
        float[] b,
        int bAt,
        float[] begin,
        int from,
        int step,
        float[] c,
        int at,
        int ldc) {
      int r0 = places[first] + add;
      int r1 = places[first + 1] + add;
      int r2 = places[first + 2] + add;
      int r3 = places[first + 3] + add;
      int r4 = places[first + 4] + add;
      int r5 = places[first + 5] + add;
      int r6 = places[first + 6] + add;
      int r7 = places[first + 7] + add;
      FloatVector s00 = FloatVector.fromArray(Species.F, begin, from);
      FloatVector s10 = FloatVector.fromArray(Species.F, begin, from + step);
      FloatVector s20 = FloatVector.fromArray(Species.F, begin, from + 2 * step);
      FloatVector s30 = FloatVector.fromArray(Species.F, begin, from + 3 * step);
      FloatVector s40 = FloatVector.fromArray(Species.F, begin, from + 4 * step);
      FloatVector s50 = FloatVector.fromArray(Species.F, begin, from + 5 * step);
      FloatVector s60 = FloatVector.fromArray(Species.F, begin, from + 6 * step);
      FloatVector s70 = FloatVector.fromArray(Species.F, begin, from + 7 * step);
      for (int p = 0; p < kc; p++) {
        FloatVector b0 = FloatVector.fromArray(Species.F, b, bAt + p * L);
        FloatVector x0 = FloatVector.broadcast(Species.F, a[r0 + p]);
        s00 = x0.fma(b0, s00);
        FloatVector x1 = FloatVector.broadcast(Species.F, a[r1 + p]);
        s10 = x1.fma(b0, s10);
        FloatVector x2 = FloatVector.broadcast(Species.F, a[r2 + p]);
        s20 = x2.fma(b0, s20);
        FloatVector x3 = FloatVector.broadcast(Species.F, a[r3 + p]);
        s30 = x3.fma(b0, s30);
        FloatVector x4 = FloatVector.broadcast(Species.F, a[r4 + p]);
        s40 = x4.fma(b0, s40);
        FloatVector x5 = FloatVector.broadcast(Species.F, a[r5 + p]);
        s50 = x5.fma(b0, s50);
        FloatVector x6 = FloatVector.broadcast(Species.F, a[r6 + p]);
        s60 = x6.fma(b0, s60);
        FloatVector x7 = FloatVector.broadcast(Species.F, a[r7 + p]);
        s70 = x7.fma(b0, s70);
      }
      s00.intoArray(c, at);
      s10.intoArray(c, at + ldc);
      s20.intoArray(c, at + 2 * ldc);
      s30.intoArray(c, at + 3 * ldc);
      s40.intoArray(c, at + 4 * ldc);
      s50.intoArray(c, at + 5 * ldc);
      s60.intoArray(c, at + 6 * ldc);
      s70.intoArray(c, at + 7 * ldc);
    }

    /**
     * Two halves share each broadcast: where 512 bits are executed as two halves, a whole vector
     * costs as much, and loading its broadcast more.
     */
    static void tile8x1Halves(
        int kc,
        float[] a,
        int[] places,
        int first,
        int add,
        float[] b,
        int bAt,
        float[] begin,
        int from,
        int step,
        float[] c,
        int at,
        int ldc) {
      int half = L / 2;
      int r0 = places[first] + add;
      int r1 = places[first + 1] + add;
      int r2 = places[first + 2] + add;
      int r3 = places[first + 3] + add;
      int r4 = places[first + 4] + add;
      int r5 = places[first + 5] + add;
      int r6 = places[first + 6] + add;
      int r7 = places[first + 7] + add;
      FloatVector s00 = FloatVector.fromArray(Species.HALF, begin, from);
      FloatVector s01 = FloatVector.fromArray(Species.HALF, begin, from + half);
      FloatVector s10 = FloatVector.fromArray(Species.HALF, begin, from + step);
      FloatVector s11 = FloatVector.fromArray(Species.HALF, begin, from + step + half);
      FloatVector s20 = FloatVector.fromArray(Species.HALF, begin, from + 2 * step);
      FloatVector s21 = FloatVector.fromArray(Species.HALF, begin, from + 2 * step + half);
      FloatVector s30 = FloatVector.fromArray(Species.HALF, begin, from + 3 * step);
      FloatVector s31 = FloatVector.fromArray(Species.HALF, begin, from + 3 * step + half);
      FloatVector s40 = FloatVector.fromArray(Species.HALF, begin, from + 4 * step);
      FloatVector s41 = FloatVector.fromArray(Species.HALF, begin, from + 4 * step + half);
      FloatVector s50 = FloatVector.fromArray(Species.HALF, begin, from + 5 * step);
      FloatVector s51 = FloatVector.fromArray(Species.HALF, begin, from + 5 * step + half);
      FloatVector s60 = FloatVector.fromArray(Species.HALF, begin, from + 6 * step);
      FloatVector s61 = FloatVector.fromArray(Species.HALF, begin, from + 6 * step + half);
      FloatVector s70 = FloatVector.fromArray(Species.HALF, begin, from + 7 * step);
      FloatVector s71 = FloatVector.fromArray(Species.HALF, begin, from + 7 * step + half);
      for (int p = 0; p < kc; p++) {
        FloatVector b0 = FloatVector.fromArray(Species.HALF, b, bAt + p * L);
        FloatVector b1 = FloatVector.fromArray(Species.HALF, b, bAt + p * L + half);
        FloatVector x0 = FloatVector.broadcast(Species.HALF, a[r0 + p]);
        s00 = x0.fma(b0, s00);
        s01 = x0.fma(b1, s01);
        FloatVector x1 = FloatVector.broadcast(Species.HALF, a[r1 + p]);
        s10 = x1.fma(b0, s10);
        s11 = x1.fma(b1, s11);
        FloatVector x2 = FloatVector.broadcast(Species.HALF, a[r2 + p]);
        s20 = x2.fma(b0, s20);
        s21 = x2.fma(b1, s21);
        FloatVector x3 = FloatVector.broadcast(Species.HALF, a[r3 + p]);
        s30 = x3.fma(b0, s30);
        s31 = x3.fma(b1, s31);
        FloatVector x4 = FloatVector.broadcast(Species.HALF, a[r4 + p]);
        s40 = x4.fma(b0, s40);
        s41 = x4.fma(b1, s41);
        FloatVector x5 = FloatVector.broadcast(Species.HALF, a[r5 + p]);
        s50 = x5.fma(b0, s50);
        s51 = x5.fma(b1, s51);
        FloatVector x6 = FloatVector.broadcast(Species.HALF, a[r6 + p]);
        s60 = x6.fma(b0, s60);
        s61 = x6.fma(b1, s61);
        FloatVector x7 = FloatVector.broadcast(Species.HALF, a[r7 + p]);
        s70 = x7.fma(b0, s70);
        s71 = x7.fma(b1, s71);
      }
      s00.intoArray(c, at);
      s01.intoArray(c, at + half);
      s10.intoArray(c, at + ldc);
      s11.intoArray(c, at + ldc + half);
      s20.intoArray(c, at + 2 * ldc);
      s21.intoArray(c, at + 2 * ldc + half);
      s30.intoArray(c, at + 3 * ldc);
      s31.intoArray(c, at + 3 * ldc + half);
      s40.intoArray(c, at + 4 * ldc);
      s41.intoArray(c, at + 4 * ldc + half);
      s50.intoArray(c, at + 5 * ldc);
      s51.intoArray(c, at + 5 * ldc + half);
      s60.intoArray(c, at + 6 * ldc);
      s61.intoArray(c, at + 6 * ldc + half);
      s70.intoArray(c, at + 7 * ldc);
      s71.intoArray(c, at + 7 * ldc + half);
    }

    static void tile4x2(
        int kc,
        float[] a,
        int[] places,
        int first,
        int add,
        float[] b,
        int bAt,
        float[] begin,
        int from,
        int step,
        float[] c,
        int at,
        int ldc) {
      int r0 = places[first] + add;
      int r1 = places[first + 1] + add;
      int r2 = places[first + 2] + add;
      int r3 = places[first + 3] + add;
      FloatVector s00 = FloatVector.fromArray(Species.F, begin, from);
      FloatVector s01 = FloatVector.fromArray(Species.F, begin, from + L);
      FloatVector s10 = FloatVector.fromArray(Species.F, begin, from + step);
      FloatVector s11 = FloatVector.fromArray(Species.F, begin, from + step + L);
      FloatVector s20 = FloatVector.fromArray(Species.F, begin, from + 2 * step);
      FloatVector s21 = FloatVector.fromArray(Species.F, begin, from + 2 * step + L);
      FloatVector s30 = FloatVector.fromArray(Species.F, begin, from + 3 * step);
      FloatVector s31 = FloatVector.fromArray(Species.F, begin, from + 3 * step + L);
      for (int p = 0; p < kc; p++) {
        FloatVector b0 = FloatVector.fromArray(Species.F, b, bAt + p * 2 * L);
        FloatVector b1 = FloatVector.fromArray(Species.F, b, bAt + p * 2 * L + L);
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
      }
      s00.intoArray(c, at);
      s01.intoArray(c, at + L);
      s10.intoArray(c, at + ldc);
      s11.intoArray(c, at + ldc + L);
      s20.intoArray(c, at + 2 * ldc);
      s21.intoArray(c, at + 2 * ldc + L);
      s30.intoArray(c, at + 3 * ldc);
      s31.intoArray(c, at + 3 * ldc + L);
    }
  }
}
