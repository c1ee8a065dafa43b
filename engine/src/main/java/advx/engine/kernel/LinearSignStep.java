package advx.engine.kernel;

import advx.engine.Workers;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The fast gradient sign method on softmax regression in one pass over memory: out = x + ε·sign(∇ₓ
 * −ln softmax(x·Wᵀ + b)[label]), the step of {@link BallStep}.
 *
 * <pre>
 *  for each block of samples, by one thread
 *    z = x·Wᵀ + b              x comes from memory and stays in the second cache
 *    r = softmax(z) − onehot   {@link SoftmaxResidual}
 *    for each two samples
 *      for each block of columns
 *        g = r·W               W from the second cache, a strip in the first
 *        out = x + ε·sign(g)   x from the second cache, out to memory
 * </pre>
 *
 * <p>Operation by operation the gradient alone is as large as the images: written, read, and the
 * images read again. Each number has the bits that the operations give: the same chains.
 *
 * <p>Traffic: x read, out written, and out read first because Java knows no store that passes the
 * caches by: 12 bytes an element for 40 operations with ten classes.
 */
public final class LinearSignStep implements Workers.Task {
  /** Samples in one piece of work, at most: of 784 numbers, 196 KB. */
  private static final int ROWS = 64;

  /**
   * Columns in a block, at most: an image of MNIST in whole. Shorter blocks, for all samples of
   * which W would stay in the first cache, write out in pieces that no prefetcher follows, and take
   * an eighth longer.
   */
  private static final int COLUMNS = 784;

  /** Classes whose residuals stay in registers. */
  private static final int TEN = 10;

  /**
   * Weights up to here cannot make a gradient infinite, so that NaN is in a whole row or nowhere.
   */
  private static final float LARGEST_WEIGHT = 0x1p100f;

  private float[] x;
  private int samples;
  private int in;
  private float[] w;
  private float[] bias;
  private int classes;
  private int[] labels;
  private double epsilon;
  private float low;
  private float high;
  private float[] out;
  private int width;
  private int padded;
  private boolean ten;
  private int pieces;
  private float[] panel = {};
  private final float[] begin = new float[TenOutputs.WIDTH];
  private Scratch[] scratch = {};

  /** What each thread computes into. */
  private static final class Scratch {
    private float[] logits = {};
    private float[] residual = {};
    private final float[] strip = new float[2 * COLUMNS];
    private final float[] scratch = new float[SoftmaxResidual.SCRATCH];
    private final RowTiles.Scratch tiles = new RowTiles.Scratch();
    private final float[] block = new float[TenOutputs.WIDTH];
  }

  private LinearSignStep() {}

  /** Whether this model is one for the kernel: few classes, and weights far from infinity. */
  public static boolean fits(float[] w, int classes) {
    return classes <= RowTiles.NR && Extremes.magnitude(w, 0, w.length) <= LARGEST_WEIGHT;
  }

  /**
   * Writes the perturbed samples.
   *
   * @param x [samples][in]
   * @param w [classes][in], of which {@link #fits} holds
   * @param bias [classes]
   * @param labels one a sample
   * @param epsilon negative to descend
   * @param low what out is clipped to from below, or −∞
   * @param high likewise from above, or ∞
   * @param out [samples][in]; may be x
   */
  public static void step(
      Workers workers,
      float[] x,
      int samples,
      int in,
      float[] w,
      float[] bias,
      int classes,
      int[] labels,
      double epsilon,
      float low,
      float high,
      float[] out) {
    LinearSignStep job = workers.scratch(LinearSignStep.class, LinearSignStep::new);
    job.x = x;
    job.samples = samples;
    job.in = in;
    job.w = w;
    job.bias = bias;
    job.classes = classes;
    job.labels = labels;
    job.epsilon = epsilon;
    job.low = low;
    job.high = high;
    job.out = out;
    job.step(workers);
  }

  private void step(Workers workers) {
    if (scratch.length < workers.threads()) {
      scratch = new Scratch[workers.threads()];
      Arrays.setAll(scratch, i -> new Scratch());
    }
    padded = Math.max(TEN, classes);
    ten = classes == TEN && samples >= TenOutputs.SAMPLES && TenOutputs.here();
    width = ten || !Lanes.VECTOR ? classes : RowTiles.width(0, classes);
    if (ten) {
      panel = Packing.grown(panel, in * TenOutputs.WIDTH);
      TenOutputs.pack(w, 0, in, in, panel, Packing.START);
      TenOutputs.begin(bias, 0, begin, 0);
    } else if (Lanes.VECTOR) {
      panel = Packing.grown(panel, in * width);
      Packing.transpose(w, 0, in, classes, in, panel, Packing.START, width);
    }
    pieces = Gemm.ceilDiv(samples, ROWS);
    workers.run(pieces, this);
  }

  @Override
  public void run(int piece, int worker) {
    Scratch own = scratch[worker];
    if (own.logits.length < ROWS * Math.max(width, padded)) {
      own.logits = new float[ROWS * Math.max(width, padded)];
      own.residual = new float[ROWS * Math.max(width, padded)];
    }
    int first = first(piece);
    int rows = first(piece + 1) - first;
    logits(first, rows, own);
    residual(first, rows, own);
    for (int row = 0; row < rows; row += 2) {
      for (int from = 0; from < in; from += COLUMNS) {
        int n = Math.min(COLUMNS, in - from);
        int next = Math.min(row + 1, rows - 1);
        gradient(own.residual, row * padded, next * padded, from, n, own.strip);
        move((first + row) * in + from, n, own.strip, 0);
        if (next > row) {
          move((first + next) * in + from, n, own.strip, COLUMNS);
        }
      }
    }
  }

  /** Pieces as equal as can be: where there are eight samples, each piece has so many. */
  private int first(int piece) {
    return (int) ((long) piece * samples / pieces);
  }

  /** The last tile may repeat samples. */
  private void tenLogits(int first, int rows, Scratch own) {
    for (int s = 0; s < rows; s += TenOutputs.SAMPLES) {
      int r = Math.min(s, rows - TenOutputs.SAMPLES);
      int at = (first + r) * in;
      int to = r * width;
      TenOutputs.tile(
          in, x, at, in, panel, Packing.START, begin, 0, own.logits, to, width, own.block);
    }
  }

  private void logits(int first, int rows, Scratch own) {
    if (ten) {
      tenLogits(first, rows, own);
      return;
    }
    for (int r = 0; r < rows; r++) {
      System.arraycopy(bias, 0, own.logits, r * width, classes);
    }
    if (Lanes.VECTOR) {
      int at = first * in;
      RowTiles.rows(
          rows,
          in,
          x,
          at,
          in,
          panel,
          Packing.START,
          width,
          classes,
          own.logits,
          0,
          width,
          own.logits,
          0,
          width,
          own.tiles);
    } else {
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < classes; c++) {
          float sum = own.logits[r * width + c];
          for (int i = 0; i < in; i++) {
            sum = Math.fma(w[c * in + i], x[(first + r) * in + i], sum);
          }
          own.logits[r * width + c] = sum;
        }
      }
    }
  }

  /** Leaves [rows][padded], zeros behind the classes. */
  private void residual(int first, int rows, Scratch own) {
    float[] r = own.residual;
    float[] packed = own.logits;
    if (width == classes && padded == classes) {
      SoftmaxResidual.residual(packed, r, rows, classes, labels, first, own.scratch);
      return;
    }
    for (int row = 0; row < rows; row++) {
      System.arraycopy(packed, row * width, r, row * classes, classes);
    }
    SoftmaxResidual.residual(r, packed, rows, classes, labels, first, own.scratch);
    for (int row = 0; row < rows; row++) {
      for (int c = 0; c < classes; c++) {
        r[row * padded + c] = packed[row * classes + c];
      }
      for (int c = classes; c < padded; c++) {
        r[row * padded + c] = 0;
      }
    }
  }

  /** The strip's two rows are Σ_c r[at + c]·W[c] and Σ_c r[next + c]·W[c], n columns from … on. */
  private void gradient(float[] r, int at, int next, int from, int n, float[] strip) {
    int done = 0;
    if (Lanes.VECTOR) {
      done = n & -Lanes.COUNT;
      if (padded == TEN) {
        Simd.ten(r, at, next, w, from, in, classes, done, strip);
      } else {
        Simd.many(r, at, next, w, from, in, classes, done, strip);
      }
    }
    for (int i = done; i < n; i++) {
      float s0 = 0;
      float s1 = 0;
      for (int c = 0; c < classes; c++) {
        s0 = Math.fma(r[at + c], w[c * in + from + i], s0);
        s1 = Math.fma(r[next + c], w[c * in + from + i], s1);
      }
      strip[i] = s0;
      strip[COLUMNS + i] = s1;
    }
  }

  private void move(int at, int n, float[] g, int gAt) {
    BallStep.clippedStep(x, at, g, gAt, epsilon, low, high, out, at, n);
  }

  static final class Simd {
    private static final int L = Species.L;

    private Simd() {}

    /**
     * Up to ten classes: the columns are the inner loop, since one over ten classes is too short.
     * What follows the last class is 0 in r, and meets the first row of W.
     */
    static void ten(
        float[] r, int at, int next, float[] w, int from, int in, int classes, int n, float[] g) {
      FloatVector r00 = FloatVector.broadcast(Species.F, r[at]);
      FloatVector r01 = FloatVector.broadcast(Species.F, r[at + 1]);
      FloatVector r02 = FloatVector.broadcast(Species.F, r[at + 2]);
      FloatVector r03 = FloatVector.broadcast(Species.F, r[at + 3]);
      FloatVector r04 = FloatVector.broadcast(Species.F, r[at + 4]);
      FloatVector r05 = FloatVector.broadcast(Species.F, r[at + 5]);
      FloatVector r06 = FloatVector.broadcast(Species.F, r[at + 6]);
      FloatVector r07 = FloatVector.broadcast(Species.F, r[at + 7]);
      FloatVector r08 = FloatVector.broadcast(Species.F, r[at + 8]);
      FloatVector r09 = FloatVector.broadcast(Species.F, r[at + 9]);
      FloatVector r10 = FloatVector.broadcast(Species.F, r[next]);
      FloatVector r11 = FloatVector.broadcast(Species.F, r[next + 1]);
      FloatVector r12 = FloatVector.broadcast(Species.F, r[next + 2]);
      FloatVector r13 = FloatVector.broadcast(Species.F, r[next + 3]);
      FloatVector r14 = FloatVector.broadcast(Species.F, r[next + 4]);
      FloatVector r15 = FloatVector.broadcast(Species.F, r[next + 5]);
      FloatVector r16 = FloatVector.broadcast(Species.F, r[next + 6]);
      FloatVector r17 = FloatVector.broadcast(Species.F, r[next + 7]);
      FloatVector r18 = FloatVector.broadcast(Species.F, r[next + 8]);
      FloatVector r19 = FloatVector.broadcast(Species.F, r[next + 9]);
      int w0 = from;
      int w1 = from + (classes > 1 ? 1 : 0) * in;
      int w2 = from + (classes > 2 ? 2 : 0) * in;
      int w3 = from + (classes > 3 ? 3 : 0) * in;
      int w4 = from + (classes > 4 ? 4 : 0) * in;
      int w5 = from + (classes > 5 ? 5 : 0) * in;
      int w6 = from + (classes > 6 ? 6 : 0) * in;
      int w7 = from + (classes > 7 ? 7 : 0) * in;
      int w8 = from + (classes > 8 ? 8 : 0) * in;
      int w9 = from + (classes > 9 ? 9 : 0) * in;
      for (int i = 0; i < n; i += L) {
        FloatVector v0 = FloatVector.fromArray(Species.F, w, w0 + i);
        FloatVector s0 = r00.mul(v0);
        FloatVector s1 = r10.mul(v0);
        FloatVector v1 = FloatVector.fromArray(Species.F, w, w1 + i);
        s0 = r01.fma(v1, s0);
        s1 = r11.fma(v1, s1);
        FloatVector v2 = FloatVector.fromArray(Species.F, w, w2 + i);
        s0 = r02.fma(v2, s0);
        s1 = r12.fma(v2, s1);
        FloatVector v3 = FloatVector.fromArray(Species.F, w, w3 + i);
        s0 = r03.fma(v3, s0);
        s1 = r13.fma(v3, s1);
        FloatVector v4 = FloatVector.fromArray(Species.F, w, w4 + i);
        s0 = r04.fma(v4, s0);
        s1 = r14.fma(v4, s1);
        FloatVector v5 = FloatVector.fromArray(Species.F, w, w5 + i);
        s0 = r05.fma(v5, s0);
        s1 = r15.fma(v5, s1);
        FloatVector v6 = FloatVector.fromArray(Species.F, w, w6 + i);
        s0 = r06.fma(v6, s0);
        s1 = r16.fma(v6, s1);
        FloatVector v7 = FloatVector.fromArray(Species.F, w, w7 + i);
        s0 = r07.fma(v7, s0);
        s1 = r17.fma(v7, s1);
        FloatVector v8 = FloatVector.fromArray(Species.F, w, w8 + i);
        s0 = r08.fma(v8, s0);
        s1 = r18.fma(v8, s1);
        FloatVector v9 = FloatVector.fromArray(Species.F, w, w9 + i);
        s0 = r09.fma(v9, s0);
        s1 = r19.fma(v9, s1);
        s0.intoArray(g, i);
        s1.intoArray(g, COLUMNS + i);
      }
    }

    static void many(
        float[] r, int at, int next, float[] w, int from, int in, int classes, int n, float[] g) {
      for (int i = 0; i < n; i += L) {
        FloatVector s0 = FloatVector.zero(Species.F);
        FloatVector s1 = s0;
        for (int c = 0; c < classes; c++) {
          FloatVector v = FloatVector.fromArray(Species.F, w, c * in + from + i);
          s0 = FloatVector.broadcast(Species.F, r[at + c]).fma(v, s0);
          s1 = FloatVector.broadcast(Species.F, r[next + c]).fma(v, s1);
        }
        s0.intoArray(g, i);
        s1.intoArray(g, COLUMNS + i);
      }
    }
  }
}
