package advx.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs command lines for tests: in this JVM, or in one of their own. */
public final class Cli {
  private static final String WARNING = "WARNING: Using incubator modules: jdk.incubator.vector";

  private Cli() {}

  /** What came of a command line. */
  public record Outcome(int status, String out, String err) {
    public Outcome ok() {
      assertEquals(0, status, this::toString);
      return this;
    }

    /** Asserts that one sentence was said, exit code 2, no stack trace; returns the sentence. */
    public String sentence() {
      assertEquals(2, status, this::toString);
      assertFalse(err.contains("at advx."), this::toString);
      List<String> said = err.lines().filter(line -> line.startsWith("advx: ")).toList();
      assertEquals(1, said.size(), this::toString);
      assertEquals(said.getFirst(), err.lines().toList().getLast());
      assertTrue(said.getFirst().endsWith("."), this::toString);
      return said.getFirst();
    }

    /** The word after this one, where it begins a line of the results. */
    public String after(String word) {
      return out.lines()
          .filter(line -> line.startsWith(word + " "))
          .map(line -> line.substring(word.length()).strip().split(" ")[0])
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + word + " in " + this));
    }
  }

  /** Runs in this JVM. */
  public static Outcome run(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = Arrays.stream(args).map(String::valueOf).toArray(String[]::new);
    int status = Main.run(new PrintWriter(out), new PrintWriter(err), words);
    return new Outcome(status, out.toString(), err.toString());
  }

  /** The command that runs these arguments in a JVM of its own. */
  public static List<String> command(Object... args) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    Arrays.stream(args).map(String::valueOf).forEach(command::add);
    return command;
  }

  /** A process whose streams go to files in a folder. */
  public record Forked(Process process, Path out, Path err) {
    public Outcome await() throws IOException, InterruptedException {
      try {
        assertTrue(process.waitFor(300, TimeUnit.SECONDS), "still running after 300 s");
      } finally {
        process.destroyForcibly();
      }
      String errors =
          String.join(
              "\n", Files.readString(err).lines().filter(line -> !line.equals(WARNING)).toList());
      return new Outcome(process.exitValue(), Files.readString(out), errors);
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() throws InterruptedException {
      process.destroyForcibly();
      process.waitFor();
    }
  }

  /** Starts a command whose streams go to new files in this folder. */
  public static Forked start(Path folder, List<String> command) throws IOException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new Forked(process, out, err);
  }
}
