package advx.engine.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * A sum of outer products, added to what is there: out[f][j] ← out[f][j] + Σ_q dy[q·units +
 * f]·a[places[q] + column + j], one chain of fused multiply-adds over ascending q for each f and j.
 *
 * <p>The inner loop of convolution's weight gradient where most of dy is not zero: the filters of a
 * tile share what is loaded of the image, where {@link RowSums} loads it for each. {@link
 * ConvWeight#scalar} is the twin.
 */
final class OuterTiles {
  /** Filters in a tile. */
  static final int FILTERS = Lanes.manyRegisters() ? 8 : 4;

  /** Numbers of a run in a tile: three vectors, or two where there are 16 registers. */
  static final int WIDTH = (Lanes.manyRegisters() ? 3 : 2) * Lanes.COUNT;

  private OuterTiles() {}

  /**
   * One tile.
   *
   * @param at where dy of the first position and filter is
   * @param units the distance between positions of dy
   * @param column added to each of {@code places}
   * @param count of positions
   * @param step between rows of {@code out}
   */
  static void add(
      float[] dy,
      int at,
      int units,
      float[] a,
      int column,
      int[] places,
      int count,
      float[] out,
      int to,
      int step) {
    if (Lanes.manyRegisters()) {
      Simd.tile8x3(dy, at, units, a, column, places, count, out, to, step);
    } else {
      Simd.tile4x2(dy, at, units, a, column, places, count, out, to, step);
    }
  }

  static final class Simd {
    private static final int L = Species.L;

    private Simd() {}

    static void tile8x3(
        float[] dy,
        int at,
        int units,
        float[] a,
        int column,
        int[] places,
        int count,
        float[] out,
        int to,
        int step) {
      FloatVector s00 = FloatVector.fromArray(Species.F, out, to);
      FloatVector s01 = FloatVector.fromArray(Species.F, out, to + L);
      FloatVector s02 = FloatVector.fromArray(Species.F, out, to + 2 * L);
      FloatVector s10 = FloatVector.fromArray(Species.F, out, to + step);
      FloatVector s11 = FloatVector.fromArray(Species.F, out, to + step + L);
      FloatVector s12 = FloatVector.fromArray(Species.F, out, to + step + 2 * L);
      FloatVector s20 = FloatVector.fromArray(Species.F, out, to + 2 * step);
      FloatVector s21 = FloatVector.fromArray(Species.F, out, to + 2 * step + L);
      FloatVector s22 = FloatVector.fromArray(Species.F, out, to + 2 * step + 2 * L);
      FloatVector s30 = FloatVector.fromArray(Species.F, out, to + 3 * step);
      FloatVector s31 = FloatVector.fromArray(Species.F, out, to + 3 * step + L);
      FloatVector s32 = FloatVector.fromArray(Species.F, out, to + 3 * step + 2 * L);
      FloatVector s40 = FloatVector.fromArray(Species.F, out, to + 4 * step);
      FloatVector s41 = FloatVector.fromArray(Species.F, out, to + 4 * step + L);
      FloatVector s42 = FloatVector.fromArray(Species.F, out, to + 4 * step + 2 * L);
      FloatVector s50 = FloatVector.fromArray(Species.F, out, to + 5 * step);
      FloatVector s51 = FloatVector.fromArray(Species.F, out, to + 5 * step + L);
      FloatVector s52 = FloatVector.fromArray(Species.F, out, to + 5 * step + 2 * L);
      FloatVector s60 = FloatVector.fromArray(Species.F, out, to + 6 * step);
      FloatVector s61 = FloatVector.fromArray(Species.F, out, to + 6 * step + L);
      FloatVector s62 = FloatVector.fromArray(Species.F, out, to + 6 * step + 2 * L);
      FloatVector s70 = FloatVector.fromArray(Species.F, out, to + 7 * step);
      FloatVector s71 = FloatVector.fromArray(Species.F, out, to + 7 * step + L);
      FloatVector s72 = FloatVector.fromArray(Species.F, out, to + 7 * step + 2 * L);
      for (int q = 0; q < count; q++) {
        int i = places[q] + column;
        int d = at + q * units;
        FloatVector a0 = FloatVector.fromArray(Species.F, a, i);
        FloatVector a1 = FloatVector.fromArray(Species.F, a, i + L);
        FloatVector a2 = FloatVector.fromArray(Species.F, a, i + 2 * L);
        FloatVector d0 = FloatVector.broadcast(Species.F, dy[d]);
        s00 = d0.fma(a0, s00);
        s01 = d0.fma(a1, s01);
        s02 = d0.fma(a2, s02);
        FloatVector d1 = FloatVector.broadcast(Species.F, dy[d + 1]);
        s10 = d1.fma(a0, s10);
        s11 = d1.fma(a1, s11);
        s12 = d1.fma(a2, s12);
        FloatVector d2 = FloatVector.broadcast(Species.F, dy[d + 2]);
        s20 = d2.fma(a0, s20);
        s21 = d2.fma(a1, s21);
        s22 = d2.fma(a2, s22);
        FloatVector d3 = FloatVector.broadcast(Species.F, dy[d + 3]);
        s30 = d3.fma(a0, s30);
        s31 = d3.fma(a1, s31);
        s32 = d3.fma(a2, s32);
        FloatVector d4 = FloatVector.broadcast(Species.F, dy[d + 4]);
        s40 = d4.fma(a0, s40);
        s41 = d4.fma(a1, s41);
        s42 = d4.fma(a2, s42);
        FloatVector d5 = FloatVector.broadcast(Species.F, dy[d + 5]);
        s50 = d5.fma(a0, s50);
        s51 = d5.fma(a1, s51);
        s52 = d5.fma(a2, s52);
        FloatVector d6 = FloatVector.broadcast(Species.F, dy[d + 6]);
        s60 = d6.fma(a0, s60);
        s61 = d6.fma(a1, s61);
        s62 = d6.fma(a2, s62);
        FloatVector d7 = FloatVector.broadcast(Species.F, dy[d + 7]);
        s70 = d7.fma(a0, s70);
        s71 = d7.fma(a1, s71);
        s72 = d7.fma(a2, s72);
      }
      s00.intoArray(out, to);
      s01.intoArray(out, to + L);
      s02.intoArray(out, to + 2 * L);
      s10.intoArray(out, to + step);
      s11.intoArray(out, to + step + L);
      s12.intoArray(out, to + step + 2 * L);
      s20.intoArray(out, to + 2 * step);
      s21.intoArray(out, to + 2 * step + L);
      s22.intoArray(out, to + 2 * step + 2 * L);
      s30.intoArray(out, to + 3 * step);
      s31.intoArray(out, to + 3 * step + L);
      s32.intoArray(out, to + 3 * step + 2 * L);
      s40.intoArray(out, to + 4 * step);
      s41.intoArray(out, to + 4 * step + L);
      s42.intoArray(out, to + 4 * step + 2 * L);
      s50.intoArray(out, to + 5 * step);
      s51.intoArray(out, to + 5 * step + L);
      s52.intoArray(out, to + 5 * step + 2 * L);
      s60.intoArray(out, to + 6 * step);
      s61.intoArray(out, to + 6 * step + L);
      s62.intoArray(out, to + 6 * step + 2 * L);
      s70.intoArray(out, to + 7 * step);
      s71.intoArray(out, to + 7 * step + L);
      s72.intoArray(out, to + 7 * step + 2 * L);
    }

    static void tile4x2(
        float[] dy,
        int at,
        int units,
        float[] a,
        int column,
        int[] places,
        int count,
        float[] out,
        int to,
        int step) {
      FloatVector s00 = FloatVector.fromArray(Species.F, out, to);
      FloatVector s01 = FloatVector.fromArray(Species.F, out, to + L);
      FloatVector s10 = FloatVector.fromArray(Species.F, out, to + step);
      FloatVector s11 = FloatVector.fromArray(Species.F, out, to + step + L);
      FloatVector s20 = FloatVector.fromArray(Species.F, out, to + 2 * step);
      FloatVector s21 = FloatVector.fromArray(Species.F, out, to + 2 * step + L);
      FloatVector s30 = FloatVector.fromArray(Species.F, out, to + 3 * step);
      FloatVector s31 = FloatVector.fromArray(Species.F, out, to + 3 * step + L);
      for (int q = 0; q < count; q++) {
        int i = places[q] + column;
        int d = at + q * units;
        FloatVector a0 = FloatVector.fromArray(Species.F, a, i);
        FloatVector a1 = FloatVector.fromArray(Species.F, a, i + L);
        FloatVector d0 = FloatVector.broadcast(Species.F, dy[d]);
        s00 = d0.fma(a0, s00);
        s01 = d0.fma(a1, s01);
        FloatVector d1 = FloatVector.broadcast(Species.F, dy[d + 1]);
        s10 = d1.fma(a0, s10);
        s11 = d1.fma(a1, s11);
        FloatVector d2 = FloatVector.broadcast(Species.F, dy[d + 2]);
        s20 = d2.fma(a0, s20);
        s21 = d2.fma(a1, s21);
        FloatVector d3 = FloatVector.broadcast(Species.F, dy[d + 3]);
        s30 = d3.fma(a0, s30);
        s31 = d3.fma(a1, s31);
      }
      s00.intoArray(out, to);
      s01.intoArray(out, to + L);
      s10.intoArray(out, to + step);
      s11.intoArray(out, to + step + L);
      s20.intoArray(out, to + 2 * step);
      s21.intoArray(out, to + 2 * step + L);
      s30.intoArray(out, to + 3 * step);
      s31.intoArray(out, to + 3 * step + L);
    }
  }
}
