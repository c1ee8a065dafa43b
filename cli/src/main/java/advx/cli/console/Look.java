package advx.cli.console;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How the two streams are written to.
 *
 * @param live whether progress may be one line that is rewritten
 * @param colour whether results may be coloured
 * @param columns the width of the terminal
 * @param tableColumns how wide tables may be
 * @param quiet whether there is no progress at all
 */
public record Look(boolean live, boolean colour, int columns, int tableColumns, boolean quiet) {
  /** The launcher's stream is a terminal; this JVM's own may be a pipe to the launcher. */
  private static final String STDOUT = "advx.stdout.terminal";

  private static final String STDERR = "advx.stderr.terminal";

  /** A terminal of unknown width. */
  private static final int COLUMNS = 80;

  private static final int FEWEST_COLUMNS = 20;

  /** In a file or a pipe. */
  private static final int FILE_COLUMNS = 100;

  /** What this process sees. */
  public static Look ofProcess(boolean quiet) {
    boolean stdout = Boolean.getBoolean(STDOUT);
    boolean stderr = Boolean.getBoolean(STDERR);
    int columns = stdout || stderr ? terminalColumns() : COLUMNS;
    return of(System.getenv(), stdout, stderr, columns, quiet);
  }

  /**
   * From the environment: {@code NO_COLOR} (no-color.org: set and not empty), {@code COLUMNS}, and
   * {@code TERM=dumb} for a terminal that can neither rewrite a line nor show colours.
   */
  static Look of(
      Map<String, String> environment, boolean stdout, boolean stderr, int columns, boolean quiet) {
    boolean dumb = environment.getOrDefault("TERM", "").equals("dumb");
    boolean plain = dumb || !environment.getOrDefault("NO_COLOR", "").isEmpty();
    String wanted = environment.getOrDefault("COLUMNS", "");
    boolean given = wanted.matches("[1-9]\\d{0,3}");
    int width = Math.max(FEWEST_COLUMNS, given ? Integer.parseInt(wanted) : columns);
    return new Look(
        stderr && !dumb && !quiet,
        stdout && !plain,
        width,
        stdout || given ? width : FILE_COLUMNS,
        quiet);
  }

  /** Asks {@code stty}; shells know COLUMNS but seldom pass it on. */
  private static int terminalColumns() {
    File terminal = new File("/dev/tty");
    if (!terminal.canRead()) {
      return COLUMNS;
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(terminal)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      boolean done = stty.waitFor(1, TimeUnit.SECONDS);
      return done && size.matches("\\d+ [1-9]\\d{0,3}\\s*")
          ? Integer.parseInt(size.strip().split(" ")[1])
          : COLUMNS;
    } catch (IOException e) {
      return COLUMNS;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return COLUMNS;
    }
  }
}
