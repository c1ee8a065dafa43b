package advx.engine.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * A sum of scaled rows, added to what is there: out[j] ← out[j] + Σₑ scale[e]·a[rows[e] + j], one
 * chain of fused multiply-adds over ascending e for each j.
 *
 * <p>The inner loop of convolution's gradients, which are sparse: the list names the rows that
 * carry gradient, and nothing else is touched. Twelve vectors of sums stay in registers while the
 * list passes, so that each multiply-add costs one load.
 */
final class RowSums {
  /** Vectors of sums at once: twelve, a scale and what is loaded fit into 16 registers. */
  private static final int MOST = 12;

  private RowSums() {}

  /**
   * Adds entries from … to−1 to n numbers.
   *
   * @param column added to each of {@code rows}
   */
  static void add(
      float[] a,
      int column,
      int[] rows,
      float[] scale,
      int from,
      int to,
      float[] out,
      int at,
      int n) {
    if (!Lanes.VECTOR) {
      scalar(a, column, rows, scale, from, to, out, at, n);
      return;
    }
    int left = n / Lanes.COUNT;
    int most = left == 0 ? 0 : Math.ceilDiv(left, Math.ceilDiv(left, MOST));
    int j = 0;
    while (left > 0) {
      int size = Math.min(left, most);
      size = size > 3 ? size + (size < left ? size & 1 : -(size & 1)) : size;
      block(size, a, column + j, rows, scale, from, to, out, at + j);
      j += size * Lanes.COUNT;
      left -= size;
    }
    scalar(a, column + j, rows, scale, from, to, out, at + j, n - j);
  }

  private static void block(
      int vectors,
      float[] a,
      int column,
      int[] rows,
      float[] scale,
      int from,
      int to,
      float[] out,
      int at) {
    switch (vectors) {
      case 12 -> Simd.block12(a, column, rows, scale, from, to, out, at);
      case 10 -> Simd.block10(a, column, rows, scale, from, to, out, at);
      case 8 -> Simd.block8(a, column, rows, scale, from, to, out, at);
      case 6 -> Simd.block6(a, column, rows, scale, from, to, out, at);
      case 4 -> Simd.block4(a, column, rows, scale, from, to, out, at);
      case 3 -> Simd.block3(a, column, rows, scale, from, to, out, at);
      case 2 -> Simd.block2(a, column, rows, scale, from, to, out, at);
      default -> Simd.block1(a, column, rows, scale, from, to, out, at);
    }
  }

  /** The twin. */
  static void scalar(
      float[] a,
      int column,
      int[] rows,
      float[] scale,
      int from,
      int to,
      float[] out,
      int at,
      int n) {
    for (int j = 0; j < n; j++) {
      float sum = out[at + j];
      for (int e = from; e < to; e++) {
        sum = Math.fma(scale[e], a[rows[e] + column + j], sum);
      }
      out[at + j] = sum;
    }
  }

  static final class Simd {
    private static final int L = Species.L;

    private Simd() {}

    static void block12(
        float[] a, int column, int[] rows, float[] scale, int from, int to, float[] out, int at) {
      FloatVector s0 = FloatVector.fromArray(Species.F, out, at);
      FloatVector s1 = FloatVector.fromArray(Species.F, out, at + L);
      FloatVector s2 = FloatVector.fromArray(Species.F, out, at + 2 * L);
      FloatVector s3 = FloatVector.fromArray(Species.F, out, at + 3 * L);
      FloatVector s4 = FloatVector.fromArray(Species.F, out, at + 4 * L);
      FloatVector s5 = FloatVector.fromArray(Species.F, out, at + 5 * L);
      FloatVector s6 = FloatVector.fromArray(Species.F, out, at + 6 * L);
      FloatVector s7 = FloatVector.fromArray(Species.F, out, at + 7 * L);
      FloatVector s8 = FloatVector.fromArray(Species.F, out, at + 8 * L);
      FloatVector s9 = FloatVector.fromArray(Species.F, out, at + 9 * L);
      FloatVector s10 = FloatVector.fromArray(Species.F, out, at + 10 * L);
      FloatVector s11 = FloatVector.fromArray(Species.F, out, at + 11 * L);
      for (int e = from; e < to; e++) {
        FloatVector d = FloatVector.broadcast(Species.F, scale[e]);
        int row = rows[e] + column;
        s0 = d.fma(FloatVector.fromArray(Species.F, a, row), s0);
        s1 = d.fma(FloatVector.fromArray(Species.F, a, row + L), s1);
        s2 = d.fma(FloatVector.fromArray(Species.F, a, row + 2 * L), s2);
        s3 = d.fma(FloatVector.fromArray(Species.F, a, row + 3 * L), s3);
        s4 = d.fma(FloatVector.fromArray(Species.F, a, row + 4 * L), s4);
        s5 = d.fma(FloatVector.fromArray(Species.F, a, row + 5 * L), s5);
        s6 = d.fma(FloatVector.fromArray(Species.F, a, row + 6 * L), s6);
        s7 = d.fma(FloatVector.fromArray(Species.F, a, row + 7 * L), s7);
        s8 = d.fma(FloatVector.fromArray(Species.F, a, row + 8 * L), s8);
        s9 = d.fma(FloatVector.fromArray(Species.F, a, row + 9 * L), s9);
        s10 = d.fma(FloatVector.fromArray(Species.F, a, row + 10 * L), s10);
        s11 = d.fma(FloatVector.fromArray(Species.F, a, row + 11 * L), s11);
      }
      s0.intoArray(out, at);
      s1.intoArray(out, at + L);
      s2.intoArray(out, at + 2 * L);
      s3.intoArray(out, at + 3 * L);
      s4.intoArray(out, at + 4 * L);
      s5.intoArray(out, at + 5 * L);
      s6.intoArray(out, at + 6 * L);
      s7.intoArray(out, at + 7 * L);
      s8.intoArray(out, at + 8 * L);
      s9.intoArray(out, at + 9 * L);
      s10.intoArray(out, at + 10 * L);
      s11.intoArray(out, at + 11 * L);
    }

    static void block10(
        float[] a, int column, int[] rows, float[] scale, int from, int to, float[] out, int at) {
      FloatVector s0 = FloatVector.fromArray(Species.F, out, at);
      FloatVector s1 = FloatVector.fromArray(Species.F, out, at + L);
      FloatVector s2 = FloatVector.fromArray(Species.F, out, at + 2 * L);
      FloatVector s3 = FloatVector.fromArray(Species.F, out, at + 3 * L);
      FloatVector s4 = FloatVector.fromArray(Species.F, out, at + 4 * L);
      FloatVector s5 = FloatVector.fromArray(Species.F, out, at + 5 * L);
      FloatVector s6 = FloatVector.fromArray(Species.F, out, at + 6 * L);
      FloatVector s7 = FloatVector.fromArray(Species.F, out, at + 7 * L);
      FloatVector s8 = FloatVector.fromArray(Species.F, out, at + 8 * L);
      FloatVector s9 = FloatVector.fromArray(Species.F, out, at + 9 * L);
      for (int e = from; e < to; e++) {
        FloatVector d = FloatVector.broadcast(Species.F, scale[e]);
        int row = rows[e] + column;
        s0 = d.fma(FloatVector.fromArray(Species.F, a, row), s0);
        s1 = d.fma(FloatVector.fromArray(Species.F, a, row + L), s1);
        s2 = d.fma(FloatVector.fromArray(Species.F, a, row + 2 * L), s2);
        s3 = d.fma(FloatVector.fromArray(Species.F, a, row + 3 * L), s3);
        s4 = d.fma(FloatVector.fromArray(Species.F, a, row + 4 * L), s4);
        s5 = d.fma(FloatVector.fromArray(Species.F, a, row + 5 * L), s5);
        s6 = d.fma(FloatVector.fromArray(Species.F, a, row + 6 * L), s6);
        s7 = d.fma(FloatVector.fromArray(Species.F, a, row + 7 * L), s7);
        s8 = d.fma(FloatVector.fromArray(Species.F, a, row + 8 * L), s8);
        s9 = d.fma(FloatVector.fromArray(Species.F, a, row + 9 * L), s9);
      }
      s0.intoArray(out, at);
      s1.intoArray(out, at + L);
      s2.intoArray(out, at + 2 * L);
      s3.intoArray(out, at + 3 * L);
      s4.intoArray(out, at + 4 * L);
      s5.intoArray(out, at + 5 * L);
      s6.intoArray(out, at + 6 * L);
      s7.intoArray(out, at + 7 * L);
      s8.intoArray(out, at + 8 * L);
      s9.intoArray(out, at + 9 * L);
    }

    static void block8(
        float[] a, int column, int[] rows, float[] scale, int from, int to, float[] out, int at) {
      FloatVector s0 = FloatVector.fromArray(Species.F, out, at);
      FloatVector s1 = FloatVector.fromArray(Species.F, out, at + L);
      FloatVector s2 = FloatVector.fromArray(Species.F, out, at + 2 * L);
      FloatVector s3 = FloatVector.fromArray(Species.F, out, at + 3 * L);
      FloatVector s4 = FloatVector.fromArray(Species.F, out, at + 4 * L);
      FloatVector s5 = FloatVector.fromArray(Species.F, out, at + 5 * L);
      FloatVector s6 = FloatVector.fromArray(Species.F, out, at + 6 * L);
      FloatVector s7 = FloatVector.fromArray(Species.F, out, at + 7 * L);
      for (int e = from; e < to; e++) {
        FloatVector d = FloatVector.broadcast(Species.F, scale[e]);
        int row = rows[e] + column;
        s0 = d.fma(FloatVector.fromArray(Species.F, a, row), s0);
        s1 = d.fma(FloatVector.fromArray(Species.F, a, row + L), s1);
        s2 = d.fma(FloatVector.fromArray(Species.F, a, row + 2 * L), s2);
        s3 = d.fma(FloatVector.fromArray(Species.F, a, row + 3 * L), s3);
        s4 = d.fma(FloatVector.fromArray(Species.F, a, row + 4 * L), s4);
        s5 = d.fma(FloatVector.fromArray(Species.F, a, row + 5 * L), s5);
        s6 = d.fma(FloatVector.fromArray(Species.F, a, row + 6 * L), s6);
        s7 = d.fma(FloatVector.fromArray(Species.F, a, row + 7 * L), s7);
      }
      s0.intoArray(out, at);
      s1.intoArray(out, at + L);
      s2.intoArray(out, at + 2 * L);
      s3.intoArray(out, at + 3 * L);
      s4.intoArray(out, at + 4 * L);
      s5.intoArray(out, at + 5 * L);
      s6.intoArray(out, at + 6 * L);
      s7.intoArray(out, at + 7 * L);
    }

    static void block6(
        float[] a, int column, int[] rows, float[] scale, int from, int to, float[] out, int at) {
      FloatVector s0 = FloatVector.fromArray(Species.F, out, at);
      FloatVector s1 = FloatVector.fromArray(Species.F, out, at + L);
      FloatVector s2 = FloatVector.fromArray(Species.F, out, at + 2 * L);
      FloatVector s3 = FloatVector.fromArray(Species.F, out, at + 3 * L);
      FloatVector s4 = FloatVector.fromArray(Species.F, out, at + 4 * L);
      FloatVector s5 = FloatVector.fromArray(Species.F, out, at + 5 * L);
      for (int e = from; e < to; e++) {
        FloatVector d = FloatVector.broadcast(Species.F, scale[e]);
        int row = rows[e] + column;
        s0 = d.fma(FloatVector.fromArray(Species.F, a, row), s0);
        s1 = d.fma(FloatVector.fromArray(Species.F, a, row + L), s1);
        s2 = d.fma(FloatVector.fromArray(Species.F, a, row + 2 * L), s2);
        s3 = d.fma(FloatVector.fromArray(Species.F, a, row + 3 * L), s3);
        s4 = d.fma(FloatVector.fromArray(Species.F, a, row + 4 * L), s4);
        s5 = d.fma(FloatVector.fromArray(Species.F, a, row + 5 * L), s5);
      }
      s0.intoArray(out, at);
      s1.intoArray(out, at + L);
      s2.intoArray(out, at + 2 * L);
      s3.intoArray(out, at + 3 * L);
      s4.intoArray(out, at + 4 * L);
      s5.intoArray(out, at + 5 * L);
    }

    static void block4(
        float[] a, int column, int[] rows, float[] scale, int from, int to, float[] out, int at) {
      FloatVector s0 = FloatVector.fromArray(Species.F, out, at);
      FloatVector s1 = FloatVector.fromArray(Species.F, out, at + L);
      FloatVector s2 = FloatVector.fromArray(Species.F, out, at + 2 * L);
      FloatVector s3 = FloatVector.fromArray(Species.F, out, at + 3 * L);
      for (int e = from; e < to; e++) {
        FloatVector d = FloatVector.broadcast(Species.F, scale[e]);
        int row = rows[e] + column;
        s0 = d.fma(FloatVector.fromArray(Species.F, a, row), s0);
        s1 = d.fma(FloatVector.fromArray(Species.F, a, row + L), s1);
        s2 = d.fma(FloatVector.fromArray(Species.F, a, row + 2 * L), s2);
        s3 = d.fma(FloatVector.fromArray(Species.F, a, row + 3 * L), s3);
      }
      s0.intoArray(out, at);
      s1.intoArray(out, at + L);
      s2.intoArray(out, at + 2 * L);
      s3.intoArray(out, at + 3 * L);
    }

    static void block3(
        float[] a, int column, int[] rows, float[] scale, int from, int to, float[] out, int at) {
      FloatVector s0 = FloatVector.fromArray(Species.F, out, at);
      FloatVector s1 = FloatVector.fromArray(Species.F, out, at + L);
      FloatVector s2 = FloatVector.fromArray(Species.F, out, at + 2 * L);
      for (int e = from; e < to; e++) {
        FloatVector d = FloatVector.broadcast(Species.F, scale[e]);
        int row = rows[e] + column;
        s0 = d.fma(FloatVector.fromArray(Species.F, a, row), s0);
        s1 = d.fma(FloatVector.fromArray(Species.F, a, row + L), s1);
        s2 = d.fma(FloatVector.fromArray(Species.F, a, row + 2 * L), s2);
      }
      s0.intoArray(out, at);
      s1.intoArray(out, at + L);
      s2.intoArray(out, at + 2 * L);
    }

    static void block2(
        float[] a, int column, int[] rows, float[] scale, int from, int to, float[] out, int at) {
      FloatVector s0 = FloatVector.fromArray(Species.F, out, at);
      FloatVector s1 = FloatVector.fromArray(Species.F, out, at + L);
      for (int e = from; e < to; e++) {
        FloatVector d = FloatVector.broadcast(Species.F, scale[e]);
        int row = rows[e] + column;
        s0 = d.fma(FloatVector.fromArray(Species.F, a, row), s0);
        s1 = d.fma(FloatVector.fromArray(Species.F, a, row + L), s1);
      }
      s0.intoArray(out, at);
      s1.intoArray(out, at + L);
    }

    static void block1(
        float[] a, int column, int[] rows, float[] scale, int from, int to, float[] out, int at) {
      FloatVector s0 = FloatVector.fromArray(Species.F, out, at);
      for (int e = from; e < to; e++) {
        FloatVector d = FloatVector.broadcast(Species.F, scale[e]);
        int row = rows[e] + column;
        s0 = d.fma(FloatVector.fromArray(Species.F, a, row), s0);
      }
      s0.intoArray(out, at);
    }
  }
}
