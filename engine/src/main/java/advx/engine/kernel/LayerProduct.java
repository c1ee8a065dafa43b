package advx.engine.kernel;

import advx.engine.Workers;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * x·Wᵀ for a layer's weights, stored [out][in], without packing them: they change with every step,
 * and the samples are few.
 *
 * <p>The lanes run over the batch: 2 vectors of samples by MR rows of W is a tile. Only the samples
 * are packed, transposed, in panels [in][NR]. A piece of work is a block of output rows; what it
 * computes stays in a scratch [rows][samples] that is small enough for the cache, and a finish
 * reads it at once: copy it ({@link DenseForward}), take the maximum over each unit's pieces
 * ({@link MaxoutForward}), or select given winners ({@link WinnerForward}). Each element is one
 * chain over ascending inputs, beginning at its bias or at zero.
 */
final class LayerProduct implements Workers.Task {
  /** What becomes of a finished block. */
  enum Finish {
    COPY,
    MAXIMUM,
    SELECT
  }

  private static final int KC = 256;

  /** Output rows in one piece of work, about. */
  private static final int ROWS = 80;

  private float[] x;
  private float[] w;
  private float[] bias;
  private float[] y;
  private int[] winners;
  private int samples;
  private int in;
  private int units;
  private int pieces;
  private int unitsPerBlock;
  private int stride;
  private Finish finish;
  private boolean packing;
  private float[] panels = {};
  private float[][] scratch = {};

  /**
   * y[samples][units] from x[samples][in] and w[units·pieces][in].
   *
   * @param bias one a row of w, or null for zero
   * @param winners written by MAXIMUM, read by SELECT, unused by COPY: [samples][units]
   */
  static void multiply(
      Workers workers,
      Finish finish,
      float[] x,
      int samples,
      int in,
      float[] w,
      float[] bias,
      int units,
      int pieces,
      float[] y,
      int[] winners) {
    LayerProduct job = workers.scratch(LayerProduct.class, LayerProduct::new);
    job.finish = finish;
    job.x = x;
    job.samples = samples;
    job.in = in;
    job.w = w;
    job.bias = bias;
    job.units = units;
    job.pieces = pieces;
    job.y = y;
    job.winners = winners;
    job.multiply(workers);
  }

  private void multiply(Workers workers) {
    int panelCount = Gemm.ceilDiv(samples, Gemm.NR);
    stride = panelCount * Gemm.NR;
    unitsPerBlock = Math.max(1, ROWS / pieces);
    panels = Gemm.grown(panels, stride * in);
    if (scratch.length < workers.threads()) {
      scratch = new float[workers.threads()][0];
    }
    packing = true;
    workers.run(panelCount, this);
    packing = false;
    workers.run(Gemm.ceilDiv(units, unitsPerBlock), this);
  }

  @Override
  public void run(int piece, int worker) {
    if (packing) {
      pack(piece);
      return;
    }
    int first = piece * unitsPerBlock;
    int count = Math.min(unitsPerBlock, units - first);
    float[] block = Gemm.grown(scratch[worker], unitsPerBlock * pieces * stride);
    scratch[worker] = block;
    int row = first * pieces;
    int rows = count * pieces;
    for (int r = 0; r < rows; r++) {
      Arrays.fill(block, r * stride, (r + 1) * stride, bias == null ? 0 : bias[row + r]);
    }
    if (Lanes.VECTOR) {
      blocked(row, rows, block);
    } else {
      scalar(row, rows, block);
    }
    switch (finish) {
      case COPY -> copy(first, count, block);
      case MAXIMUM -> maximum(first, count, block);
      case SELECT -> select(first, count, block);
    }
  }

  /** Transposes one panel of samples to [in][NR], zeros beyond the last sample. */
  private void pack(int panel) {
    int nr = Gemm.NR;
    int first = panel * nr;
    int used = Math.min(nr, samples - first);
    int at = first * in;
    if (used < nr) {
      Arrays.fill(panels, at, at + nr * in, 0);
    }
    for (int s = 0; s < used; s++) {
      int from = (first + s) * in;
      for (int i = 0; i < in; i++) {
        panels[at + i * nr + s] = x[from + i];
      }
    }
  }

  private void blocked(int row, int rows, float[] block) {
    int mr = Gemm.MR;
    for (int pc = 0; pc < in; pc += KC) {
      int kc = Math.min(KC, in - pc);
      for (int s = 0; s < stride; s += Gemm.NR) {
        int panel = s * in + pc * Gemm.NR;
        int r = 0;
        for (; r + mr <= rows; r += mr) {
          int weights = (row + r) * in + pc;
          if (mr == 8) {
            Simd.rows8(kc, w, weights, in, panels, panel, block, r * stride + s, stride);
          } else {
            Simd.rows4(kc, w, weights, in, panels, panel, block, r * stride + s, stride);
          }
        }
        for (; r < rows; r++) {
          Simd.row(kc, w, (row + r) * in + pc, panels, panel, block, r * stride + s);
        }
      }
    }
  }

  /** The twin of {@link #blocked}. */
  private void scalar(int row, int rows, float[] block) {
    int nr = Gemm.NR;
    for (int r = 0; r < rows; r++) {
      for (int s = 0; s < samples; s++) {
        float sum = block[r * stride + s];
        int panel = s / nr * nr * in + s % nr;
        for (int i = 0; i < in; i++) {
          sum = Math.fma(w[(row + r) * in + i], panels[panel + i * nr], sum);
        }
        block[r * stride + s] = sum;
      }
    }
  }

  private void copy(int first, int count, float[] block) {
    for (int s = 0; s < samples; s++) {
      for (int r = 0; r < count * pieces; r++) {
        y[s * units * pieces + first * pieces + r] = block[r * stride + s];
      }
    }
  }

  /** Ties go to the lowest piece. */
  private void maximum(int first, int count, float[] block) {
    for (int s = 0; s < samples; s++) {
      for (int u = 0; u < count; u++) {
        int at = u * pieces * stride + s;
        float best = block[at];
        int winner = 0;
        for (int p = 1; p < pieces; p++) {
          float value = block[at + p * stride];
          if (value > best) {
            best = value;
            winner = p;
          }
        }
        y[s * units + first + u] = best;
        winners[s * units + first + u] = winner;
      }
    }
  }

  private void select(int first, int count, float[] block) {
    for (int s = 0; s < samples; s++) {
      for (int u = 0; u < count; u++) {
        int at = s * units + first + u;
        y[at] = block[(u * pieces + winners[at]) * stride + s];
      }
    }
  }

  /** Micro-kernels on rows of W where they lie and one packed panel of samples. */
  static final class Simd {
    private static final int L = Species.L;

    private Simd() {}

    static void row(int kc, float[] a, int aAt, float[] b, int bAt, float[] c, int at) {
      FloatVector c0 = FloatVector.fromArray(Species.F, c, at);
      FloatVector c1 = FloatVector.fromArray(Species.F, c, at + L);
      for (int p = 0; p < kc; p++) {
        FloatVector a0 = FloatVector.broadcast(Species.F, a[aAt + p]);
        c0 = a0.fma(FloatVector.fromArray(Species.F, b, bAt + p * 2 * L), c0);
        c1 = a0.fma(FloatVector.fromArray(Species.F, b, bAt + p * 2 * L + L), c1);
      }
      c0.intoArray(c, at);
      c1.intoArray(c, at + L);
    }

    static void rows4(
        int kc, float[] a, int aAt, int lda, float[] b, int bAt, float[] c, int at, int ldc) {
      FloatVector c00 = FloatVector.fromArray(Species.F, c, at);
      FloatVector c01 = FloatVector.fromArray(Species.F, c, at + L);
      FloatVector c10 = FloatVector.fromArray(Species.F, c, at + ldc);
      FloatVector c11 = FloatVector.fromArray(Species.F, c, at + ldc + L);
      FloatVector c20 = FloatVector.fromArray(Species.F, c, at + 2 * ldc);
      FloatVector c21 = FloatVector.fromArray(Species.F, c, at + 2 * ldc + L);
      FloatVector c30 = FloatVector.fromArray(Species.F, c, at + 3 * ldc);
      FloatVector c31 = FloatVector.fromArray(Species.F, c, at + 3 * ldc + L);
      int r1 = aAt + lda;
      int r2 = r1 + lda;
      int r3 = r2 + lda;
      for (int p = 0; p < kc; p++) {
        FloatVector b0 = FloatVector.fromArray(Species.F, b, bAt + p * 2 * L);
        FloatVector b1 = FloatVector.fromArray(Species.F, b, bAt + p * 2 * L + L);
        FloatVector a0 = FloatVector.broadcast(Species.F, a[aAt + p]);
        c00 = a0.fma(b0, c00);
        c01 = a0.fma(b1, c01);
        FloatVector a1 = FloatVector.broadcast(Species.F, a[r1 + p]);
        c10 = a1.fma(b0, c10);
        c11 = a1.fma(b1, c11);
        FloatVector a2 = FloatVector.broadcast(Species.F, a[r2 + p]);
        c20 = a2.fma(b0, c20);
        c21 = a2.fma(b1, c21);
        FloatVector a3 = FloatVector.broadcast(Species.F, a[r3 + p]);
        c30 = a3.fma(b0, c30);
        c31 = a3.fma(b1, c31);
      }
      c00.intoArray(c, at);
      c01.intoArray(c, at + L);
      c10.intoArray(c, at + ldc);
      c11.intoArray(c, at + ldc + L);
      c20.intoArray(c, at + 2 * ldc);
      c21.intoArray(c, at + 2 * ldc + L);
      c30.intoArray(c, at + 3 * ldc);
      c31.intoArray(c, at + 3 * ldc + L);
    }

    static void rows8(
        int kc, float[] a, int aAt, int lda, float[] b, int bAt, float[] c, int at, int ldc) {
      FloatVector c00 = FloatVector.fromArray(Species.F, c, at);
      FloatVector c01 = FloatVector.fromArray(Species.F, c, at + L);
      FloatVector c10 = FloatVector.fromArray(Species.F, c, at + ldc);
      FloatVector c11 = FloatVector.fromArray(Species.F, c, at + ldc + L);
      FloatVector c20 = FloatVector.fromArray(Species.F, c, at + 2 * ldc);
      FloatVector c21 = FloatVector.fromArray(Species.F, c, at + 2 * ldc + L);
      FloatVector c30 = FloatVector.fromArray(Species.F, c, at + 3 * ldc);
      FloatVector c31 = FloatVector.fromArray(Species.F, c, at + 3 * ldc + L);
      FloatVector c40 = FloatVector.fromArray(Species.F, c, at + 4 * ldc);
      FloatVector c41 = FloatVector.fromArray(Species.F, c, at + 4 * ldc + L);
      FloatVector c50 = FloatVector.fromArray(Species.F, c, at + 5 * ldc);
      FloatVector c51 = FloatVector.fromArray(Species.F, c, at + 5 * ldc + L);
      FloatVector c60 = FloatVector.fromArray(Species.F, c, at + 6 * ldc);
      FloatVector c61 = FloatVector.fromArray(Species.F, c, at + 6 * ldc + L);
      FloatVector c70 = FloatVector.fromArray(Species.F, c, at + 7 * ldc);
      FloatVector c71 = FloatVector.fromArray(Species.F, c, at + 7 * ldc + L);
      int r1 = aAt + lda;
      int r2 = r1 + lda;
      int r3 = r2 + lda;
      int r4 = r3 + lda;
      int r5 = r4 + lda;
      int r6 = r5 + lda;
      int r7 = r6 + lda;
      for (int p = 0; p < kc; p++) {
        FloatVector b0 = FloatVector.fromArray(Species.F, b, bAt + p * 2 * L);
        FloatVector b1 = FloatVector.fromArray(Species.F, b, bAt + p * 2 * L + L);
        FloatVector a0 = FloatVector.broadcast(Species.F, a[aAt + p]);
        c00 = a0.fma(b0, c00);
        c01 = a0.fma(b1, c01);
        FloatVector a1 = FloatVector.broadcast(Species.F, a[r1 + p]);
        c10 = a1.fma(b0, c10);
        c11 = a1.fma(b1, c11);
        FloatVector a2 = FloatVector.broadcast(Species.F, a[r2 + p]);
        c20 = a2.fma(b0, c20);
        c21 = a2.fma(b1, c21);
        FloatVector a3 = FloatVector.broadcast(Species.F, a[r3 + p]);
        c30 = a3.fma(b0, c30);
        c31 = a3.fma(b1, c31);
        FloatVector a4 = FloatVector.broadcast(Species.F, a[r4 + p]);
        c40 = a4.fma(b0, c40);
        c41 = a4.fma(b1, c41);
        FloatVector a5 = FloatVector.broadcast(Species.F, a[r5 + p]);
        c50 = a5.fma(b0, c50);
        c51 = a5.fma(b1, c51);
        FloatVector a6 = FloatVector.broadcast(Species.F, a[r6 + p]);
        c60 = a6.fma(b0, c60);
        c61 = a6.fma(b1, c61);
        FloatVector a7 = FloatVector.broadcast(Species.F, a[r7 + p]);
        c70 = a7.fma(b0, c70);
        c71 = a7.fma(b1, c71);
      }
      c00.intoArray(c, at);
      c01.intoArray(c, at + L);
      c10.intoArray(c, at + ldc);
      c11.intoArray(c, at + ldc + L);
      c20.intoArray(c, at + 2 * ldc);
      c21.intoArray(c, at + 2 * ldc + L);
      c30.intoArray(c, at + 3 * ldc);
      c31.intoArray(c, at + 3 * ldc + L);
      c40.intoArray(c, at + 4 * ldc);
      c41.intoArray(c, at + 4 * ldc + L);
      c50.intoArray(c, at + 5 * ldc);
      c51.intoArray(c, at + 5 * ldc + L);
      c60.intoArray(c, at + 6 * ldc);
      c61.intoArray(c, at + 6 * ldc + L);
      c70.intoArray(c, at + 7 * ldc);
      c71.intoArray(c, at + 7 * ldc + L);
    }
  }
}
