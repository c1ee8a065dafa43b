package advx.engine.kernel;

import advx.engine.Workers;
import jdk.incubator.vector.FloatVector;

/** What this machine can do at most, measured now: what fractions of peak are fractions of. */
public final class Ruler {
  /** Independent chains: more than latency times units (8 on most CPUs), fewer than registers. */
  private static final int CHAINS = 12;

  private static final int STEPS = 50_000;

  /** Calls of few steps: the compiler is done after some, and no call is long before it is. */
  private static final int WARM_CALLS = 20_000;

  private static final int WARM_STEPS = 16;

  /** Floats an array: 32 MB each, three of them. */
  private static final int STREAM = 1 << 23;

  /** Floats an array and thread, 64 KB, and passes over them in one run. */
  private static final int CACHE = 1 << 14;

  private static final int CACHE_REPEATS = 200;

  /** Pieces a thread, so that one that wakes up late still gets its share. */
  private static final int PIECES = 4;

  private static final int FEWEST_RUNS = 5;
  private static final int MOST_RUNS = 1000;
  private static final long TIME = 400_000_000L;

  private Ruler() {}

  /**
   * Billions of floating-point operations a second, of independent chains of fused multiply-adds
   * (two operations each) in registers on all threads of the pool; the best of several short runs.
   */
  public static double peakGflops(Workers workers) {
    return peakGflops(workers, TIME);
  }

  /** The same in so many nanoseconds, for a look at the peak next to what is compared with it. */
  public static double peakGflops(Workers workers, long nanos) {
    int pieces = PIECES * workers.threads();
    float[] ends = new float[pieces];
    for (int call = 0; call < WARM_CALLS; call++) {
      ends[0] += Lanes.VECTOR ? Simd.chains(WARM_STEPS) : chains(WARM_STEPS);
    }
    Workers.Task task =
        (piece, worker) -> ends[piece] = Lanes.VECTOR ? Simd.chains(STEPS) : chains(STEPS);
    double operations = 2.0 * CHAINS * STEPS * Lanes.COUNT * pieces;
    return operations / best(workers, pieces, task, nanos);
  }

  /** The shortest of several runs, in nanoseconds. */
  private static long best(Workers workers, int pieces, Workers.Task task, long nanos) {
    long best = Long.MAX_VALUE;
    long begin = System.nanoTime();
    long end = begin;
    for (int run = 0; run < FEWEST_RUNS || (run < MOST_RUNS && end - begin < nanos); run++) {
      long start = System.nanoTime();
      workers.run(pieces, task);
      end = System.nanoTime();
      best = Math.min(best, end - start);
    }
    return best;
  }

  private static float chains(int steps) {
    float a = 1;
    float b = 2;
    float c = 3;
    float d = 4;
    float e = 5;
    float f = 6;
    float g = 7;
    float h = 8;
    float i = 9;
    float j = 10;
    float k = 11;
    float l = 12;
    for (int step = 0; step < steps; step++) {
      a = Math.fma(a, 0.5f, 1);
      b = Math.fma(b, 0.5f, 1);
      c = Math.fma(c, 0.5f, 1);
      d = Math.fma(d, 0.5f, 1);
      e = Math.fma(e, 0.5f, 1);
      f = Math.fma(f, 0.5f, 1);
      g = Math.fma(g, 0.5f, 1);
      h = Math.fma(h, 0.5f, 1);
      i = Math.fma(i, 0.5f, 1);
      j = Math.fma(j, 0.5f, 1);
      k = Math.fma(k, 0.5f, 1);
      l = Math.fma(l, 0.5f, 1);
    }
    return a + b + c + d + e + f + g + h + i + j + k + l;
  }

  static final class Simd {
    private Simd() {}

    /**
     * An even number of steps, two a turn, which makes the method too large to be inlined: as a
     * part of the threads' loop it once ran at half its speed.
     */
    static float chains(int steps) {
      FloatVector half = FloatVector.broadcast(Species.F, 0.5f);
      FloatVector one = FloatVector.broadcast(Species.F, 1);
      FloatVector a = one;
      FloatVector b = a.add(one);
      FloatVector c = b.add(one);
      FloatVector d = c.add(one);
      FloatVector e = d.add(one);
      FloatVector f = e.add(one);
      FloatVector g = f.add(one);
      FloatVector h = g.add(one);
      FloatVector i = h.add(one);
      FloatVector j = i.add(one);
      FloatVector k = j.add(one);
      FloatVector l = k.add(one);
      for (int step = 0; step < steps; step += 2) {
        a = half.fma(a, one);
        b = half.fma(b, one);
        c = half.fma(c, one);
        d = half.fma(d, one);
        e = half.fma(e, one);
        f = half.fma(f, one);
        g = half.fma(g, one);
        h = half.fma(h, one);
        i = half.fma(i, one);
        j = half.fma(j, one);
        k = half.fma(k, one);
        l = half.fma(l, one);
        a = half.fma(a, one);
        b = half.fma(b, one);
        c = half.fma(c, one);
        d = half.fma(d, one);
        e = half.fma(e, one);
        f = half.fma(f, one);
        g = half.fma(g, one);
        h = half.fma(h, one);
        i = half.fma(i, one);
        j = half.fma(j, one);
        k = half.fma(k, one);
        l = half.fma(l, one);
      }
      a = a.add(b).add(c).add(d).add(e).add(f);
      g = g.add(h).add(i).add(j).add(k).add(l);
      return a.add(g).lane(0);
    }
  }

  /**
   * Billions of bytes a second between memory and cores: a[i] = b[i] + ½·c[i] over arrays larger
   * than the caches, 12 bytes an element as STREAM's triad counts them; the best of several runs.
   */
  public static double bandwidthGBs(Workers workers) {
    return bandwidthGBs(workers, TIME);
  }

  /** The same in so many nanoseconds. */
  public static double bandwidthGBs(Workers workers, long nanos) {
    Triad triad = workers.scratch(Triad.class, Triad::new);
    triad.repeats = 1;
    return triad.measure(workers, STREAM, nanos);
  }

  /**
   * Billions of bytes a second between a core's own cache, its second one, and the cores: as above,
   * over arrays of 64 KB a thread, which are too large for a first cache.
   */
  public static double cacheBandwidthGBs(Workers workers, long nanos) {
    Triad triad = new Triad();
    triad.repeats = CACHE_REPEATS;
    return triad.measure(workers, CACHE * workers.threads(), nanos);
  }

  /** Arrays that stay with the pool: to fill them anew takes longer than to measure. */
  private static final class Triad implements Workers.Task {
    private float[] a = {};
    private float[] b = {};
    private float[] c = {};
    private int pieces;
    private int repeats;

    double measure(Workers workers, int size, long nanos) {
      if (a.length != size) {
        a = new float[size];
        b = new float[size];
        c = new float[size];
      }
      // A thread has its own part of the cache's arrays, and passes over it many times.
      pieces = repeats > 1 ? workers.threads() : PIECES * workers.threads();
      for (int call = 0; call < WARM_CALLS; call++) {
        triad(a, b, c, 0, WARM_STEPS);
      }
      return 12.0 * size * repeats / best(workers, pieces, this, nanos);
    }

    @Override
    public void run(int piece, int worker) {
      for (int i = 0; i < repeats; i++) {
        triad(a, b, c, start(piece), start(piece + 1));
      }
    }

    private int start(int piece) {
      return (int) ((long) a.length * piece / pieces);
    }
  }

  private static void triad(float[] a, float[] b, float[] c, int from, int to) {
    for (int i = from; i < to; i++) {
      a[i] = Math.fma(0.5f, c[i], b[i]);
    }
  }
}
