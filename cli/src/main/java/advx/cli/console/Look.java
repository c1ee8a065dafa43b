package advx.cli.console;

import java.util.Map;

/**
 * How the two streams are written to.
 *
 * @param live whether progress may be one line that is rewritten
 * @param colour whether results may be coloured
 * @param columns the width of the terminal
 * @param quiet whether there is no progress at all
 */
public record Look(boolean live, boolean colour, int columns, boolean quiet) {
  /** The launcher's stream is a terminal; this JVM's own may be a pipe to the launcher. */
  private static final String STDOUT = "advx.stdout.terminal";

  private static final String STDERR = "advx.stderr.terminal";
  private static final int COLUMNS = 80;
  private static final int FEWEST_COLUMNS = 20;

  /** What this process sees. */
  public static Look ofProcess(boolean quiet) {
    return of(
        System.getenv(), Boolean.getBoolean(STDOUT), Boolean.getBoolean(STDERR), quiet);
  }

  /**
   * From the environment: {@code NO_COLOR} (no-color.org: set and not empty), {@code COLUMNS}, and
   * {@code TERM=dumb} for a terminal that can neither rewrite a line nor show colours.
   */
  static Look of(
      Map<String, String> environment, boolean stdout, boolean stderr, boolean quiet) {
    boolean dumb = environment.getOrDefault("TERM", "").equals("dumb");
    boolean plain = dumb || !environment.getOrDefault("NO_COLOR", "").isEmpty();
    String columns = environment.getOrDefault("COLUMNS", "");
    int width =
        columns.matches("\\d{1,4}")
            ? Math.max(FEWEST_COLUMNS, Integer.parseInt(columns))
            : COLUMNS;
    return new Look(stderr && !dumb && !quiet, stdout && !plain, width, quiet);
  }
}
