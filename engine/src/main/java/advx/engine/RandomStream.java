package advx.engine;

/**
 * The random numbers of one (seed, purpose, layer, step, sample), one after the other: element 0,
 * 1, 2, … of {@link Philox}. Two streams that differ in any of the five are independent.
 *
 * <p>A uniform is (word ≫ 8)·2⁻²⁴, in [0, 1). Two normals come from two words by Box–Muller in
 * {@link StrictMath} and {@link Trigonometry}: r = √(−2 ln u), u = ((word ≫ 8) + 1)·2⁻²⁴ in (0, 1],
 * angle 2π·(next word ≫ 8)·2⁻²⁴; first r·cos, then r·sin.
 */
public final class RandomStream {
  private static final double UNIT = 0x1p-24;

  private long seed;
  private int stream;
  private int step;
  private int sample;
  private final int[] block = new int[4];
  private int element;
  private double spareNormal;
  private boolean hasSpare;

  /** A stream for later: {@link #key} says of what. */
  public RandomStream() {}

  public RandomStream(long seed, Purpose purpose, int layer, int step, int sample) {
    key(seed, purpose, layer).restart(step, sample);
  }

  /** Goes to element 0 of step 0 and sample 0 of another seed, purpose and layer. */
  public RandomStream key(long newSeed, Purpose purpose, int layer) {
    seed = newSeed;
    stream = Philox.stream(purpose, layer);
    return restart(0, 0);
  }

  /** Goes to element 0 of another step and sample of the same purpose and layer. */
  public RandomStream restart(int newStep, int newSample) {
    step = newStep;
    sample = newSample;
    element = 0;
    hasSpare = false;
    return this;
  }

  /** The next 32 random bits. */
  public int nextInt() {
    if ((element & 3) == 0) {
      Philox.block(element >>> 2, sample, step, stream, seed, block, 0);
    }
    return block[element++ & 3];
  }

  /** The next 64 random bits: two words, the first one low. */
  public long nextLong() {
    long low = nextInt() & 0xFFFFFFFFL;
    return ((long) nextInt() << 32) | low;
  }

  /** A whole number in [0, bound), by the high word of a product; bias below bound·2⁻³². */
  public int nextInt(int bound) {
    return (int) (((nextInt() & 0xFFFFFFFFL) * bound) >>> 32);
  }

  /** Uniform in [0, 1), a multiple of 2⁻²⁴. */
  public float uniform() {
    return (float) ((nextInt() >>> 8) * UNIT);
  }

  /** Uniform in [low, high). */
  public float uniform(float low, float high) {
    return Math.fma(uniform(), high - low, low);
  }

  /** Standard normal. */
  public float normal() {
    if (hasSpare) {
      hasSpare = false;
      return (float) spareNormal;
    }
    double radius = StrictMath.sqrt(-2 * StrictMath.log(((nextInt() >>> 8) + 1) * UNIT));
    double angle = 2 * StrictMath.PI * ((nextInt() >>> 8) * UNIT);
    spareNormal = radius * Trigonometry.sin(angle);
    hasSpare = true;
    return (float) (radius * Trigonometry.cos(angle));
  }
}
