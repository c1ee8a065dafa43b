package advx.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;

/** Waits for what a process does. */
final class Wait {
  private static final Duration LONGEST = Duration.ofMinutes(3);

  private Wait() {}

  /** What is waited for. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws Exception;
  }

  /** Asks again and again, every millisecond, while the process runs. */
  static void until(Process process, Condition condition) throws Exception {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!condition.holds()) {
      assertTrue(process.isAlive(), "the process ended before what was waited for");
      assertTrue(System.nanoTime() < end, "nothing happened in " + LONGEST);
      Thread.sleep(1);
    }
  }
}
