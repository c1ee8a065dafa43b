package advx.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a test that interrupts processes has to know of its own process. */
public final class Signals {
  private static final long INTERRUPT = 2;

  private Signals() {}

  /**
   * The command, so started that SIGINT interrupts it. A shell lets what it starts in the
   * background ignore SIGINT, and a JVM keeps to that, as do its children; {@code env} takes it
   * back.
   */
  public static List<String> interruptible(List<String> command) {
    if (!interruptIgnored()) {
      return command;
    }
    List<String> interruptible = new ArrayList<>(List.of("env", "--default-signal=INT"));
    interruptible.addAll(command);
    return interruptible;
  }

  private static boolean interruptIgnored() {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("SigIgn:"))
          .map(line -> line.substring("SigIgn:".length()).trim())
          .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & INTERRUPT) != 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
