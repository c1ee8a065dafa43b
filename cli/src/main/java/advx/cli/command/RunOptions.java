package advx.cli.command;

import advx.cli.console.Console;
import advx.cli.console.Look;
import advx.engine.InputException;
import advx.engine.Workers;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How a command runs: on how many threads, and how talkative. Neither changes a result. */
final class RunOptions {
  private static final int MOST_THREADS = 1024;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with (default: one a core).")
  private Integer threads;

  @Option(names = "--quiet", description = "Print results only, no progress.")
  private boolean quiet;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  Workers workers() {
    int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    if (count < 1 || count > MOST_THREADS) {
      throw new InputException(
          "--threads is %d: give a number from 1 to %d.".formatted(count, MOST_THREADS));
    }
    return new Workers(count);
  }

  Console console() {
    return new Console(
        spec.commandLine().getOut(), spec.commandLine().getErr(), Look.ofProcess(quiet));
  }
}
