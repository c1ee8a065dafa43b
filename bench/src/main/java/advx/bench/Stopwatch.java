package advx.bench;

import java.util.concurrent.TimeUnit;

/**
 * Times calls outside of JMH: warm them up, then take the best of many. The best, never the mean:
 * whatever else a machine does can only make a call longer.
 */
public final class Stopwatch {
  /**
   * Short calls are timed in rows of at least this long, so that the clock's steps do not count.
   */
  private static final long ROW_NANOS = TimeUnit.MICROSECONDS.toNanos(40);

  private static final int FEWEST_ROWS = 5;

  private Stopwatch() {}

  /** Calls until the time is over. */
  public static void warm(Runnable call, long nanos) {
    long begin = System.nanoTime();
    do {
      call.run();
    } while (System.nanoTime() - begin < nanos);
  }

  /** Nanoseconds of a call: the best row of calls within the time. */
  public static double best(Runnable call, long nanos) {
    int calls = 1;
    double best = Double.POSITIVE_INFINITY;
    long begin = System.nanoTime();
    long end = begin;
    for (int row = 0; row < FEWEST_ROWS || end - begin < nanos; row++) {
      long start = System.nanoTime();
      for (int i = 0; i < calls; i++) {
        call.run();
      }
      end = System.nanoTime();
      if (end - start < ROW_NANOS) {
        // Too short a row says too little, and is no row yet.
        calls *= 2;
        row--;
      } else {
        best = Math.min(best, (double) (end - start) / calls);
      }
    }
    return best;
  }
}
