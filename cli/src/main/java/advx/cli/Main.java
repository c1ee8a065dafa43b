package advx.cli;

import advx.cli.command.AttackCommand;
import advx.cli.command.BoundaryCommand;
import advx.cli.command.CompletionCommand;
import advx.cli.command.DataCommand;
import advx.cli.command.DetectCommand;
import advx.cli.command.DoctorCommand;
import advx.cli.command.EvaluateCommand;
import advx.cli.command.ReportCommand;
import advx.cli.command.ReproduceCommand;
import advx.cli.command.TrainCommand;
import advx.cli.console.Look;
import advx.engine.InputException;
import advx.engine.Numerics;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/**
 * The program: reads the command line, runs a command, turns what went wrong into one sentence.
 *
 * <p>Exit codes: 0 done; 1 an error in the program; 2 something the user can set right; 130 ended
 * by Ctrl-C.
 */
@Command(
    name = "advx",
    versionProvider = Main.Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "[COMMAND]",
    description = {
      "Trains networks, attacks them and rebuilds two papers on adversarial examples.",
      "Without a command: reproduce.",
      ""
    },
    commandListHeading = "%nCommands:%n",
    footer = {"", "Help for a command: advx COMMAND --help"},
    subcommands = {
      ReproduceCommand.class,
      ReportCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      AttackCommand.class,
      BoundaryCommand.class,
      DetectCommand.class,
      DataCommand.class,
      DoctorCommand.class,
      CompletionCommand.class
    })
public final class Main {
  private static final int PROGRAM_ERROR = 1;
  private static final int INPUT_ERROR = 2;

  @Option(
      names = "--trace",
      scope = ScopeType.INHERIT,
      description = "Print where an error comes from (or set ADVX_TRACE=1).")
  private boolean trace;

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // numbers are written the same way everywhere
    PrintWriter out = writer(FileDescriptor.out);
    PrintWriter err = writer(FileDescriptor.err);
    System.exit(run(out, err, args));
  }

  /** Runs a command line with these streams and returns the exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    Main main = new Main();
    CommandLine line = main.commandLine(out, err);
    int status;
    try {
      status = line.execute(withCommand(args));
    } catch (Error e) {
      status = main.explain(e, err);
    }
    err.flush();
    if (out.checkError() && status == 0) {
      err.println(
          "advx: the results could not be written to standard output: check the disk or the program"
              + " that reads them.");
      err.flush();
      status = INPUT_ERROR;
    }
    return status;
  }

  /** Options without a command are options of the default command. */
  private static String[] withCommand(String... args) {
    List<String> ofMain = List.of("-h", "--help", "-V", "--version");
    if (args.length > 0 && (!args[0].startsWith("-") || ofMain.contains(args[0]))) {
      return args;
    }
    List<String> all = new ArrayList<>(List.of("reproduce"));
    all.addAll(Arrays.asList(args));
    return all.toArray(String[]::new);
  }

  private CommandLine commandLine(PrintWriter out, PrintWriter err) {
    Ansi ansi = Look.ofProcess(false).colour() ? Ansi.ON : Ansi.OFF;
    CommandLine line = new CommandLine(this);
    line.setOut(out)
        .setErr(err)
        .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Integer.class, number("a whole number", Integer::valueOf))
        .registerConverter(Integer.TYPE, number("a whole number", Integer::valueOf))
        .registerConverter(Long.TYPE, number("a whole number", Long::valueOf))
        .registerConverter(Double.class, number("a number", Double::valueOf))
        .registerConverter(Double.TYPE, number("a number", Double::valueOf))
        .setParameterExceptionHandler((e, args) -> refuse(e))
        .setExecutionExceptionHandler((e, command, parsed) -> explain(e, err));
    return line;
  }

  private static <T> ITypeConverter<T> number(String kind, Function<String, T> parse) {
    return text -> {
      try {
        return parse.apply(text.strip());
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'%s' is not %s".formatted(text, kind));
      }
    };
  }

  private static int refuse(CommandLine.ParameterException e) {
    CommandLine command = e.getCommandLine();
    boolean main = command.getParent() == null;
    command
        .getErr()
        .println(
            "advx: %s; see advx %s--help."
                .formatted(complaint(e, main), main ? "" : command.getCommandName() + " "));
    return INPUT_ERROR;
  }

  private static String complaint(CommandLine.ParameterException e, boolean main) {
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().getFirst();
      return unmatched.isUnknownOption()
          ? "the option '%s' is not known".formatted(first)
          : main
              ? "there is no command '%s'".formatted(first)
              : "'%s' is one word too many".formatted(first);
    }
    String said = e.getMessage().strip().replaceAll("\\.$", "").replaceAll("\\s*\\R\\s*", " ");
    return said.substring(0, 1).toLowerCase(Locale.ROOT) + said.substring(1);
  }

  private int explain(Throwable e, PrintWriter err) {
    boolean traced = trace || "1".equals(System.getenv("ADVX_TRACE"));
    boolean initial = e instanceof ExceptionInInitializerError && e.getCause() != null;
    Throwable reason = initial ? e.getCause() : e;
    err.println("advx: " + sentence(reason, traced));
    if (traced) {
      e.printStackTrace(err);
    }
    boolean users = reason instanceof InputException || reason instanceof OutOfMemoryError;
    return users ? INPUT_ERROR : PROGRAM_ERROR;
  }

  private static String sentence(Throwable reason, boolean traced) {
    return switch (reason) {
      case InputException e -> e.getMessage();
      case OutOfMemoryError e ->
          "the memory is used up (%d MB): give Java more, as in java -Xmx4g -jar advx.jar."
              .formatted(Runtime.getRuntime().maxMemory() >> 20);
      default ->
          "internal error: %s%s"
              .formatted(reason, traced ? "" : "; add --trace to see where it comes from.");
    };
  }

  /**
   * In UTF-8, whatever the locale: in containers it is often POSIX, where every ε would become a
   * question mark. Windows names its own encoding.
   */
  private static PrintWriter writer(FileDescriptor descriptor) {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    Charset charset =
        windows ? Charset.forName(System.getProperty("stdout.encoding")) : StandardCharsets.UTF_8;
    return new PrintWriter(new FileOutputStream(descriptor), true, charset);
  }

  /** What {@code --version} prints. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "advx " + Machine.version(),
        "JDK " + Machine.jdk(),
        "numerics " + Numerics.VERSION + " (equal numbers: equal bits)"
      };
    }
  }
}
