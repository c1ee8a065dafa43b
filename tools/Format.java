import com.google.googlejavaformat.java.GoogleJavaFormatToolProvider;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs google-java-format over all Java files of the project: {@code check ROOT} names those that
 * are not formatted and fails, {@code apply ROOT} rewrites them. The build starts it as a source
 * file in the JDK 25 it has selected, because the formatter needs a newer Java than Maven does.
 */
public final class Format {
  private static final PrintWriter ERR = new PrintWriter(System.err, true);

  public static void main(String[] args) throws IOException {
    List<String> sources = sources(Path.of(args[1]));
    if (args[0].equals("apply")) {
      format(List.of("--replace"), sources);
      format(List.of("--replace"), sources); // a long string may need a second pass
    } else if (format(List.of("--dry-run", "--set-exit-if-changed"), sources) != 0) {
      ERR.println("The files above are not formatted, or do not parse.");
      System.exit(1);
    }
  }

  private static int format(List<String> options, List<String> sources) {
    var command = new ArrayList<>(options);
    command.addAll(sources);
    return new GoogleJavaFormatToolProvider().run(ERR, ERR, command.toArray(String[]::new));
  }

  private static List<String> sources(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !isBuilt(root.relativize(file)))
          .map(Path::toString)
          .sorted()
          .toList();
    }
  }

  private static boolean isBuilt(Path file) {
    for (Path part : file) {
      if (part.toString().equals("target")) {
        return true;
      }
    }
    return false;
  }

  private Format() {}
}
