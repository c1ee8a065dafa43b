package advx.launch;

import java.time.Duration;

/**
 * Ends this JVM when the launcher is gone, so that even {@code kill -9} of the launcher leaves no
 * worker behind.
 *
 * <p>It asks twice a second whether this process still has the same parent. That answer is right
 * also where {@code ProcessHandle.onExit} is not or is late: for a killed launcher that nobody has
 * reaped yet, and because the latter polls a process that is not a child ever more slowly.
 */
final class ParentWatch {
  private static final Duration INTERVAL = Duration.ofMillis(500);

  /** As after a terminal's hang-up; in general nobody is left to read it. */
  private static final int EXIT_CODE = 128 + 1;

  static void start(long launcher) {
    Thread.ofPlatform().name("advx-parent-watch").daemon().start(() -> watch(launcher));
  }

  private static void watch(long launcher) {
    while (ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(-1L) == launcher) {
      try {
        Thread.sleep(INTERVAL);
      } catch (InterruptedException e) {
        break; // nobody interrupts this thread
      }
    }
    // No orderly end: shutdown hooks would talk to streams whose other side is gone, and every file
    // is written so that a sudden end does no harm.
    Runtime.getRuntime().halt(EXIT_CODE);
  }

  private ParentWatch() {}
}
