package advx.engine;

import java.util.IdentityHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A fixed pool of threads for parallel loops over independent pieces of work.
 *
 * <p>The caller cuts the work by the problem, never by the number of threads, and no piece writes
 * where another one reads or writes; so the result is the same with any number of threads. The
 * calling thread works too: {@code new Workers(1)} starts no thread at all. One thread at a time
 * may use a pool. Running a loop allocates nothing.
 */
public final class Workers implements AutoCloseable {
  /** One loop: {@code run(i, w)} does piece i; w is the number of the thread that does it. */
  @FunctionalInterface
  public interface Task {
    void run(int piece, int worker);
  }

  /** Turns of spinning before a thread lies down: a step's loops follow each other closely. */
  private static final int SPINS = 10_000;

  private final Thread[] helpers;
  private final AtomicIntegerArray parked;
  private final AtomicLong cursor = new AtomicLong();
  private final AtomicInteger done = new AtomicInteger();
  private final IdentityHashMap<Class<?>, Object> scratch = new IdentityHashMap<>();
  private Task task;
  private int count;
  private boolean running;
  private volatile Throwable failure;
  private volatile boolean closed;

  /** A pool in which this many threads work, the calling one included. */
  public Workers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "Workers: got " + threads + " threads, expected 1 or more");
    }
    helpers = new Thread[threads - 1];
    parked = new AtomicIntegerArray(helpers.length);
    for (int i = 0; i < helpers.length; i++) {
      int worker = i + 1;
      helpers[i] = new Thread(() -> serve(worker), "advx-worker-" + worker);
      helpers[i].setDaemon(true);
      helpers[i].start();
    }
  }

  public int threads() {
    return helpers.length + 1;
  }

  /**
   * The buffers or the reusable loop object that a kernel keeps with this pool: made on first use,
   * the same object ever after. A kernel that is running is never entered again on the same pool.
   */
  @SuppressWarnings("unchecked")
  public <T> T scratch(Class<T> type, Supplier<T> maker) {
    T found = (T) scratch.get(type);
    if (found == null) {
      found = maker.get();
      scratch.put(type, found);
    }
    return found;
  }

  /** Runs pieces 0 … count−1 and returns when all are done; the first failure is thrown again. */
  public void run(int pieces, Task work) {
    if (running) {
      throw new IllegalStateException("Workers: a parallel loop is already running on this pool");
    }
    running = true;
    try {
      if (helpers.length == 0 || pieces <= 1) {
        for (int i = 0; i < pieces; i++) {
          work.run(i, 0);
        }
      } else {
        share(pieces, work);
      }
    } finally {
      running = false;
    }
  }

  /** The cursor holds the number of the loop above 32 bits and the pieces not yet claimed below. */
  private void share(int pieces, Task work) {
    if (closed) {
      throw new IllegalStateException("Workers: the pool is closed");
    }
    task = work;
    count = pieces;
    failure = null;
    done.set(0);
    int loop = (int) (cursor.get() >>> 32) + 1;
    cursor.set(((long) loop << 32) | pieces);
    for (int i = 0; i < helpers.length && i < pieces - 1; i++) {
      if (parked.get(i) != 0) {
        LockSupport.unpark(helpers[i]);
      }
    }
    work(loop, 0);
    for (int spin = 0; done.get() < pieces; spin++) {
      if (spin < SPINS) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(this, 20_000);
      }
    }
    task = null;
    Throwable failed = failure;
    if (failed instanceof RuntimeException e) {
      throw e;
    } else if (failed instanceof Error e) {
      throw e;
    }
  }

  /**
   * Claims and runs pieces of one loop until none is left or the next loop has begun. {@code task}
   * and {@code count} are read after a claim has succeeded: a loop cannot end before its claimed
   * pieces have.
   */
  private void work(int loop, int worker) {
    while (true) {
      long at = cursor.get();
      int left = (int) at;
      if ((int) (at >>> 32) != loop || left == 0) {
        return;
      }
      if (!cursor.compareAndSet(at, at - 1)) {
        continue;
      }
      try {
        task.run(count - left, worker);
      } catch (RuntimeException | Error e) {
        failure = e;
      }
      done.incrementAndGet();
    }
  }

  private void serve(int worker) {
    int seen = 0;
    int spin = 0;
    while (!closed) {
      int loop = (int) (cursor.get() >>> 32);
      if (loop != seen) {
        seen = loop;
        spin = 0;
        work(loop, worker);
      } else if (++spin < SPINS) {
        Thread.onSpinWait();
      } else {
        parked.set(worker - 1, 1);
        if ((int) (cursor.get() >>> 32) == seen && !closed) {
          LockSupport.park(this);
        }
        parked.set(worker - 1, 0);
        spin = 0;
      }
    }
  }

  /** Ends the threads of the pool. */
  @Override
  public void close() {
    closed = true;
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
  }
}
