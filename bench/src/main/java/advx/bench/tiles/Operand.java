package advx.bench.tiles;

import advx.engine.Purpose;
import advx.engine.RandomStream;

/** The matrices that are multiplied. */
final class Operand {
  /** Where an aligned operand begins: 48 bytes behind a header of 16. */
  static final int START = 12;

  private Operand() {}

  /** Uniform in [−1, 1): sums stay small, nothing ends in infinities or subnormal numbers. */
  static float[] uniform(int n, int which) {
    RandomStream random = new RandomStream(1, Purpose.TEST, 4, which, 0);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.uniform(-1, 1);
    }
    return x;
  }

  /**
   * Room for so many numbers from {@link #START} on, there on a cache line: an array of half a heap
   * region and more begins a region of its own (G1), after a header of 16 bytes.
   */
  static float[] aligned(int n) {
    return new float[Math.max(START + n, 1 << 20)];
  }

  /**
   * Rows that lie {@code ld} apart become columns: [depth][width]. Eight at a time, if possible.
   */
  static void transpose(float[] from, int at, int ld, int width, int depth, float[] to, int toAt) {
    int row = 0;
    for (; row + 8 <= width; row += 8) {
      transpose8(from, at + row * ld, ld, depth, to, toAt + row, width);
    }
    for (; row < width; row++) {
      for (int p = 0; p < depth; p++) {
        to[toAt + p * width + row] = from[at + row * ld + p];
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

  /**
   * Compares bit for bit.
   *
   * @throws IllegalStateException if they differ
   */
  static void expect(String what, float[] expected, float[] found) {
    for (int i = 0; i < expected.length; i++) {
      if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(found[i])) {
        throw new IllegalStateException(
            "%s: element %d is %s, by its definition %s".formatted(what, i, found[i], expected[i]));
      }
    }
  }
}
