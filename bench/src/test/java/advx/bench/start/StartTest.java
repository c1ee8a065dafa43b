package advx.bench.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StartTest {
  private static String printed(String... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    assertEquals(0, StartCommand.run(arguments, out));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Kills a warm-up that nobody asked for, and one that is left out. */
  @Test
  void printsWhenCallsHaveEnded() {
    String cold = printed("--shape", "dot-784", "--threads", "1");
    assertTrue(cold.startsWith("call    1 "), cold);
    assertEquals(6, cold.lines().count());
    String warm = printed("--shape", "dot-784", "--threads", "1", "--warm", "1");
    assertTrue(warm.startsWith("warm-up "), warm);
    assertFalse(cold.contains("warm-up"));
  }
}
