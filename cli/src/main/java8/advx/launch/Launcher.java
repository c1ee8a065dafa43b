package advx.launch;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.JarURLConnection;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The entry class of both jars: finds a fitting JDK and starts the program there, once.
 *
 * <p>No entry of a manifest adds an incubating module, so {@code java -jar advx.jar} cannot run the
 * kernels itself, whatever Java it is; and since it has to start a second JVM anyway, that one may
 * as well come from a newer JDK than the {@code java} on the user's PATH. This class therefore
 * speaks Java 8 and touches nothing of the program.
 *
 * <p>The main class is the manifest's {@code Advx-Main}, by default {@code advx.cli.Main}. Exit
 * code: the program's; 2, after one sentence, if it cannot be started.
 */
public final class Launcher {
  /** System property of the started JVM: the launcher's process id. Its presence marks a child. */
  static final String PARENT = "advx.parent";

  private static final String MODULE_OPTION = "--add-modules=jdk.incubator.vector";

  /** Arrays of some megabytes are read and written about a fourteenth faster. */
  private static final String HUGE_PAGES = "-XX:+UseTransparentHugePages";

  private static final String DEFAULT_MAIN = "advx.cli.Main";

  /** Long enough to finish a checkpoint; after it a worker that does not end is killed. */
  private static final long ORDERLY_END_SECONDS = 20;

  /** What the worker's stderr still holds when it ends arrives at once, if nobody else writes. */
  private static final long LAST_WORDS_MILLIS = 2000;

  public static void main(String[] args) {
    int status;
    try {
      if (System.getProperty(PARENT) != null) {
        throw new LaunchException(
            "the launcher was started by a launcher; name the program's own main class instead.");
      }
      status = supervise(start(args));
    } catch (LaunchException e) {
      System.err.println("advx: " + e.getMessage());
      status = 2;
    }
    System.exit(status);
  }

  private static Process start(String[] args) throws LaunchException {
    List<String> command = new ArrayList<String>();
    Path java = Jdks.ofThisMachine().find();
    command.add(java.toString());
    if (hugePagesOnRequest()) {
      command.add(HUGE_PAGES);
    }
    command.addAll(jvmOptions(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    command.add(MODULE_OPTION);
    command.add("-D" + PARENT + "=" + processId());
    command.add("-Dadvx.stdout.terminal=" + isTerminal(1));
    command.add("-Dadvx.stderr.terminal=" + isTerminal(2));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("advx.launch.ChildMain");
    command.add(mainClass());
    command.addAll(Arrays.asList(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectInput(ProcessBuilder.Redirect.INHERIT);
    builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
    // The options in these variables are among the input arguments; read once more they would bring
    // the agents back.
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("_JAVA_OPTIONS");
    if (!"1.8".equals(System.getProperty("java.specification.version"))) {
      builder.environment().remove("JDK_JAVA_OPTIONS"); // Java 8 does not read it
    }
    try {
      return builder.start();
    } catch (IOException e) {
      throw new LaunchException(java + " could not be started: " + e.getMessage() + ".");
    }
  }

  /**
   * The user's own JVM options as the worker gets them: all but agents and the debugger, which have
   * their port or file open in this JVM already, and the module option, which is added anyway.
   */
  static List<String> jvmOptions(List<String> options) {
    List<String> kept = new ArrayList<String>();
    for (String option : options) {
      boolean agent =
          option.startsWith("-javaagent:")
              || option.startsWith("-agentlib:")
              || option.startsWith("-agentpath:")
              || option.startsWith("-Xrun")
              || option.startsWith("-Dcom.sun.management.jmxremote")
              || option.equals("-Xdebug");
      if (!agent && !option.equals(MODULE_OPTION)) {
        kept.add(option);
      }
    }
    return kept;
  }

  /** Only Linux knows the option; a JVM that asks in vain says so on the program's stdout. */
  private static boolean hugePagesOnRequest() {
    try {
      Path choice = Paths.get("/sys/kernel/mm/transparent_hugepage/enabled");
      return new String(Files.readAllBytes(choice), StandardCharsets.US_ASCII)
          .contains("[madvise]");
    } catch (IOException e) {
      return false;
    }
  }

  private static int supervise(final Process worker) {
    final Thread pump = new Thread(() -> passErrors(worker), "advx-stderr");
    pump.setDaemon(true);
    pump.start();
    // On Ctrl-C a terminal signals both processes; on SIGTERM it is for this one to pass it on. The
    // second signal does no harm to a JVM that is ending already.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(worker, pump), "advx-end"));
    try {
      int status = worker.waitFor();
      pump.join(LAST_WORDS_MILLIS);
      return status;
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts the main thread", e);
    }
  }

  private static void end(Process worker, Thread pump) {
    try {
      terminate(worker);
      if (!worker.waitFor(ORDERLY_END_SECONDS, TimeUnit.SECONDS)) {
        worker.destroyForcibly();
      }
      pump.join(LAST_WORDS_MILLIS);
    } catch (InterruptedException e) {
      worker.destroyForcibly();
    }
  }

  /**
   * Sends SIGTERM. {@code Process.destroy} also closes our end of the worker's stderr, and with it
   * what the worker still has to say; the handle, which Java 8 does not have, leaves it open.
   */
  private static void terminate(Process worker) {
    try {
      Object handle = Process.class.getMethod("toHandle").invoke(worker);
      Class.forName("java.lang.ProcessHandle").getMethod("destroy").invoke(handle);
    } catch (ReflectiveOperationException e) {
      worker.destroy();
    }
  }

  private static void passErrors(Process worker) {
    WarningFilter filter = new WarningFilter(new FileOutputStream(FileDescriptor.err));
    byte[] chunk = new byte[8192];
    try (InputStream errors = worker.getErrorStream()) {
      for (int n = errors.read(chunk); n >= 0; n = errors.read(chunk)) {
        filter.write(chunk, 0, n);
      }
      filter.finish();
    } catch (IOException e) {
      // Our stderr is gone, or the worker is: closing the pipe tells the worker, and there is
      // nobody
      // left to tell here.
      return;
    }
  }

  private static String mainClass() throws LaunchException {
    try {
      URLConnection self = Launcher.class.getResource("Launcher.class").openConnection();
      if (self instanceof JarURLConnection) {
        String name = ((JarURLConnection) self).getMainAttributes().getValue("Advx-Main");
        if (name != null) {
          return name;
        }
      }
      return DEFAULT_MAIN;
    } catch (IOException e) {
      throw new LaunchException("the program's own jar cannot be read: " + e.getMessage() + ".");
    }
  }

  /** The name of a HotSpot JVM is {@code pid@host}; Java 8 has no better way. */
  private static String processId() {
    String name = ManagementFactory.getRuntimeMXBean().getName();
    return name.substring(0, name.indexOf('@'));
  }

  private static boolean isTerminal(int descriptor) {
    try {
      String file = Files.readSymbolicLink(Paths.get("/proc/self/fd/" + descriptor)).toString();
      return file.startsWith("/dev/pts/")
          || file.startsWith("/dev/tty")
          || file.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      return hasConsole(); // not Linux: one answer for both streams
    }
  }

  private static boolean hasConsole() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // Since Java 22 there is a console without a terminal, too.
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  private Launcher() {}
}
