package advx.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the main method of a test class in a JVM of its own, with the vectors it is to have: what is
 * computed there must not depend on them.
 */
public final class Forks {
  private static final int SECONDS = 240;

  /** The vectors of a JVM, and the lanes of floats that this makes. */
  public enum Vectors {
    /** Without the module: the classes of the vector API are not there at all. */
    NO_MODULE(1),
    NONE(1, "-Dadvx.vector=none"),
    BITS_128(4, "-Dadvx.vector=128"),
    BITS_256(8, "-Dadvx.vector=256"),
    BITS_512(16, "-Dadvx.vector=512");

    private final int lanes;
    private final String option;

    Vectors(int lanes) {
      this.lanes = lanes;
      this.option = null;
    }

    Vectors(int lanes, String option) {
      this.lanes = lanes;
      this.option = option;
    }

    public int lanes() {
      return lanes;
    }

    private List<String> options() {
      return option == null ? List.of() : List.of("--add-modules", "jdk.incubator.vector", option);
    }
  }

  /** What a fork printed, line by line, standard output apart from errors. */
  public record Output(Vectors vectors, List<String> lines, List<String> errors) {
    /** The rest of the one line that begins with {@code key=}. */
    public String value(String key) {
      List<String> found = lines.stream().filter(line -> line.startsWith(key + "=")).toList();
      assertEquals(1, found.size(), () -> vectors + ": lines with " + key + "= among " + lines);
      return found.getFirst().substring(key.length() + 1);
    }
  }

  private Forks() {}

  /**
   * Runs {@code main} with the class path of this JVM; fails unless it ends with 0 within {@value
   * #SECONDS} seconds.
   *
   * @param options further options of the JVM
   */
  public static Output run(
      Class<?> main, Vectors vectors, List<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(vectors.options());
    command.add("-Xmx1g");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    try {
      return run(vectors, command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public static Output run(Class<?> main, Vectors vectors, String... arguments) {
    return run(main, vectors, List.of(), arguments);
  }

  private static Output run(Vectors vectors, List<String> command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("fork", ".out");
    Path err = Files.createTempFile("fork", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      var output = new Output(vectors, Files.readAllLines(out), Files.readAllLines(err));
      if (!ended || process.exitValue() != 0) {
        fail(
            "%s %s: %s%n%s%n%s"
                .formatted(
                    vectors,
                    command,
                    ended ? "exit code " + process.exitValue() : "not done in time",
                    String.join("\n", output.lines()),
                    String.join("\n", output.errors())));
      }
      return output;
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
