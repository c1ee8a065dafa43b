package advx.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of eight samples by ten outputs, in which no sample is transposed and no lane idles.
 *
 * <pre>
 *   s0 += x0·[w0 … w7]            one vector a sample, the number broadcast
 *   s1 += x1·[w0 … w7]
 *    …
 *   t0 += [x0 x0 x1 x1 x2 x2 x3 x3]·[w8 w9 w8 w9 w8 w9 w8 w9]
 * </pre>
 *
 * <p>Ten outputs of four samples are five vectors of eight: the ninth and tenth output of all four
 * share one, whose left side is blended from the four broadcasts that are there already. The panel
 * holds the weights as the right side wants them, sixteen numbers a step.
 */
final class TenOutputs {
  /** Samples in a tile. */
  static final int SAMPLES = 8;

  /** Outputs in a tile. */
  static final int TEN = 10;

  /** Numbers of the panel at each step, and of what the chains begin at. */
  static final int WIDTH = 16;

  private TenOutputs() {}

  /** Whether there are vectors of eight, and registers for a tile. */
  static boolean here() {
    return Lanes.COUNT == 16 && Lanes.manyRegisters();
  }

  /** Lays ten rows of weights, {@code ldw} apart, out for the tile. */
  static void pack(float[] w, int at, int ldw, int k, float[] panel, int to) {
    Packing.transpose(w, at, ldw, 8, k, panel, to, WIDTH);
    Simd.pairs(w, at + 8 * ldw, at + 9 * ldw, k, panel, to + 8);
  }

  /** Lays out what the chains begin at. */
  static void begin(float[] bias, int at, float[] begin, int to) {
    System.arraycopy(bias, at, begin, to, 8);
    for (int i = 8; i < WIDTH; i++) {
      begin[to + i] = bias[at + 8 + i % 2];
    }
  }

  /**
   * c[s][o] ← begin[o] + Σₚ x[s][p]·w[o][p] of eight samples.
   *
   * @param block sixteen numbers to compute in
   */
  static void tile(
      int k,
      float[] x,
      int at,
      int ldx,
      float[] panel,
      int panelAt,
      float[] begin,
      int beginAt,
      float[] c,
      int to,
      int ldc,
      float[] block) {
    Simd.tile(k & -2, x, at, ldx, panel, panelAt, begin, beginAt, c, to, ldc, block);
    boolean odd = k % 2 != 0;
    int last = panelAt + (k - 1) * WIDTH;
    for (int s = 0; s < SAMPLES; s++) {
      int row = to + s * ldc;
      c[row + 8] = block[2 * s];
      c[row + 9] = block[2 * s + 1];
      for (int o = 0; odd && o < TEN; o++) {
        c[row + o] = Math.fma(x[at + s * ldx + k - 1], panel[last + o], c[row + o]);
      }
    }
  }

  static final class Simd {
    private static final VectorSpecies<Float> EIGHT = Species.EIGHT;
    private static final VectorMask<Float> ODD = VectorMask.fromLong(EIGHT, 0b10101010);
    private static final VectorMask<Float> SECOND = VectorMask.fromLong(EIGHT, 0b11001100);
    private static final VectorMask<Float> UPPER = VectorMask.fromLong(EIGHT, 0b11110000);

    private Simd() {}

    static void pairs(float[] w, int ninth, int tenth, int k, float[] panel, int to) {
      for (int p = 0; p < k; p++) {
        FloatVector.broadcast(EIGHT, w[ninth + p])
            .blend(FloatVector.broadcast(EIGHT, w[tenth + p]), ODD)
            .intoArray(panel, to + p * WIDTH);
      }
    }

    /** Two steps a turn, since the rows' addresses are computed once for both. */
    static void tile(
        int k,
        float[] x,
        int at,
        int ldx,
        float[] w,
        int panelAt,
        float[] begin,
        int beginAt,
        float[] c,
        int to,
        int ldc,
        float[] block) {
      int r0 = at;
      int r1 = r0 + ldx;
      int r2 = r1 + ldx;
      int r3 = r2 + ldx;
      int r4 = r3 + ldx;
      int r5 = r4 + ldx;
      int r6 = r5 + ldx;
      int r7 = r6 + ldx;
      FloatVector s0 = FloatVector.fromArray(EIGHT, begin, beginAt);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      FloatVector s4 = s0;
      FloatVector s5 = s0;
      FloatVector s6 = s0;
      FloatVector s7 = s0;
      FloatVector t0 = FloatVector.fromArray(EIGHT, begin, beginAt + 8);
      FloatVector t1 = t0;
      for (int p = 0; p < k; p += 2) {
        int q = panelAt + p * WIDTH;
        FloatVector w0 = FloatVector.fromArray(EIGHT, w, q);
        FloatVector w1 = FloatVector.fromArray(EIGHT, w, q + 8);
        FloatVector x0 = FloatVector.broadcast(EIGHT, x[r0 + p]);
        s0 = x0.fma(w0, s0);
        FloatVector x1 = FloatVector.broadcast(EIGHT, x[r1 + p]);
        s1 = x1.fma(w0, s1);
        FloatVector x2 = FloatVector.broadcast(EIGHT, x[r2 + p]);
        s2 = x2.fma(w0, s2);
        FloatVector x3 = FloatVector.broadcast(EIGHT, x[r3 + p]);
        s3 = x3.fma(w0, s3);
        FloatVector x03 = x0.blend(x1, SECOND).blend(x2.blend(x3, SECOND), UPPER);
        t0 = x03.fma(w1, t0);
        FloatVector x4 = FloatVector.broadcast(EIGHT, x[r4 + p]);
        s4 = x4.fma(w0, s4);
        FloatVector x5 = FloatVector.broadcast(EIGHT, x[r5 + p]);
        s5 = x5.fma(w0, s5);
        FloatVector x6 = FloatVector.broadcast(EIGHT, x[r6 + p]);
        s6 = x6.fma(w0, s6);
        FloatVector x7 = FloatVector.broadcast(EIGHT, x[r7 + p]);
        s7 = x7.fma(w0, s7);
        FloatVector x47 = x4.blend(x5, SECOND).blend(x6.blend(x7, SECOND), UPPER);
        t1 = x47.fma(w1, t1);
        FloatVector w2 = FloatVector.fromArray(EIGHT, w, q + 16);
        FloatVector w3 = FloatVector.fromArray(EIGHT, w, q + 24);
        FloatVector y0 = FloatVector.broadcast(EIGHT, x[r0 + p + 1]);
        s0 = y0.fma(w2, s0);
        FloatVector y1 = FloatVector.broadcast(EIGHT, x[r1 + p + 1]);
        s1 = y1.fma(w2, s1);
        FloatVector y2 = FloatVector.broadcast(EIGHT, x[r2 + p + 1]);
        s2 = y2.fma(w2, s2);
        FloatVector y3 = FloatVector.broadcast(EIGHT, x[r3 + p + 1]);
        s3 = y3.fma(w2, s3);
        FloatVector y03 = y0.blend(y1, SECOND).blend(y2.blend(y3, SECOND), UPPER);
        t0 = y03.fma(w3, t0);
        FloatVector y4 = FloatVector.broadcast(EIGHT, x[r4 + p + 1]);
        s4 = y4.fma(w2, s4);
        FloatVector y5 = FloatVector.broadcast(EIGHT, x[r5 + p + 1]);
        s5 = y5.fma(w2, s5);
        FloatVector y6 = FloatVector.broadcast(EIGHT, x[r6 + p + 1]);
        s6 = y6.fma(w2, s6);
        FloatVector y7 = FloatVector.broadcast(EIGHT, x[r7 + p + 1]);
        s7 = y7.fma(w2, s7);
        FloatVector y47 = y4.blend(y5, SECOND).blend(y6.blend(y7, SECOND), UPPER);
        t1 = y47.fma(w3, t1);
      }
      s0.intoArray(c, to);
      s1.intoArray(c, to + ldc);
      s2.intoArray(c, to + 2 * ldc);
      s3.intoArray(c, to + 3 * ldc);
      s4.intoArray(c, to + 4 * ldc);
      s5.intoArray(c, to + 5 * ldc);
      s6.intoArray(c, to + 6 * ldc);
      s7.intoArray(c, to + 7 * ldc);
      t0.intoArray(block, 0);
      t1.intoArray(block, 8);
    }
  }
}
