package advx.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Copies of operands in the order in which a micro-kernel reads them. */
final class Packing {
  /**
   * Where a packed buffer begins. Arrays of half a heap region and more begin a region of their own
   * (G1), after a header of 16 bytes: twelve numbers further the address is a multiple of 64 bytes,
   * and no vector that a micro-kernel loads straddles two cache lines. Elsewhere it costs nothing.
   */
  static final int START = 12;

  /** Numbers in the smallest buffer: 4 MB, half of a region of 8 MB. */
  private static final int LEAST = 1 << 20;

  private Packing() {}

  /** The buffer itself if it holds this many numbers after {@link #START}, else a new one. */
  static float[] grown(float[] buffer, int size) {
    return buffer.length >= START + size ? buffer : new float[Math.max(START + size, LEAST)];
  }

  /**
   * Transposes {@code rows} rows of {@code depth} numbers: to[p][r] = from[r][p].
   *
   * @param ld the distance between the rows of {@code from}; likewise {@code toLd}
   */
  static void transpose(
      float[] from, int at, int ld, int rows, int depth, float[] to, int toAt, int toLd) {
    if (Transposition.WIDE && rows >= 8 && depth >= 8) {
      Transposition.Simd.transpose(from, at, ld, rows, depth, to, toAt, toLd);
    } else if (Lanes.VECTOR) {
      Simd.transpose(from, at, ld, rows, depth, to, toAt, toLd);
    } else {
      scalarTranspose(from, at, ld, rows, depth, to, toAt, toLd);
    }
  }

  /** The twin. */
  static void scalarTranspose(
      float[] from, int at, int ld, int rows, int depth, float[] to, int toAt, int toLd) {
    for (int p = 0; p < depth; p++) {
      for (int r = 0; r < rows; r++) {
        to[toAt + p * toLd + r] = from[at + r * ld + p];
      }
    }
  }

  /** Copies {@code depth} rows of {@code columns} numbers to [depth][width]. */
  static void copy(
      float[] from, int at, int ld, int columns, int depth, float[] to, int toAt, int width) {
    for (int p = 0; p < depth; p++) {
      int row = at + p * ld;
      int o = toAt + p * width;
      for (int j = 0; j < columns; j++) {
        to[o + j] = from[row + j];
      }
    }
  }

  /** Vectors of four, whatever the width: every CPU has them. */
  static final class Simd {
    private static final VectorSpecies<Float> FOUR = Species.FOUR;
    private static final VectorMask<Float> ODD = VectorMask.fromLong(FOUR, 0b1010);
    private static final VectorMask<Float> UPPER = VectorMask.fromLong(FOUR, 0b1100);
    private static final VectorShuffle<Float> PAIRS = VectorShuffle.fromOp(FOUR, i -> i ^ 1);
    private static final VectorShuffle<Float> HALVES = VectorShuffle.fromOp(FOUR, i -> i ^ 2);

    private Simd() {}

    /**
     * Four rows, four columns at a time: first the 2×2 blocks' corners change places, then they.
     *
     * <p>All in one method, too large to be inlined: compiled into a caller before it has a profile
     * of its own, some of its shuffles stay calls that box their vectors for good.
     */
    static void transpose(
        float[] from, int at, int ld, int rows, int depth, float[] to, int toAt, int toLd) {
      int whole = rows & -4;
      int deep = depth & -4;
      for (int r = 0; r < whole; r += 4) {
        int r0 = at + r * ld;
        int r1 = r0 + ld;
        int r2 = r1 + ld;
        int r3 = r2 + ld;
        int o = toAt + r;
        for (int p = 0; p < deep; p += 4) {
          FloatVector a = FloatVector.fromArray(FOUR, from, r0 + p);
          FloatVector b = FloatVector.fromArray(FOUR, from, r1 + p);
          FloatVector c = FloatVector.fromArray(FOUR, from, r2 + p);
          FloatVector d = FloatVector.fromArray(FOUR, from, r3 + p);
          FloatVector ab0 = a.blend(b.rearrange(PAIRS), ODD);
          FloatVector ab1 = a.rearrange(PAIRS).blend(b, ODD);
          FloatVector cd0 = c.blend(d.rearrange(PAIRS), ODD);
          FloatVector cd1 = c.rearrange(PAIRS).blend(d, ODD);
          ab0.blend(cd0.rearrange(HALVES), UPPER).intoArray(to, o + p * toLd);
          ab1.blend(cd1.rearrange(HALVES), UPPER).intoArray(to, o + (p + 1) * toLd);
          ab0.rearrange(HALVES).blend(cd0, UPPER).intoArray(to, o + (p + 2) * toLd);
          ab1.rearrange(HALVES).blend(cd1, UPPER).intoArray(to, o + (p + 3) * toLd);
        }
        for (int p = deep; p < depth; p++) {
          to[o + p * toLd] = from[r0 + p];
          to[o + p * toLd + 1] = from[r1 + p];
          to[o + p * toLd + 2] = from[r2 + p];
          to[o + p * toLd + 3] = from[r3 + p];
        }
      }
      scalarTranspose(from, at + whole * ld, ld, rows - whole, depth, to, toAt + whole, toLd);
    }
  }
}
