package advx.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The canary: a measure that never finds anything would pass every test. */
class AllocationTest {
  private static volatile Object sink;

  @Test
  void findsSixteenBytesACall() {
    long bytes = Allocation.least(() -> sink = new Object(), 500_000_000L);
    assertTrue(bytes >= 500 * 8, bytes + " bytes");
    assertTrue(sink != null);
  }

  @Test
  void findsWhatAnotherThreadAllocates() throws InterruptedException {
    Thread[] last = new Thread[1];
    long bytes =
        Allocation.least(
            () -> {
              last[0] = Thread.ofPlatform().start(() -> sink = new int[1000]);
              try {
                last[0].join();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            },
            100_000_000L);
    assertTrue(bytes >= 500 * 4000, bytes + " bytes");
  }

  @Test
  void nothingIsNothing() {
    int[] x = new int[1];
    assertEquals(0, Allocation.least(() -> x[0]++, 20_000_000_000L));
  }
}
