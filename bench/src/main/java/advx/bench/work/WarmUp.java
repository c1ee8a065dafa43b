package advx.bench.work;

import advx.bench.Stopwatch;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Brings works to the second compiler: rounds in which each is called some hundred times, and after
 * which the compilers are left to come to rest, until a round has made none much faster.
 *
 * <p>One long round would not do. While the second compiler has much to do, methods wait in code
 * that counts no calls; then in code that does; and either looks at its count every 1024 calls.
 */
public final class WarmUp {
  private static final int CALLS = 1100;

  private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

  /** Time for all calls of a short kernel while it is still a hundred times too slow. */
  private static final long MOST_NANOS_OF_SHORT = TimeUnit.MILLISECONDS.toNanos(150);

  private static final double SHORT_BYTES = 64 * 1024;

  /** A step is made of some twenty kernels. */
  private static final long MOST_NANOS_OF_STEP = TimeUnit.MILLISECONDS.toNanos(120);

  private static final int FEWEST_ROUNDS = 6;
  private static final int MOST_ROUNDS = 12;
  private static final double FASTER = 0.6;

  /**
   * A call of a good while has long loops: after these rounds it is fast, or will never be. One of
   * 300 µs may have a short part that is not.
   */
  private static final int LONG_ROUNDS = 3;

  private static final double LONG_NANOS = 500_000;

  /** So long without anything compiled is rest. */
  private static final int REST_MILLIS = 50;

  private static final int MOST_RESTS = 40;

  private WarmUp() {}

  /** Warms all of them up, in turns. */
  public static void all(List<Work> works) {
    double[] best = new double[works.size()];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    boolean faster = true;
    for (int round = 0; round < MOST_ROUNDS && (faster || round < FEWEST_ROUNDS); round++) {
      faster = false;
      for (int i = 0; i < best.length; i++) {
        if (round < LONG_ROUNDS || best[i] < LONG_NANOS) {
          double nanos = some(works.get(i));
          faster |= nanos < FASTER * best[i];
          best[i] = Math.min(best[i], nanos);
        }
      }
      rest();
    }
  }

  /** Some hundred calls, then the nanoseconds of one. */
  private static double some(Work work) {
    boolean small = work.bytes() < SHORT_BYTES;
    long most = work.taped() ? MOST_NANOS_OF_STEP : small ? MOST_NANOS_OF_SHORT : MOST_NANOS;
    long begin = System.nanoTime();
    long now = begin;
    for (int call = 0; call < CALLS && now - begin < most; call++) {
      work.warm();
      now = System.nanoTime();
    }
    return Stopwatch.best(work::warm, TimeUnit.MILLISECONDS.toNanos(1));
  }

  private static void rest() {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    long before = -1;
    for (int i = 0; i < MOST_RESTS && compiler.getTotalCompilationTime() != before; i++) {
      before = compiler.getTotalCompilationTime();
      try {
        Thread.sleep(REST_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
