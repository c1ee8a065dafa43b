package advx.engine.kernel;

import advx.engine.Workers;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * x·Wᵀ for a layer's weights, stored [out][in], without packing them: they change with every step,
 * and the samples are few.
 *
 * <p>The lanes run over the batch. Only the samples are packed, transposed, in panels [kc][width]
 * for blocks of kc inputs; the rows of W are read where they lie ({@link RowTiles}). A piece of
 * work is a block of output rows; what it computes stays in a scratch [rows][samples] that is small
 * enough for the cache, and a finish reads it at once: copy it ({@link DenseForward}), take the
 * maximum over each unit's pieces ({@link MaxoutForward}), or select given winners ({@link
 * WinnerForward}). Each element is one chain over ascending inputs, beginning at its bias or at
 * zero.
 */
final class LayerProduct implements Workers.Task {
  /** What becomes of a finished block. */
  enum Finish {
    COPY,
    MAXIMUM,
    SELECT
  }

  /** Inputs in a block: a panel of the widest tile then takes 100 KB of L2. */
  private static final int KC = 25_600 / RowTiles.NR;

  /** Output rows in one piece of work, about. */
  private static final int ROWS = 120;

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
  private int panels;
  private int kc;
  private Finish finish;
  private boolean packing;
  private float[] packed = {};
  private Scratch[] scratch = {};

  /** What each thread computes into. */
  private static final class Scratch {
    private float[] block = {};
    private final RowTiles.Scratch tiles = new RowTiles.Scratch();
    private float[] best = {};
    private int[] winner = {};
  }

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
    stride = RowTiles.padded(samples);
    panels = Gemm.ceilDiv(samples, RowTiles.NR);
    kc = Gemm.balanced(in, KC);
    unitsPerBlock = Math.max(1, ROWS / pieces);
    packed = Packing.grown(packed, stride * in);
    if (scratch.length < workers.threads()) {
      scratch = new Scratch[workers.threads()];
      Arrays.setAll(scratch, i -> new Scratch());
    }
    packing = true;
    workers.run(panels * (in == 0 ? 0 : Gemm.ceilDiv(in, kc)), this);
    packing = false;
    workers.run(Gemm.ceilDiv(units, unitsPerBlock), this);
  }

  @Override
  public void run(int piece, int worker) {
    if (packing) {
      pack(piece % panels * RowTiles.NR, piece / panels * kc);
      return;
    }
    int first = piece * unitsPerBlock;
    int count = Math.min(unitsPerBlock, units - first);
    Scratch own = scratch[worker];
    own.block = Packing.grown(own.block, unitsPerBlock * pieces * stride);
    float[] block = own.block;
    int row = first * pieces;
    int rows = count * pieces;
    for (int r = 0; r < rows && !fresh(0); r++) {
      int at = Packing.START + r * stride;
      Arrays.fill(block, at, at + stride, bias == null ? 0 : bias[row + r]);
    }
    if (Lanes.VECTOR) {
      blocked(row, rows, block, own.tiles);
    } else {
      scalar(row, rows, block);
    }
    switch (finish) {
      case COPY -> copy(first, rows, block);
      case MAXIMUM -> maximum(first, count, own);
      case SELECT -> select(first, count, block);
    }
  }

  /** Where the panel of these samples and this block of inputs begins. */
  private int panel(int sample, int pc, int depth) {
    return Packing.START + pc * stride + sample * depth;
  }

  private void pack(int sample, int pc) {
    int depth = Math.min(kc, in - pc);
    int width = RowTiles.width(sample, samples);
    int used = Math.min(width, samples - sample);
    Packing.transpose(
        x, sample * in + pc, in, used, depth, packed, panel(sample, pc, depth), width);
  }

  /** Whether the tiles of this block of inputs begin at zeros, and not at what is there. */
  private boolean fresh(int pc) {
    return Lanes.VECTOR && bias == null && pc == 0 && in > 0;
  }

  private void blocked(int row, int rows, float[] block, RowTiles.Scratch tiles) {
    for (int pc = 0; pc < in; pc += kc) {
      int depth = Math.min(kc, in - pc);
      boolean fresh = fresh(pc);
      for (int s = 0; s < stride; s += RowTiles.NR) {
        RowTiles.rows(
            rows,
            depth,
            w,
            row * in + pc,
            in,
            packed,
            panel(s, pc, depth),
            RowTiles.width(s, samples),
            samples - s,
            fresh ? RowTiles.ZEROS : block,
            fresh ? 0 : Packing.START + s,
            fresh ? 0 : stride,
            block,
            Packing.START + s,
            stride,
            tiles);
      }
    }
  }

  /** The twin of {@link #blocked}. */
  private void scalar(int row, int rows, float[] block) {
    for (int r = 0; r < rows; r++) {
      for (int s = 0; s < samples; s++) {
        int at = Packing.START + r * stride + s;
        float sum = block[at];
        for (int i = 0; i < in; i++) {
          sum = Math.fma(w[(row + r) * in + i], x[s * in + i], sum);
        }
        block[at] = sum;
      }
    }
  }

  private void copy(int first, int rows, float[] block) {
    Packing.transpose(block, Packing.START, stride, rows, samples, y, first, units);
  }

  private void maximum(int first, int count, Scratch own) {
    own.best = Packing.grown(own.best, unitsPerBlock * stride);
    if (own.winner.length < unitsPerBlock * stride) {
      own.winner = new int[unitsPerBlock * stride];
    }
    float[] best = own.best;
    int[] winner = own.winner;
    for (int u = 0; u < count; u++) {
      int from = Packing.START + u * pieces * stride;
      if (Lanes.VECTOR) {
        Simd.maximum(own.block, from, stride, pieces, best, winner, u * stride);
      } else {
        maximum(own.block, from, stride, pieces, best, winner, u * stride);
      }
    }
    Packing.transpose(best, 0, stride, count, samples, y, first, units);
    for (int s = 0; s < samples; s++) {
      int to = s * units + first;
      for (int u = 0; u < count; u++) {
        winners[to + u] = winner[u * stride + s];
      }
    }
  }

  /** Ties go to the lowest piece. */
  private static void maximum(
      float[] block, int from, int stride, int pieces, float[] best, int[] winner, int to) {
    for (int s = 0; s < stride; s++) {
      float most = block[from + s];
      int which = 0;
      for (int p = 1; p < pieces; p++) {
        float value = block[from + p * stride + s];
        if (value > most) {
          most = value;
          which = p;
        }
      }
      best[to + s] = most;
      winner[to + s] = which;
    }
  }

  private void select(int first, int count, float[] block) {
    for (int s = 0; s < samples; s++) {
      for (int u = 0; u < count; u++) {
        int at = s * units + first + u;
        y[at] = block[Packing.START + (u * pieces + winners[at]) * stride + s];
      }
    }
  }

  static final class Simd {
    private Simd() {}

    static void maximum(
        float[] block, int from, int stride, int pieces, float[] best, int[] winner, int to) {
      for (int s = 0; s < stride; s += Species.L) {
        FloatVector most = FloatVector.fromArray(Species.F, block, from + s);
        IntVector which = IntVector.zero(Species.I);
        for (int p = 1; p < pieces; p++) {
          FloatVector value = FloatVector.fromArray(Species.F, block, from + p * stride + s);
          var others = value.compare(VectorOperators.GT, most).not();
          most = value.blend(most, others);
          which = IntVector.broadcast(Species.I, p).blend(which, others.cast(Species.I));
        }
        most.intoArray(best, to + s);
        which.intoArray(winner, to + s);
      }
    }
  }
}
