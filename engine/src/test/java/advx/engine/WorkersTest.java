package advx.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.testing.Allocation;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WorkersTest {
  @Test
  void everyPieceRunsOnce() {
    for (int threads = 1; threads <= 6; threads++) {
      try (Workers workers = new Workers(threads)) {
        assertEquals(threads, workers.threads());
        int width = threads;
        for (int pieces : new int[] {0, 1, 2, 3, 5, 16, 17, 1000}) {
          AtomicIntegerArray runs = new AtomicIntegerArray(pieces);
          AtomicInteger strangers = new AtomicInteger();
          workers.run(
              pieces,
              (piece, worker) -> {
                runs.incrementAndGet(piece);
                if (worker < 0 || worker >= width) {
                  strangers.incrementAndGet();
                }
              });
          assertEquals(0, strangers.get());
          for (int i = 0; i < pieces; i++) {
            assertEquals(1, runs.get(i), threads + " threads, piece " + i + " of " + pieces);
          }
        }
      }
    }
  }

  /** Tiny loops back to back: a piece lost, repeated or run for the loop before would show. */
  @Test
  void manyTinyLoops() {
    for (int threads = 2; threads <= 4; threads++) {
      try (Workers workers = new Workers(threads)) {
        int pieces = 5;
        long[] sums = new long[pieces];
        long[] loop = new long[1];
        Workers.Task task = (piece, worker) -> sums[piece] += loop[0] * (piece + 1);
        long expected = 0;
        for (int i = 0; i < 100_000; i++) {
          loop[0] = i;
          expected += i;
          workers.run(i % 7 == 0 ? 0 : pieces, task);
          if (i % 7 == 0) {
            expected -= i;
          }
        }
        for (int piece = 0; piece < pieces; piece++) {
          assertEquals(expected * (piece + 1), sums[piece], threads + " threads, piece " + piece);
        }
      }
    }
  }

  /** Threads that lay down between two loops wake up again. */
  @Test
  void loopsAfterAPause() throws InterruptedException {
    try (Workers workers = new Workers(3)) {
      AtomicInteger runs = new AtomicInteger();
      for (int i = 0; i < 50; i++) {
        Thread.sleep(2);
        workers.run(6, (piece, worker) -> runs.incrementAndGet());
      }
      assertEquals(300, runs.get());
    }
  }

  /** A piece that waits for another one ends only if two threads work at the same time. */
  @Test
  void piecesRunAtTheSameTime() {
    try (Workers workers = new Workers(2)) {
      AtomicInteger arrived = new AtomicInteger();
      workers.run(
          2,
          (piece, worker) -> {
            arrived.incrementAndGet();
            while (arrived.get() < 2) {
              Thread.onSpinWait();
            }
          });
      assertEquals(2, arrived.get());
    }
  }

  @Test
  void aFailureIsThrownAgainAndThePoolGoesOn() {
    for (int threads = 1; threads <= 3; threads++) {
      try (Workers workers = new Workers(threads)) {
        for (int i = 0; i < 20; i++) {
          int bad = i;
          var e =
              assertThrows(
                  IllegalArgumentException.class,
                  () ->
                      workers.run(
                          20,
                          (piece, worker) -> {
                            if (piece == bad) {
                              throw new IllegalArgumentException("piece " + piece);
                            }
                          }));
          assertEquals("piece " + bad, e.getMessage());
          AtomicInteger runs = new AtomicInteger();
          workers.run(20, (piece, worker) -> runs.incrementAndGet());
          assertEquals(20, runs.get());
        }
        assertThrows(
            StackOverflowError.class,
            () ->
                workers.run(
                    4,
                    (piece, worker) -> {
                      throw new StackOverflowError();
                    }));
      }
    }
  }

  @Test
  void nestedUseIsRefused() {
    for (int threads = 1; threads <= 2; threads++) {
      try (Workers workers = new Workers(threads)) {
        var e =
            assertThrows(
                IllegalStateException.class,
                () -> workers.run(2, (i, w) -> workers.run(2, (j, v) -> {})));
        assertEquals("Workers: a parallel loop is already running on this pool", e.getMessage());
      }
    }
  }

  @Test
  void wrongUse() {
    var e = assertThrows(IllegalArgumentException.class, () -> new Workers(0));
    assertEquals("Workers: got 0 threads, expected 1 or more", e.getMessage());
    Workers closed = new Workers(2);
    closed.close();
    var c = assertThrows(IllegalStateException.class, () -> closed.run(2, (i, w) -> {}));
    assertEquals("Workers: the pool is closed", c.getMessage());
  }

  @Test
  void closeEndsTheThreads() throws InterruptedException {
    Thread[] helper = new Thread[1];
    AtomicInteger arrived = new AtomicInteger();
    try (Workers workers = new Workers(2)) {
      workers.run(
          2,
          (piece, worker) -> {
            if (worker == 1) {
              helper[0] = Thread.currentThread();
            }
            arrived.incrementAndGet();
            while (arrived.get() < 2) {
              Thread.onSpinWait();
            }
          });
    }
    assertTrue(helper[0].isDaemon());
    helper[0].join(20_000);
    assertTrue(!helper[0].isAlive());
  }

  @Test
  void aLoopAllocatesNothing() {
    for (int threads = 1; threads <= 3; threads++) {
      try (Workers workers = new Workers(threads)) {
        long[] sums = new long[64];
        Workers.Task task = (piece, worker) -> sums[8 * worker] += piece;
        Allocation.assertNone("Workers.run", () -> workers.run(9, task));
      }
    }
  }

  @Test
  void scratchIsMadeOncePerPool() {
    try (Workers workers = new Workers(1);
        Workers other = new Workers(1)) {
      StringBuilder first = workers.scratch(StringBuilder.class, StringBuilder::new);
      assertSame(first, workers.scratch(StringBuilder.class, StringBuilder::new));
      assertNotSame(first, other.scratch(StringBuilder.class, StringBuilder::new));
    }
  }
}
