package advx.bench;

import advx.bench.fresh.FreshCommand;
import advx.bench.roofline.RooflineCommand;
import advx.bench.start.StartCommand;
import advx.bench.tiles.TilesCommand;
import advx.engine.InputException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Map;

/**
 * What {@code java -jar benchmarks.jar} runs: {@code roofline}, {@code fresh}, {@code tiles} and
 * {@code start}, and with any other arguments JMH.
 */
public final class Main {
  private static final int WRONG_INPUT = 2;

  /** A command of our own: arguments and output to exit code. */
  @FunctionalInterface
  private interface Command {
    int run(String[] arguments, PrintStream out);
  }

  private static final Map<String, Command> OWN =
      Map.of(
          "roofline", RooflineCommand::run,
          "fresh", FreshCommand::run,
          "tiles", TilesCommand::run,
          "start", StartCommand::run);

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    String command = arguments.length == 0 ? "" : arguments[0];
    if (!OWN.containsKey(command)) {
      org.openjdk.jmh.Main.main(arguments);
      return;
    }
    System.exit(run(command, Arrays.copyOfRange(arguments, 1, arguments.length)));
  }

  /** Runs one of our own commands and returns its exit code. */
  static int run(String command, String... arguments) {
    try {
      return OWN.get(command).run(arguments, System.out);
    } catch (InputException e) {
      System.err.println("benchmarks: " + e.getMessage());
      return WRONG_INPUT;
    }
  }
}
