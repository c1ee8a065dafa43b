package advx.engine.warm;

import advx.engine.Workers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Calls the kernels until the second compiler is done with them. Before it is, they run up to a
 * hundred times slower: whoever times a product, an attack or a step calls this first.
 *
 * <p>It changes no result, and is of no use to a run that is not timed: the compiler takes as long
 * for the kernels of this class as it takes beside the first steps of a training.
 */
public final class WarmUp {
  /** The second compiler takes a method up after 600 calls with 15,000 turns of its loops. */
  private static final int CALLS = 1100;

  private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int FEWEST_ROUNDS = 4;
  private static final int MOST_ROUNDS = 24;
  private static final double FASTER = 0.7;

  /** Methods that wait for the compiler are compiled meanwhile, with both cores to themselves. */
  private static final long REST_MILLIS = 100;

  private WarmUp() {}

  /**
   * Runs all kernels on small operands of their own, on the threads of this pool.
   *
   * <p>What it leaves behind is the pool's packing buffers, which the kernels would take anyway.
   *
   * @param limit after so long no further call is begun
   * @return whether the kernels came to rest before: a further round made none of them much faster
   */
  public static boolean run(Workers workers, Duration limit) {
    if (limit.isNegative()) {
      throw new IllegalArgumentException("WarmUp: got limit " + limit + ", expected 0 or more");
    }
    long begin = System.nanoTime();
    long most = limit.compareTo(Duration.ofDays(1)) > 0 ? Long.MAX_VALUE : limit.toNanos();
    List<Runnable> calls = most == 0 ? List.of() : Rehearsal.calls(workers);
    long[] best = new long[calls.size()];
    Arrays.fill(best, Long.MAX_VALUE);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      boolean faster = round < FEWEST_ROUNDS;
      for (int i = 0; i < best.length; i++) {
        long fastest = some(calls.get(i), begin, most);
        faster |= fastest < FASTER * best[i];
        best[i] = Math.min(best[i], fastest);
      }
      if (System.nanoTime() - begin >= most) {
        return false;
      }
      if (!faster) {
        return true;
      }
      rest(most - (System.nanoTime() - begin));
    }
    return false;
  }

  /** Some hundred calls; the nanoseconds of the fastest. */
  private static long some(Runnable call, long begin, long most) {
    long fastest = Long.MAX_VALUE;
    long start = System.nanoTime();
    long now = start;
    for (int i = 0; i < CALLS && now - start < MOST_NANOS && now - begin < most; i++) {
      long before = now;
      call.run();
      now = System.nanoTime();
      fastest = Math.min(fastest, now - before);
    }
    return fastest;
  }

  private static void rest(long left) {
    try {
      Thread.sleep(Math.clamp(TimeUnit.NANOSECONDS.toMillis(left), 0, REST_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
