package advx.bench;

import advx.bench.fresh.FreshCommand;
import advx.bench.roofline.RooflineCommand;
import advx.engine.InputException;
import java.util.Arrays;

/**
 * What {@code java -jar benchmarks.jar} runs: {@code roofline} and {@code fresh}, and with any
 * other arguments JMH.
 */
public final class Main {
  private static final int WRONG_INPUT = 2;

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    String command = arguments.length == 0 ? "" : arguments[0];
    if (!command.equals("roofline") && !command.equals("fresh")) {
      org.openjdk.jmh.Main.main(arguments);
      return;
    }
    System.exit(run(command, Arrays.copyOfRange(arguments, 1, arguments.length)));
  }

  /** Runs one of our own commands and returns its exit code. */
  static int run(String command, String... arguments) {
    try {
      return command.equals("fresh")
          ? FreshCommand.run(arguments, System.out)
          : RooflineCommand.run(arguments, System.out);
    } catch (InputException e) {
      System.err.println("benchmarks: " + e.getMessage());
      return WRONG_INPUT;
    }
  }
}
