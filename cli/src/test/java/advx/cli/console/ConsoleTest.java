package advx.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private static final String ERASE = "\r\033[K";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Console console(boolean live, boolean quiet) {
    return new Console(
        new PrintWriter(out), new PrintWriter(err), new Look(live, false, 20, 20, quiet));
  }

  @Test
  void liveLinesAreRewrittenAndErasedBeforeAnythingElse() {
    Console console = console(true, false);
    console.live("one");
    console.live("two");
    console.resultLine("result");
    console.progress("progress");
    console.clear();
    assertEquals("result\n", out.toString());
    assertEquals(ERASE + "one" + ERASE + "two" + ERASE + "progress\n", err.toString());
  }

  @Test
  void liveLinesAreCutToTheWidth() {
    console(true, false).live("ε".repeat(30));
    assertEquals(ERASE + "ε".repeat(19), err.toString());
  }

  @Test
  void pipesGetPlainLinesOnly() {
    Console console = console(false, false);
    console.live("live");
    console.progress("progress");
    console.clear();
    assertEquals("progress\n", err.toString());
  }

  @Test
  void quietConsolesPrintResultsOnly() {
    Console console = console(false, true);
    console.live("live");
    console.progress("progress");
    console.training("net").started(2, 5);
    console.resultLine("result");
    assertEquals("", err.toString());
    assertEquals("result\n", out.toString());
  }

  @Test
  void workThatEndsByItselfSaysNoFarewell() {
    console(true, false).interruptible(() -> "farewell", () -> out.write("done"));
    assertEquals("done", out.toString());
    assertEquals("", err.toString());
  }
}
