package advx.testing;

import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What a piece of code allocates, over all threads, as the JVM's own counters see it. */
public final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int CALLS = 500;
  private static final long PATIENCE = 30_000_000_000L;

  private Allocation() {}

  /**
   * Fails unless the call comes to allocate nothing at all. It is repeated until {@value #CALLS}
   * calls in a row have allocated 0 bytes, for at most half a minute: before the compiler is done
   * with it, and while other threads of the JVM work, the counter may rise for other reasons.
   */
  public static void assertNone(String what, Runnable call) {
    long bytes = least(call, PATIENCE);
    if (bytes > 0) {
      fail("%s: %d bytes in %d calls, expected 0".formatted(what, bytes, CALLS));
    }
  }

  /** The fewest bytes that a row of calls allocated within the time, or 0 at once. */
  static long least(Runnable call, long patience) {
    long least = Long.MAX_VALUE;
    long end = System.nanoTime() + patience;
    do {
      long before = THREADS.getTotalThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        call.run();
      }
      least = Math.min(least, THREADS.getTotalThreadAllocatedBytes() - before);
    } while (least > 0 && System.nanoTime() < end);
    return least;
  }
}
