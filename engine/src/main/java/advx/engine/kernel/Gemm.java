package advx.engine.kernel;

import advx.engine.Workers;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Matrix product: C ← C + op(A)·op(B), op(A) m×k, op(B) k×n, C m×n, all row-major.
 *
 * <p>Each element of C is one chain of fused multiply-adds over ascending k that begins at what C
 * holds: fill C with a bias or with zeros first. Blocks, tiles and threads never split or reorder a
 * chain, so the bits depend on nothing but the numbers.
 *
 * <p>Names are BLIS's (Van Zee, van de Geijn 2015): loop pc cuts k into blocks of KC; packB copies
 * panels of NR columns; the macro-kernel runs loops jr and ir over the tiles; the micro-kernel
 * ({@link RowTiles}) keeps one tile of C in registers. A is read where it lies, or from a
 * transposed copy if its rows do not lie together. B is packed by the thread that needs it, just
 * before it does.
 *
 * <pre>
 *  block        size       lives in
 *  B panel      KC × NR    L2, read in one sweep for each row of tiles
 *  A block      MC × KC    L2
 * </pre>
 */
public final class Gemm {
  /** Each block of k is one more pass over C, so they are deep: a panel of B streams from L2. */
  private static final int KC = 1024;

  /** Rows of A in one piece of work, at most: they share a packing of B if nobody else did it. */
  private static final int MC = 480;

  /** Multiply-adds in one piece of work, at most, about. */
  private static final int WORK = 1 << 21;

  /** Multiply-adds in one piece of a small product, at least, about: a microsecond. */
  private static final int LEAST = 1 << 16;

  /** Pieces of a small product. */
  private static final int PIECES = 8;

  /** Rows of A in one piece of work, at least: with fewer, packing B for each thread shows. */
  private static final int ROWS = 48;

  /** Below this many multiply-adds packing costs more than it saves. */
  private static final long SMALL = 4_096;

  /** Below this many multiply-adds a second thread costs more than it saves. */
  private static final long SERIAL = 100_000;

  /**
   * From this many rows of A on, A is packed instead of a transposed B, which lies as weights do.
   */
  private static final int SAMPLES = 64;

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
      blocked(workers, false, transA, transB, m, n, k, a, lda, b, ldb, c, ldc);
    }
  }

  /**
   * C ← op(A)·op(B), whatever C held: the chains begin at zero. The bits are those of {@link #gemm}
   * on zeros, with a pass over C less.
   */
  public static void product(
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
      for (int i = 0; i < m; i++) {
        Arrays.fill(c, i * ldc, i * ldc + n, 0);
      }
      scalar(transA, transB, m, n, k, a, lda, b, ldb, c, ldc);
    } else if (!transB && UnpackedProduct.suits(m, n, k)) {
      UnpackedProduct.multiply(workers, serial(m, n, k), transA, m, n, k, a, lda, b, ldb, c, ldc);
    } else if (!transB && StreamedProduct.suits(m, n, k, ldb)) {
      StreamedProduct.multiply(workers, transA, m, n, k, a, lda, b, ldb, c, ldc);
    } else if (!transA && transB && FewOutputs.suits(m, n)) {
      float[] zeros = FewOutputs.ZEROS;
      FewOutputs.multiply(workers, serial(m, n, k), m, n, k, a, lda, b, ldb, zeros, c, ldc);
    } else if (!transA && transB && m >= SAMPLES && lda == k && ldb == k && ldc == n) {
      LayerProduct.multiply(workers, LayerProduct.Finish.COPY, a, m, k, b, null, n, 1, c, null);
    } else {
      blocked(workers, true, transA, transB, m, n, k, a, lda, b, ldb, c, ldc);
    }
  }

  static void blocked(
      Workers workers,
      boolean fresh,
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
    job.fresh = fresh;
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
    /** Rows of A that are transposed in one piece of work. */
    private static final int TURN = 32;

    /** Rows that pass all panels of a group before the next: whole tiles of 4, 6 and 8 rows. */
    private static final int STRIP = 24;

    private boolean fresh;
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
    private int rowsPerBlock;
    private int blocks;
    private int panelsPerGroup;
    private boolean packing;
    private float[] packedA = {};
    private Scratch[] scratch = {};

    /** What each thread packs panels of B into, and computes the last columns in. */
    private static final class Scratch {
      /** The group of panels of B that is packed here, or −1. */
      private int group;

      private float[] panels = {};
      private final float[] block = new float[STRIP * RowTiles.NR];
      private final RowTiles.Scratch tiles = new RowTiles.Scratch();
    }

    void multiply(Workers workers) {
      boolean serial = serial(m, n, k);
      int depth = balanced(k, KC);
      cut(depth);
      int groups = ceilDiv(ceilDiv(n, RowTiles.NR), panelsPerGroup);
      if (scratch.length < workers.threads()) {
        scratch = new Scratch[workers.threads()];
        Arrays.setAll(scratch, i -> new Scratch());
      }
      for (pc = 0; pc < k; pc += depth) {
        kc = Math.min(depth, k - pc);
        if (transA) {
          packedA = Packing.grown(packedA, m * kc);
          packing = true;
          run(workers, serial, ceilDiv(m, TURN));
          packing = false;
        }
        for (Scratch own : scratch) {
          own.group = -1;
        }
        run(workers, serial, blocks * groups);
        fresh = false;
      }
    }

    /** Cuts the product into pieces: groups of whole panels, of a block of rows. */
    private void cut(int depth) {
      int width = Math.min(RowTiles.padded(n), RowTiles.NR);
      long all = (long) m * depth * RowTiles.padded(n);
      long piece = Math.clamp(all / PIECES, LEAST, WORK);
      rowsPerBlock = balanced(m, MC);
      if ((long) rowsPerBlock * depth * width > piece) {
        int rows = Math.max(ROWS, (int) (piece / ((long) depth * width)));
        rowsPerBlock = Math.min(rowsPerBlock, ceilDiv(rows, STRIP) * STRIP);
      }
      blocks = ceilDiv(m, rowsPerBlock);
      panelsPerGroup = (int) Math.max(1, piece / ((long) rowsPerBlock * depth * width));
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
      if (packing) {
        int row = piece * TURN;
        int at = Packing.START + row * kc;
        Packing.transpose(a, pc * lda + row, lda, kc, Math.min(TURN, m - row), packedA, at, kc);
      } else {
        macroKernel(piece % blocks * rowsPerBlock, piece / blocks, scratch[worker]);
      }
    }

    /** All tiles of one block of rows and one group of panels, a strip of rows after another. */
    private void macroKernel(int ic, int group, Scratch own) {
      int rows = Math.min(rowsPerBlock, m - ic);
      int first = group * panelsPerGroup * RowTiles.NR;
      int end = Math.min(n, first + panelsPerGroup * RowTiles.NR);
      if (own.group != group) {
        own.group = group;
        own.panels = Packing.grown(own.panels, kc * panelsPerGroup * RowTiles.NR);
        for (int jr = first; jr < end; jr += RowTiles.NR) {
          packB(jr, own.panels, Packing.START + (jr - first) * kc);
        }
      }
      for (int ir = 0; ir < rows; ir += STRIP) {
        int strip = Math.min(STRIP, rows - ir);
        for (int jr = first; jr < end; jr += RowTiles.NR) {
          tiles(ic + ir, strip, jr, Packing.START + (jr - first) * kc, own);
        }
      }
    }

    private void tiles(int row, int height, int column, int panel, Scratch own) {
      int width = RowTiles.width(column, n);
      int used = Math.min(width, n - column);
      int at = row * ldc + column;
      float[] rows = transA ? packedA : a;
      int first = transA ? Packing.START + row * kc : row * lda + pc;
      int stride = transA ? kc : lda;
      boolean whole = used == width;
      float[] to = whole ? c : own.block;
      int toAt = whole ? at : 0;
      int toLd = whole ? ldc : width;
      if (!whole && !fresh) {
        copy(c, at, ldc, to, 0, width, height, used);
      }
      float[] begin = fresh ? RowTiles.ZEROS : to;
      int from = fresh ? 0 : toAt;
      int step = fresh ? 0 : toLd;
      RowTiles.rows(
          height,
          kc,
          rows,
          first,
          stride,
          own.panels,
          panel,
          width,
          used,
          begin,
          from,
          step,
          to,
          toAt,
          toLd,
          own.tiles);
      if (!whole) {
        Simd.copy(to, width, c, at, ldc, height, used);
      }
    }

    /**
     * The columns of op(B) from {@code column} on, side by side for each k. What was beyond them
     * stays: a tile computes columns of it that nobody reads.
     */
    private void packB(int column, float[] to, int at) {
      int width = RowTiles.width(column, n);
      int used = Math.min(width, n - column);
      if (transB) {
        Packing.transpose(b, column * ldb + pc, ldb, used, kc, to, at, width);
      } else if (used == width) {
        Simd.copy(b, pc * ldb + column, ldb, kc, width, to, at);
      } else {
        Packing.copy(b, pc * ldb + column, ldb, used, kc, to, at, width);
      }
    }
  }

  static boolean serial(int m, int n, int k) {
    return (long) m * n * k < SERIAL;
  }

  /** The size of the fewest equal parts of n that are no larger than {@code most}. */
  static int balanced(int n, int most) {
    return ceilDiv(n, Math.max(1, ceilDiv(n, most)));
  }

  static void copy(
      float[] from, int at, int ld, float[] to, int toAt, int toLd, int height, int width) {
    for (int i = 0; i < height; i++) {
      if (width >= 32) {
        System.arraycopy(from, at + i * ld, to, toAt + i * toLd, width);
      } else {
        for (int j = 0; j < width; j++) {
          to[toAt + i * toLd + j] = from[at + i * ld + j];
        }
      }
    }
  }

  static int ceilDiv(int x, int y) {
    return (x + y - 1) / y;
  }

  static float[] grown(float[] buffer, int size) {
    return buffer.length >= size ? buffer : new float[size];
  }

  static int[] grown(int[] buffer, int size) {
    return buffer.length >= size ? buffer : new int[size];
  }

  static final class Simd {
    private Simd() {}

    /** The first {@code used} numbers of each row of a block, to where they belong. */
    static void copy(float[] block, int width, float[] to, int at, int ld, int rows, int used) {
      int whole = used - used % Species.L;
      VectorMask<Float> rest = Species.F.indexInRange(0, used - whole);
      for (int r = 0; r < rows; r++) {
        int from = r * width;
        int into = at + r * ld;
        for (int j = 0; j < whole; j += Species.L) {
          FloatVector.fromArray(Species.F, block, from + j).intoArray(to, into + j);
        }
        FloatVector.fromArray(Species.F, block, from + whole, rest)
            .intoArray(to, into + whole, rest);
      }
    }

    /** kc rows of {@code width} numbers, whole vectors, side by side. */
    static void copy(float[] from, int at, int ld, int kc, int width, float[] to, int toAt) {
      for (int p = 0; p < kc; p++) {
        for (int j = 0; j < width; j += Species.L) {
          FloatVector.fromArray(Species.F, from, at + p * ld + j)
              .intoArray(to, toAt + p * width + j);
        }
      }
    }
  }
}
