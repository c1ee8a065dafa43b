package advx.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.nn.io.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every command of the jar that a page shows as one to type, in order, on few images. */
class DocsTest {
  private static final String START = "java -jar cli/target/advx.jar ";
  private static final List<String> PAGES = List.of("docs/cli.md", "docs/nn.md", "README.md");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final String RESULTS = "advx-results";
  private static final List<String> WITHOUT_DATA =
      List.of(
          "--help", "--version", "--list", "doctor", "completion", "--sheet", "report", "--image");

  @Test
  void everyCommandOfTheDocsWorks(@TempDir Path folder) throws IOException {
    Path data = TinyData.write(folder.resolve("data"));
    for (String page : PAGES) {
      List<String> commands = commands(Path.of("..", page));
      assertFalse(commands.isEmpty(), page);
      Path ownFolder = Files.createDirectory(folder.resolve(page.replace('/', '-')));
      Png.grey(ownFolder.resolve("digit.png"), 28, 28, new float[784]);
      for (String command : commands) {
        Cli.run((Object[]) words(command, ownFolder, data)).ok();
      }
    }
    int shown = commands(Path.of("..", PAGES.getFirst())).size();
    assertTrue(shown >= 15, "only " + shown + " commands were found");
  }

  /** The lines of all blocks marked sh. */
  private static List<String> commands(Path page) throws IOException {
    List<String> commands = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith("```")) {
        inside = line.equals("```sh");
      } else if (inside) {
        if (line.startsWith(START)) {
          commands.add(line.substring(START.length()));
        } else {
          assertTrue(line.startsWith("mvn ") || line.startsWith("java -jar bench/"), line);
        }
      }
    }
    return commands;
  }

  /** The words, with files in the test's folder and data of few images. */
  private static String[] words(String command, Path folder, Path data) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command);
    while (word.find()) {
      String text = word.group(1) == null ? word.group(2) : word.group(1);
      boolean file = text.endsWith(".safetensors") || text.endsWith(".png");
      boolean results = text.equals(RESULTS) || text.equals("merged");
      words.add(
          file || results
              ? folder.resolve(text).toString()
              : text.equals("embedded") ? data + "" : text);
    }
    if (words.getFirst().equals("reproduce")) {
      words.addAll(List.of("--out", folder.resolve(RESULTS).toString()));
    }
    boolean needsData =
        !words.equals(List.of("data"))
            && words.stream().noneMatch(WITHOUT_DATA::contains)
            && !words.contains(data.toString());
    if (needsData) {
      words.addAll(List.of("--data", data.toString()));
    }
    return words.toArray(String[]::new);
  }
}
