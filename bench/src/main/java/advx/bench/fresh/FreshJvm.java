package advx.bench.fresh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own that has warmed all kernels up and times those it is asked for. */
final class FreshJvm implements AutoCloseable {
  /**
   * Where arrays begin makes short kernels up to a third faster or slower, by no decision of the
   * compiler: in these JVMs they all begin at the same place of a cache line.
   */
  private static final String ALIGNED = "-XX:ObjectAlignmentInBytes=64";

  /** Enough for all kernels; left alone, each of the JVMs would let gigabytes of garbage lie. */
  private static final String HEAP = "-Xmx640m";

  /** Takes what a JVM says of one kernel. */
  interface Times {
    void add(String name, double nanos, double peak);
  }

  private final Process process;
  private final Thread end;
  private final Writer requests;
  private final BufferedReader answers;

  /** With the options of this JVM, its errors where ours go. */
  FreshJvm(List<String> shapes, int threads) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add(ALIGNED);
    command.add(HEAP);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(FreshMain.class.getName());
    command.add(Integer.toString(threads));
    command.addAll(shapes);
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    end = new Thread(process::destroy, "fresh-end");
    Runtime.getRuntime().addShutdownHook(end);
    requests = process.outputWriter(UTF_8);
    answers = process.inputReader(UTF_8);
  }

  /** Times these and passes on what comes. */
  void time(List<String> shapes, Times times) {
    try {
      requests.write(String.join(" ", shapes) + "\n");
      requests.flush();
      for (String line = answers.readLine(); ; line = answers.readLine()) {
        if (line == null) {
          throw new IllegalStateException("a JVM ended before it had timed its kernels");
        }
        if (line.equals(FreshMain.DONE)) {
          return;
        }
        String[] words = line.split(" ", -1);
        if (words.length == 4 && words[0].equals(FreshMain.TIMED)) {
          times.add(words[1], Double.parseDouble(words[2]), Double.parseDouble(words[3]));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    Runtime.getRuntime().removeShutdownHook(end);
  }
}
