package advx.engine.kernel;

import advx.engine.Workers;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Matrix product: C ← C + op(A)·op(B), op(A) m×k, op(B) k×n, C m×n, all row-major.
 *
 * <p>Each element of C is one chain of fused multiply-adds over ascending k that begins at what C
 * holds: fill C with a bias or with zeros first. Blocks, tiles and threads never split or reorder a
 * chain, so the bits depend on nothing but the numbers.
 *
 * <p>Structure and names are BLIS's (Van Zee, van de Geijn 2015): loop pc cuts k into blocks of KC;
 * packA and packB copy panels of MR rows and NR columns; the macro-kernel runs loops jr and ir over
 * the tiles; the micro-kernel keeps one tile of C in registers.
 *
 * <pre>
 *  block        size             lives in
 *  B panel      KC × NR          L1
 *  A block      MC × KC          L2
 *  packed B     KC × n           L3
 * </pre>
 */
public final class Gemm {
  static final int KC = 256;
  static final int MC = 96;

  /** Rows of a tile: MR·2 accumulators, 2 vectors of B and MR broadcasts have to fit registers. */
  static final int MR = Lanes.manyRegisters() ? 8 : 4;

  /** Columns of a tile: two vectors. */
  static final int NR = 2 * Lanes.COUNT;

  /** Panels of B in one piece of work. */
  private static final int GROUP = Math.max(1, 256 / NR);

  /** Panels of A that are packed in one piece of work. */
  private static final int PACK = 8;

  /** Below this many multiply-adds packing costs more than it saves. */
  private static final long SMALL = 4_096;

  /** Below this many multiply-adds a second thread costs more than it saves. */
  private static final long SERIAL = 500_000;

  private Gemm() {}

  /**
   * C ← C + op(A)·op(B).
   *
   * @param transA whether A is stored k×m; likewise transB for n×k
   * @param lda the distance between the rows of A as stored; likewise ldb, ldc
   */
  public static void gemm(
      Workers workers,
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      float[] a,
      int lda,
      float[] b,
      int ldb,
      float[] c,
      int ldc) {
    if (!Lanes.VECTOR || (long) m * n * k < SMALL) {
      scalar(transA, transB, m, n, k, a, lda, b, ldb, c, ldc);
    } else {
      blocked(workers, transA, transB, m, n, k, a, lda, b, ldb, c, ldc);
    }
  }

  static void blocked(
      Workers workers,
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      float[] a,
      int lda,
      float[] b,
      int ldb,
      float[] c,
      int ldc) {
    Blocked job = workers.scratch(Blocked.class, Blocked::new);
    job.transA = transA;
    job.transB = transB;
    job.m = m;
    job.n = n;
    job.k = k;
    job.a = a;
    job.lda = lda;
    job.b = b;
    job.ldb = ldb;
    job.c = c;
    job.ldc = ldc;
    job.multiply(workers);
  }

  /** The twin: the definition, in an order of loops that a cache can bear. */
  static void scalar(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      float[] a,
      int lda,
      float[] b,
      int ldb,
      float[] c,
      int ldc) {
    for (int i = 0; i < m; i++) {
      for (int p = 0; p < k; p++) {
        float x = transA ? a[p * lda + i] : a[i * lda + p];
        if (transB) {
          for (int j = 0; j < n; j++) {
            c[i * ldc + j] = Math.fma(x, b[j * ldb + p], c[i * ldc + j]);
          }
        } else {
          for (int j = 0; j < n; j++) {
            c[i * ldc + j] = Math.fma(x, b[p * ldb + j], c[i * ldc + j]);
          }
        }
      }
    }
  }

  /** One product in progress, and the packing buffers that stay with the pool. */
  private static final class Blocked implements Workers.Task {
    private boolean transA;
    private boolean transB;
    private int m;
    private int n;
    private int k;
    private float[] a;
    private int lda;
    private float[] b;
    private int ldb;
    private float[] c;
    private int ldc;

    private int pc;
    private int kc;
    private boolean packing;
    private float[] packedA = {};
    private float[] packedB = {};
    private float[] edges = {};

    private int panelsA() {
      return ceilDiv(m, MR);
    }

    private int panelsB() {
      return ceilDiv(n, NR);
    }

    void multiply(Workers workers) {
      boolean serial = (long) m * n * k < SERIAL;
      int depth = Math.min(k, KC);
      packedA = grown(packedA, panelsA() * MR * depth);
      packedB = grown(packedB, panelsB() * NR * depth);
      edges = grown(edges, workers.threads() * MR * NR);
      for (pc = 0; pc < k; pc += KC) {
        kc = Math.min(KC, k - pc);
        packing = true;
        run(workers, serial, ceilDiv(panelsA(), PACK) + panelsB());
        packing = false;
        run(workers, serial, ceilDiv(m, MC) * ceilDiv(panelsB(), GROUP));
      }
    }

    private void run(Workers workers, boolean serial, int pieces) {
      if (serial) {
        for (int i = 0; i < pieces; i++) {
          run(i, 0);
        }
      } else {
        workers.run(pieces, this);
      }
    }

    @Override
    public void run(int piece, int worker) {
      int packsA = ceilDiv(panelsA(), PACK);
      if (!packing) {
        int groups = ceilDiv(panelsB(), GROUP);
        macroKernel(piece / groups * MC, piece % groups * GROUP, worker * MR * NR);
      } else if (piece < packsA) {
        for (int panel = piece * PACK; panel < Math.min(panelsA(), (piece + 1) * PACK); panel++) {
          pack(transA, a, lda, panel * MR, m, MR, packedA);
        }
      } else {
        pack(!transB, b, ldb, (piece - packsA) * NR, n, NR, packedB);
      }
    }

    /**
     * Copies one panel, {@code width} rows of op(A) or columns of op(B) side by side for each k,
     * with zeros beyond the edge.
     *
     * @param byDepth whether neighbours of the panel lie side by side in memory for each k
     */
    private void pack(
        boolean byDepth, float[] from, int ld, int first, int count, int width, float[] to) {
      int at = first * kc;
      int used = Math.min(width, count - first);
      if (used < width) {
        Arrays.fill(to, at, at + width * kc, 0);
      }
      if (byDepth) {
        for (int p = 0; p < kc; p++) {
          System.arraycopy(from, (pc + p) * ld + first, to, at + p * width, used);
        }
      } else {
        for (int r = 0; r < used; r++) {
          int row = (first + r) * ld + pc;
          for (int p = 0; p < kc; p++) {
            to[at + p * width + r] = from[row + p];
          }
        }
      }
    }

    /** Loops jr and ir: all tiles of one block of MC rows and one group of panels. */
    private void macroKernel(int ic, int firstPanel, int edgeAt) {
      int rows = Math.min(ic + MC, m);
      for (int panel = firstPanel; panel < Math.min(firstPanel + GROUP, panelsB()); panel++) {
        int jr = panel * NR;
        for (int ir = ic; ir < rows; ir += MR) {
          int at = ir * ldc + jr;
          if (ir + MR <= m && jr + NR <= n) {
            Simd.tile(kc, packedA, ir * kc, packedB, jr * kc, c, at, ldc);
          } else {
            int height = Math.min(MR, m - ir);
            int width = Math.min(NR, n - jr);
            copy(c, at, ldc, edges, edgeAt, NR, height, width);
            Simd.tile(kc, packedA, ir * kc, packedB, jr * kc, edges, edgeAt, NR);
            copy(edges, edgeAt, NR, c, at, ldc, height, width);
          }
        }
      }
    }
  }

  static void copy(
      float[] from, int at, int ld, float[] to, int toAt, int toLd, int height, int width) {
    for (int i = 0; i < height; i++) {
      System.arraycopy(from, at + i * ld, to, toAt + i * toLd, width);
    }
  }

  static int ceilDiv(int x, int y) {
    return (x + y - 1) / y;
  }

  static float[] grown(float[] buffer, int size) {
    return buffer.length >= size ? buffer : new float[size];
  }

  /** The micro-kernels. One body each, no branch inside, accumulators as named locals. */
  static final class Simd {
    private static final int L = Species.L;

    private Simd() {}

    /** C tile (MR × 2 vectors at c[at], rows ldc apart) += A panel · B panel over kc. */
    static void tile(int kc, float[] a, int aAt, float[] b, int bAt, float[] c, int at, int ldc) {
      if (MR == 8) {
        tile8(kc, a, aAt, b, bAt, c, at, ldc);
      } else {
        tile4(kc, a, aAt, b, bAt, c, at, ldc);
      }
    }

    private static void tile4(
        int kc, float[] a, int aAt, float[] b, int bAt, float[] c, int at, int ldc) {
      FloatVector c00 = FloatVector.fromArray(Species.F, c, at);
      FloatVector c01 = FloatVector.fromArray(Species.F, c, at + L);
      FloatVector c10 = FloatVector.fromArray(Species.F, c, at + ldc);
      FloatVector c11 = FloatVector.fromArray(Species.F, c, at + ldc + L);
      FloatVector c20 = FloatVector.fromArray(Species.F, c, at + 2 * ldc);
      FloatVector c21 = FloatVector.fromArray(Species.F, c, at + 2 * ldc + L);
      FloatVector c30 = FloatVector.fromArray(Species.F, c, at + 3 * ldc);
      FloatVector c31 = FloatVector.fromArray(Species.F, c, at + 3 * ldc + L);
      for (int p = 0; p < kc; p++) {
        FloatVector b0 = FloatVector.fromArray(Species.F, b, bAt + p * 2 * L);
        FloatVector b1 = FloatVector.fromArray(Species.F, b, bAt + p * 2 * L + L);
        FloatVector a0 = FloatVector.broadcast(Species.F, a[aAt + p * 4]);
        c00 = a0.fma(b0, c00);
        c01 = a0.fma(b1, c01);
        FloatVector a1 = FloatVector.broadcast(Species.F, a[aAt + p * 4 + 1]);
        c10 = a1.fma(b0, c10);
        c11 = a1.fma(b1, c11);
        FloatVector a2 = FloatVector.broadcast(Species.F, a[aAt + p * 4 + 2]);
        c20 = a2.fma(b0, c20);
        c21 = a2.fma(b1, c21);
        FloatVector a3 = FloatVector.broadcast(Species.F, a[aAt + p * 4 + 3]);
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

    private static void tile8(
        int kc, float[] a, int aAt, float[] b, int bAt, float[] c, int at, int ldc) {
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
      for (int p = 0; p < kc; p++) {
        FloatVector b0 = FloatVector.fromArray(Species.F, b, bAt + p * 2 * L);
        FloatVector b1 = FloatVector.fromArray(Species.F, b, bAt + p * 2 * L + L);
        FloatVector a0 = FloatVector.broadcast(Species.F, a[aAt + p * 8]);
        c00 = a0.fma(b0, c00);
        c01 = a0.fma(b1, c01);
        FloatVector a1 = FloatVector.broadcast(Species.F, a[aAt + p * 8 + 1]);
        c10 = a1.fma(b0, c10);
        c11 = a1.fma(b1, c11);
        FloatVector a2 = FloatVector.broadcast(Species.F, a[aAt + p * 8 + 2]);
        c20 = a2.fma(b0, c20);
        c21 = a2.fma(b1, c21);
        FloatVector a3 = FloatVector.broadcast(Species.F, a[aAt + p * 8 + 3]);
        c30 = a3.fma(b0, c30);
        c31 = a3.fma(b1, c31);
        FloatVector a4 = FloatVector.broadcast(Species.F, a[aAt + p * 8 + 4]);
        c40 = a4.fma(b0, c40);
        c41 = a4.fma(b1, c41);
        FloatVector a5 = FloatVector.broadcast(Species.F, a[aAt + p * 8 + 5]);
        c50 = a5.fma(b0, c50);
        c51 = a5.fma(b1, c51);
        FloatVector a6 = FloatVector.broadcast(Species.F, a[aAt + p * 8 + 6]);
        c60 = a6.fma(b0, c60);
        c61 = a6.fma(b1, c61);
        FloatVector a7 = FloatVector.broadcast(Species.F, a[aAt + p * 8 + 7]);
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
