package advx.engine.kernel;

import advx.engine.Philox;
import advx.engine.Purpose;
import advx.engine.Workers;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The dropout mask of one sample: scale where a unit is kept, 0 where it is dropped.
 *
 * <p>Element e takes 16 bits: half e mod 2 (low first) of word (e/2) mod 4 of the {@link Philox}
 * block with counter (e/8, sample, step, stream of DROPOUT and the layer). It is kept if they are
 * below round(keep·65536).
 */
public final class DropoutMask {
  private static final long WORD = 0xFFFFFFFFL;

  private DropoutMask() {}

  /**
   * Writes {@code mask[row·columns … row·columns + columns−1]}.
   *
   * @param row where in the batch the sample stands; no part of the random numbers
   * @param sample its index in the data set
   * @param keep probability of being kept, 0 to 1
   */
  public static void mask(
      float[] mask,
      int row,
      int columns,
      long seed,
      int sample,
      int step,
      int layer,
      float keep,
      float scale) {
    if (!(keep >= 0 && keep <= 1)) {
      throw new IllegalArgumentException(
          "DropoutMask: got keep probability " + keep + ", expected 0 to 1");
    }
    int stream = Philox.stream(Purpose.DROPOUT, layer);
    int below = Math.round(keep * 65536);
    if (Lanes.VECTOR) {
      Simd.mask(mask, row * columns, columns, seed, sample, step, stream, below, scale);
    } else {
      scalar(mask, row * columns, 0, columns, seed, sample, step, stream, below, scale);
    }
  }

  /**
   * The masks of a batch, row r that of sample samples[r].
   *
   * @param mask [samples][columns], overwritten
   */
  public static void masks(
      Workers workers,
      float[] mask,
      int columns,
      long seed,
      int[] samples,
      int step,
      int layer,
      float keep,
      float scale) {
    Batch job = workers.scratch(Batch.class, Batch::new);
    job.mask = mask;
    job.columns = columns;
    job.seed = seed;
    job.samples = samples;
    job.step = step;
    job.layer = layer;
    job.keep = keep;
    job.scale = scale;
    workers.run(Gemm.ceilDiv(samples.length, Batch.ROWS), job);
  }

  /** The masks of one batch in progress. */
  private static final class Batch implements Workers.Task {
    /** Rows in one piece of work. */
    private static final int ROWS = 10;

    private float[] mask;
    private int columns;
    private long seed;
    private int[] samples;
    private int step;
    private int layer;
    private float keep;
    private float scale;

    @Override
    public void run(int piece, int worker) {
      for (int row = piece * ROWS; row < Math.min(samples.length, (piece + 1) * ROWS); row++) {
        DropoutMask.mask(mask, row, columns, seed, samples[row], step, layer, keep, scale);
      }
    }
  }

  /** Elements from … n−1; from is a multiple of 8. The rounds are those of {@link Philox#block}. */
  static void scalar(
      float[] mask,
      int at,
      int from,
      int n,
      long seed,
      int sample,
      int step,
      int stream,
      int below,
      float scale) {
    for (int e = from; e < n; e += 8) {
      int c0 = e >> 3;
      int c1 = sample;
      int c2 = step;
      int c3 = stream;
      int k0 = (int) seed;
      int k1 = (int) (seed >>> 32);
      for (int round = 0; round < Philox.ROUNDS; round++) {
        long p0 = Philox.M0 * (c0 & WORD);
        long p1 = Philox.M1 * (c2 & WORD);
        c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
        c1 = (int) p1;
        c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
        c3 = (int) p0;
        k0 += Philox.W0;
        k1 += Philox.W1;
      }
      four(mask, at + e, Math.min(4, n - e), (c0 & WORD) | ((long) c1 << 32), below, scale);
      four(mask, at + e + 4, Math.min(4, n - e - 4), (c2 & WORD) | ((long) c3 << 32), below, scale);
    }
  }

  private static void four(float[] mask, int at, int count, long draws, int below, float scale) {
    for (int i = 0; i < count; i++) {
      mask[at + i] = ((draws >>> (16 * i)) & 0xFFFF) < below ? scale : 0;
    }
  }

  /**
   * One block a 64-bit lane. The lanes of words 0 and 1 (four draws) and of words 2 and 3 are dealt
   * out in turn, so that the draws lie in the order of the elements.
   */
  static final class Simd {
    private static final VectorSpecies<Long> BLOCKS = Species.F.vectorShape().withLanes(long.class);
    private static final int N = BLOCKS.length();
    private static final LongVector LANE = LongVector.zero(BLOCKS).addIndex(1);
    private static final LongVector LOW = LongVector.broadcast(BLOCKS, WORD);
    private static final LongVector M0 = LongVector.broadcast(BLOCKS, Philox.M0);
    private static final LongVector M1 = LongVector.broadcast(BLOCKS, Philox.M1);
    private static final VectorShuffle<Long> LOWER = VectorShuffle.fromOp(BLOCKS, i -> i / 2);
    private static final VectorShuffle<Long> UPPER = VectorShuffle.fromOp(BLOCKS, i -> (N + i) / 2);
    private static final VectorMask<Long> ODD = VectorMask.fromLong(BLOCKS, 0xAA);

    private Simd() {}

    static void mask(
        float[] mask,
        int at,
        int n,
        long seed,
        int sample,
        int step,
        int stream,
        int below,
        float scale) {
      int bound = n - n % (8 * N);
      for (int e = 0; e < bound; e += 8 * N) {
        LongVector c0 = LANE.add(e >> 3);
        LongVector c1 = LongVector.broadcast(BLOCKS, sample & WORD);
        LongVector c2 = LongVector.broadcast(BLOCKS, step & WORD);
        LongVector c3 = LongVector.broadcast(BLOCKS, stream & WORD);
        int k0 = (int) seed;
        int k1 = (int) (seed >>> 32);
        for (int round = 0; round < Philox.ROUNDS; round++) {
          // Both factors visibly 32 bits wide: then the product is one instruction.
          LongVector p0 = LOW.and(c0).mul(M0.and(WORD));
          LongVector p1 = LOW.and(c2).mul(M1.and(WORD));
          c0 = p1.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR, c1);
          c0 = c0.lanewise(VectorOperators.XOR, k0 & WORD);
          c1 = p1.and(WORD);
          c2 = p0.lanewise(VectorOperators.LSHR, 32).lanewise(VectorOperators.XOR, c3);
          c2 = c2.lanewise(VectorOperators.XOR, k1 & WORD);
          c3 = p0.and(WORD);
          k0 += Philox.W0;
          k1 += Philox.W1;
        }
        LongVector first = c1.lanewise(VectorOperators.LSHL, 32).or(c0);
        LongVector second = c3.lanewise(VectorOperators.LSHL, 32).or(c2);
        ShortVector lower =
            first.rearrange(LOWER).blend(second.rearrange(LOWER), ODD).reinterpretAsShorts();
        ShortVector upper =
            first.rearrange(UPPER).blend(second.rearrange(UPPER), ODD).reinterpretAsShorts();
        FloatVector zero = FloatVector.zero(Species.F);
        var widen = VectorOperators.ZERO_EXTEND_S2I;
        var d0 = ((IntVector) lower.convertShape(widen, Species.I, 0)).lt(below);
        var d1 = ((IntVector) lower.convertShape(widen, Species.I, 1)).lt(below);
        var d2 = ((IntVector) upper.convertShape(widen, Species.I, 0)).lt(below);
        var d3 = ((IntVector) upper.convertShape(widen, Species.I, 1)).lt(below);
        int to = at + e;
        zero.blend(scale, d0.cast(Species.F)).intoArray(mask, to);
        zero.blend(scale, d1.cast(Species.F)).intoArray(mask, to + Species.L);
        zero.blend(scale, d2.cast(Species.F)).intoArray(mask, to + 2 * Species.L);
        zero.blend(scale, d3.cast(Species.F)).intoArray(mask, to + 3 * Species.L);
      }
      scalar(mask, at, bound, n, seed, sample, step, stream, below, scale);
    }
  }
}
