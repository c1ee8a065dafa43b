package advx.engine.kernel;

import advx.engine.Workers;

/** What this machine can do at most, measured now: what fractions of peak are fractions of. */
public final class Ruler {
  private static final int ROUNDS = 12;
  private static final int STEPS = 400_000;
  private static final int STREAM = 1 << 23;

  private Ruler() {}

  /**
   * Billions of floating-point operations a second, of independent chains of fused multiply-adds
   * (two operations each) in registers on all threads of the pool; the best of several short runs.
   */
  public static double peakGflops(Workers workers) {
    float[] keep = new float[workers.threads()];
    long best = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      workers.run(workers.threads(), (piece, worker) -> keep[piece] = chains(STEPS));
      best = Math.min(best, System.nanoTime() - start);
    }
    return 2.0 * CHAINS * STEPS * workers.threads() / best;
  }

  private static final int CHAINS = 8;

  private static float chains(int steps) {
    float a = 1;
    float b = 2;
    float c = 3;
    float d = 4;
    float e = 5;
    float f = 6;
    float g = 7;
    float h = 8;
    for (int i = 0; i < steps; i++) {
      a = Math.fma(a, 0.5f, 1);
      b = Math.fma(b, 0.5f, 1);
      c = Math.fma(c, 0.5f, 1);
      d = Math.fma(d, 0.5f, 1);
      e = Math.fma(e, 0.5f, 1);
      f = Math.fma(f, 0.5f, 1);
      g = Math.fma(g, 0.5f, 1);
      h = Math.fma(h, 0.5f, 1);
    }
    return a + b + c + d + e + f + g + h;
  }

  /**
   * Billions of bytes a second between memory and cores: a[i] = b[i] + ½·c[i] over arrays larger
   * than the caches, 12 bytes an element as STREAM's triad counts them; the best of several runs.
   */
  public static double bandwidthGBs(Workers workers) {
    float[] a = new float[STREAM];
    float[] b = new float[STREAM];
    float[] c = new float[STREAM];
    int pieces = 4 * workers.threads();
    long best = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      workers.run(
          pieces,
          (piece, worker) ->
              triad(
                  a,
                  b,
                  c,
                  (int) ((long) STREAM * piece / pieces),
                  (int) ((long) STREAM * (piece + 1) / pieces)));
      best = Math.min(best, System.nanoTime() - start);
    }
    return 12.0 * STREAM / best;
  }

  private static void triad(float[] a, float[] b, float[] c, int from, int to) {
    for (int i = from; i < to; i++) {
      a[i] = Math.fma(0.5f, c[i], b[i]);
    }
  }
}
