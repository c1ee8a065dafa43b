package advx.engine.kernel;

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
   * Transposes {@code rows} rows of {@code depth} numbers to [depth][width], zeros beyond the last
   * row.
   *
   * @param ld the distance between the rows
   */
  static void transpose(
      float[] from, int at, int ld, int rows, int depth, float[] to, int toAt, int width) {
    int row = 0;
    for (; row + 8 <= rows; row += 8) {
      transpose8(from, at + row * ld, ld, depth, to, toAt + row, width);
    }
    if (row < width) {
      for (int p = 0; p < depth; p++) {
        int o = toAt + p * width;
        for (int r = row; r < rows; r++) {
          to[o + r] = from[at + r * ld + p];
        }
        for (int r = rows; r < width; r++) {
          to[o + r] = 0;
        }
      }
    }
  }

  private static void transpose8(
      float[] from, int at, int ld, int depth, float[] to, int toAt, int width) {
    int r1 = at + ld;
    int r2 = r1 + ld;
    int r3 = r2 + ld;
    int r4 = r3 + ld;
    int r5 = r4 + ld;
    int r6 = r5 + ld;
    int r7 = r6 + ld;
    for (int p = 0; p < depth; p++) {
      int o = toAt + p * width;
      to[o] = from[at + p];
      to[o + 1] = from[r1 + p];
      to[o + 2] = from[r2 + p];
      to[o + 3] = from[r3 + p];
      to[o + 4] = from[r4 + p];
      to[o + 5] = from[r5 + p];
      to[o + 6] = from[r6 + p];
      to[o + 7] = from[r7 + p];
    }
  }

  /** Copies {@code depth} rows of {@code columns} numbers to [depth][width], zeros beyond. */
  static void copy(
      float[] from, int at, int ld, int columns, int depth, float[] to, int toAt, int width) {
    for (int p = 0; p < depth; p++) {
      int row = at + p * ld;
      int o = toAt + p * width;
      for (int j = 0; j < columns; j++) {
        to[o + j] = from[row + j];
      }
      for (int j = columns; j < width; j++) {
        to[o + j] = 0;
      }
    }
  }
}
