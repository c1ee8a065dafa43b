package advx.bench.guard;

import advx.bench.Stopwatch;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Bytes that a call allocates, over all threads: what 2N calls allocate more than N, divided by N.
 * What is allocated once, or by others now and then, does not count.
 */
final class Slope {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int REPEATS = 5;
  private static final int MOST_CALLS = 400;
  private static final int FEWEST_CALLS = 10;
  private static final double ROW_NANOS = 30e6;
  private static final long ESTIMATE_NANOS = 1_000_000;

  private Slope() {}

  /** The least of a few tries, which end when it is not above the limit. */
  static double of(Runnable call, double limit) {
    double nanos = Stopwatch.best(call, ESTIMATE_NANOS);
    int calls = Math.clamp((long) (ROW_NANOS / nanos), FEWEST_CALLS, MOST_CALLS);
    double slope = Double.POSITIVE_INFINITY;
    for (int attempt = 0; attempt < 4 && slope > limit; attempt++) {
      slope = Math.min(slope, (double) (least(call, 2 * calls) - least(call, calls)) / calls);
    }
    return slope;
  }

  private static long least(Runnable call, int calls) {
    long least = Long.MAX_VALUE;
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      long before = THREADS.getTotalThreadAllocatedBytes();
      for (int i = 0; i < calls; i++) {
        call.run();
      }
      least = Math.min(least, THREADS.getTotalThreadAllocatedBytes() - before);
    }
    return least;
  }
}
