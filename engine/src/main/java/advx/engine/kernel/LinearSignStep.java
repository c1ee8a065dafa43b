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
 *    for each four samples
 *      g = r·W                 a strip in the first cache
 *      out = x + ε·sign(g)     x from the cache, out to memory
 * </pre>
 *
 * <p>Operation by operation the gradient alone is as large as the images: written, read, and the
 * images read again. Each number has the bits that the operations give: the same chains.
 *
 * <p>Traffic: x read, out written, and out read first because Java knows no store that passes the
 * caches by: 12 bytes an element for 40 operations with ten classes.
 */
public final class LinearSignStep implements Workers.Task {
  /** Samples in one piece of work: of 784 numbers, 196 KB. */
  private static final int ROWS = 64;

  /** Samples whose gradients are computed together. */
  private static final int STRIP = 4;

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
  private float[] panel = {};
  private Scratch[] scratch = {};

  /** What each thread computes into. */
  private static final class Scratch {
    private float[] logits = {};
    private float[] residual = {};
    private float[] strip = {};
    private final float[] lanes = new float[Lanes.LOGICAL];
    private final float[] edge = new float[RowTiles.MR * RowTiles.NR];
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
    width = Lanes.VECTOR ? RowTiles.width(0, classes) : classes;
    if (Lanes.VECTOR) {
      panel = Packing.grown(panel, in * width);
      Packing.transpose(w, 0, in, classes, in, panel, Packing.START, width);
    }
    workers.run(Gemm.ceilDiv(samples, ROWS), this);
  }

  @Override
  public void run(int piece, int worker) {
    Scratch own = scratch[worker];
    if (own.strip.length < STRIP * in || own.logits.length < ROWS * width) {
      own.logits = new float[ROWS * width];
      own.residual = new float[ROWS * classes];
      own.strip = new float[STRIP * in];
    }
    int first = piece * ROWS;
    int rows = Math.min(ROWS, samples - first);
    logits(first, rows, own);
    Gemm.copy(own.logits, 0, width, own.residual, 0, classes, rows, classes);
    SoftmaxResidual.residual(own.residual, own.residual, rows, classes, labels, first, own.lanes);
    int row = 0;
    for (; row + STRIP <= rows; row += STRIP) {
      gradient(own.residual, row * classes, classes, own.strip);
      move((first + row) * in, STRIP * in, own.strip);
    }
    for (; row < rows; row++) {
      gradient(own.residual, row * classes, 0, own.strip);
      move((first + row) * in, in, own.strip);
    }
  }

  private void logits(int first, int rows, Scratch own) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(bias, 0, own.logits, r * width, classes);
    }
    if (Lanes.VECTOR) {
      int at = first * in;
      RowTiles.rows(
          rows, in, x, at, in, panel, Packing.START, width, classes, own.logits, 0, width, own.logits, 0, width, own.edge);
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

  /** g[s] = Σ_c r[s][c]·W[c] for the samples of a strip; {@code ld} 0 repeats the first. */
  private void gradient(float[] r, int at, int ld, float[] g) {
    int from = Lanes.VECTOR ? Simd.gradient(r, at, ld, classes, w, in, g) : 0;
    for (int s = 0; s < STRIP; s++) {
      for (int i = from; i < in; i++) {
        float sum = 0;
        for (int c = 0; c < classes; c++) {
          sum = Math.fma(r[at + s * ld + c], w[c * in + i], sum);
        }
        g[s * in + i] = sum;
      }
    }
  }

  private void move(int at, int n, float[] g) {
    if (low == Float.NEGATIVE_INFINITY && high == Float.POSITIVE_INFINITY) {
      BallStep.step(x, at, g, 0, epsilon, out, at, n);
    } else {
      BallStep.clippedStep(x, at, g, 0, epsilon, low, high, out, at, n);
    }
  }

  static final class Simd {
    private static final int L = Species.L;

    private Simd() {}

    /** The columns that fill whole vectors; returns the first that does not. */
    static int gradient(float[] r, int at, int ld, int classes, float[] w, int in, float[] g) {
      int i = 0;
      for (; i + 2 * L <= in; i += 2 * L) {
        two(r, at, ld, classes, w, in, i, g);
      }
      for (; i + L <= in; i += L) {
        one(r, at, ld, classes, w, in, i, g);
      }
      return i;
    }

    private static void two(
        float[] r, int at, int ld, int classes, float[] w, int in, int i, float[] g) {
      FloatVector s00 = FloatVector.zero(Species.F);
      FloatVector s01 = s00;
      FloatVector s10 = s00;
      FloatVector s11 = s00;
      FloatVector s20 = s00;
      FloatVector s21 = s00;
      FloatVector s30 = s00;
      FloatVector s31 = s00;
      int r1 = at + ld;
      int r2 = r1 + ld;
      int r3 = r2 + ld;
      for (int c = 0; c < classes; c++) {
        FloatVector w0 = FloatVector.fromArray(Species.F, w, c * in + i);
        FloatVector w1 = FloatVector.fromArray(Species.F, w, c * in + i + L);
        FloatVector x0 = FloatVector.broadcast(Species.F, r[at + c]);
        s00 = x0.fma(w0, s00);
        s01 = x0.fma(w1, s01);
        FloatVector x1 = FloatVector.broadcast(Species.F, r[r1 + c]);
        s10 = x1.fma(w0, s10);
        s11 = x1.fma(w1, s11);
        FloatVector x2 = FloatVector.broadcast(Species.F, r[r2 + c]);
        s20 = x2.fma(w0, s20);
        s21 = x2.fma(w1, s21);
        FloatVector x3 = FloatVector.broadcast(Species.F, r[r3 + c]);
        s30 = x3.fma(w0, s30);
        s31 = x3.fma(w1, s31);
      }
      s00.intoArray(g, i);
      s01.intoArray(g, i + L);
      s10.intoArray(g, in + i);
      s11.intoArray(g, in + i + L);
      s20.intoArray(g, 2 * in + i);
      s21.intoArray(g, 2 * in + i + L);
      s30.intoArray(g, 3 * in + i);
      s31.intoArray(g, 3 * in + i + L);
    }

    private static void one(
        float[] r, int at, int ld, int classes, float[] w, int in, int i, float[] g) {
      FloatVector s0 = FloatVector.zero(Species.F);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int c = 0; c < classes; c++) {
        FloatVector w0 = FloatVector.fromArray(Species.F, w, c * in + i);
        s0 = FloatVector.broadcast(Species.F, r[at + c]).fma(w0, s0);
        s1 = FloatVector.broadcast(Species.F, r[at + ld + c]).fma(w0, s1);
        s2 = FloatVector.broadcast(Species.F, r[at + 2 * ld + c]).fma(w0, s2);
        s3 = FloatVector.broadcast(Species.F, r[at + 3 * ld + c]).fma(w0, s3);
      }
      s0.intoArray(g, i);
      s1.intoArray(g, in + i);
      s2.intoArray(g, 2 * in + i);
      s3.intoArray(g, 3 * in + i);
    }
  }
}
