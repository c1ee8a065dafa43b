package advx.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/** The largest of some numbers, and where it stands. NaN counts as larger than all others. */
public final class Extremes {
  private Extremes() {}

  /** The maximum of {@code x[at … at+n−1]}; NaN if one is NaN, −∞ if there are none. */
  public static float max(float[] x, int at, int n) {
    if (Lanes.VECTOR && n >= 4 * Species.L) {
      return Simd.max(x, at, n);
    }
    return scalarMax(x, at, n);
  }

  /** The maximum of the |xᵢ|; NaN if one is NaN, 0 if there are none. */
  public static float magnitude(float[] x, int at, int n) {
    int bound = Lanes.VECTOR && n >= 4 * Species.L ? n - n % (4 * Species.L) : 0;
    float vectors = bound == 0 ? 0 : Simd.magnitude(x, at, bound);
    return Math.max(vectors, scalarMagnitude(x, at + bound, n - bound));
  }

  static float scalarMagnitude(float[] x, int at, int n) {
    float max = 0;
    for (int i = at; i < at + n; i++) {
      max = Math.max(max, Math.abs(x[i]));
    }
    return max;
  }

  /** Whether low ≤ xᵢ ≤ high for all; NaN is not. */
  public static boolean within(float[] x, int at, int n, float low, float high) {
    int done = Lanes.VECTOR ? Simd.within(x, at, n, low, high) : 0;
    return scalarWithin(x, at + done, n - done, low, high);
  }

  static boolean scalarWithin(float[] x, int at, int n, float low, float high) {
    for (int i = at; i < at + n; i++) {
      if (!(x[i] >= low && x[i] <= high)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The lowest i in 0 … n−1 at which {@code x[at + i]} is the maximum: of equal numbers (−0 equals
   * +0) the first, the first NaN if there is one; −1 if n is 0.
   */
  public static int argmax(float[] x, int at, int n) {
    if (!Lanes.VECTOR || n < 4 * Species.L) {
      return scalarArgmax(x, at, n);
    }
    float max = Simd.max(x, at, n);
    int before = Float.isNaN(max) ? 0 : Simd.before(max, x, at, n);
    return before + first(max, x, at + before);
  }

  static float scalarMax(float[] x, int at, int n) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, x[at + i]);
    }
    return max;
  }

  static int scalarArgmax(float[] x, int at, int n) {
    return n == 0 ? -1 : first(scalarMax(x, at, n), x, at);
  }

  private static int first(float max, float[] x, int at) {
    boolean nan = Float.isNaN(max);
    int i = 0;
    while (nan ? !Float.isNaN(x[at + i]) : x[at + i] != max) {
      i++;
    }
    return i;
  }

  static final class Simd {
    private static final VectorShuffle<Float> BY_8 = VectorShuffle.iota(Species.F, 8, 1, true);
    private static final VectorShuffle<Float> BY_4 = VectorShuffle.iota(Species.F, 4, 1, true);
    private static final VectorShuffle<Float> BY_2 = VectorShuffle.iota(Species.F, 2, 1, true);
    private static final VectorShuffle<Float> BY_1 = VectorShuffle.iota(Species.F, 1, 1, true);

    private Simd() {}

    static float max(float[] x, int at, int n) {
      FloatVector m0 = FloatVector.broadcast(Species.F, Float.NEGATIVE_INFINITY);
      FloatVector m1 = m0;
      FloatVector m2 = m0;
      FloatVector m3 = m0;
      int bound = n - n % (4 * Species.L);
      for (int i = 0; i < bound; i += 4 * Species.L) {
        m0 = FloatVector.fromArray(Species.F, x, at + i).max(m0);
        m1 = FloatVector.fromArray(Species.F, x, at + i + Species.L).max(m1);
        m2 = FloatVector.fromArray(Species.F, x, at + i + 2 * Species.L).max(m2);
        m3 = FloatVector.fromArray(Species.F, x, at + i + 3 * Species.L).max(m3);
      }
      // Rotations wrap around, so that a narrow vector only meets itself again.
      FloatVector m = m0.max(m1).max(m2.max(m3));
      m = m.max(m.rearrange(BY_8));
      m = m.max(m.rearrange(BY_4));
      m = m.max(m.rearrange(BY_2));
      m = m.max(m.rearrange(BY_1));
      return Math.max(m.lane(0), scalarMax(x, at + bound, n - bound));
    }

    /** How many numbers, in pairs of vectors, stand before the first pair that holds max. */
    static int before(float max, float[] x, int at, int n) {
      int bound = n - n % (2 * Species.L);
      for (int i = 0; i < bound; i += 2 * Species.L) {
        FloatVector v0 = FloatVector.fromArray(Species.F, x, at + i);
        FloatVector v1 = FloatVector.fromArray(Species.F, x, at + i + Species.L);
        var here = v0.compare(VectorOperators.EQ, max).or(v1.compare(VectorOperators.EQ, max));
        if (here.anyTrue()) {
          return i;
        }
      }
      return bound;
    }

    /** n is a multiple of four vectors. */
    static float magnitude(float[] x, int at, int n) {
      FloatVector m0 = FloatVector.zero(Species.F);
      FloatVector m1 = m0;
      FloatVector m2 = m0;
      FloatVector m3 = m0;
      for (int i = at; i < at + n; i += 4 * Species.L) {
        m0 = FloatVector.fromArray(Species.F, x, i).abs().max(m0);
        m1 = FloatVector.fromArray(Species.F, x, i + Species.L).abs().max(m1);
        m2 = FloatVector.fromArray(Species.F, x, i + 2 * Species.L).abs().max(m2);
        m3 = FloatVector.fromArray(Species.F, x, i + 3 * Species.L).abs().max(m3);
      }
      FloatVector m = m0.max(m1).max(m2.max(m3));
      m = m.max(m.rearrange(BY_8));
      m = m.max(m.rearrange(BY_4));
      m = m.max(m.rearrange(BY_2));
      m = m.max(m.rearrange(BY_1));
      return m.lane(0);
    }

    /** How many of the first numbers are within, counted in pairs of vectors. */
    static int within(float[] x, int at, int n, float low, float high) {
      int bound = n - n % (2 * Species.L);
      for (int i = 0; i < bound; i += 2 * Species.L) {
        FloatVector v0 = FloatVector.fromArray(Species.F, x, at + i);
        FloatVector v1 = FloatVector.fromArray(Species.F, x, at + i + Species.L);
        var fits = v0.compare(VectorOperators.GE, low).and(v1.compare(VectorOperators.GE, low));
        fits = fits.and(v0.compare(VectorOperators.LE, high));
        if (!fits.and(v1.compare(VectorOperators.LE, high)).allTrue()) {
          return i;
        }
      }
      return bound;
    }
  }
}
