package advx.engine.op;

import static advx.engine.op.Draws.between;
import static advx.engine.op.OpCase.unary;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.Test;

/** docs/engine.md does what it says: its code runs and prints what stands below it. */
class EngineDocsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\S+)( [^\\n]*)?\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  /** The line that the page shows. */
  private static final OpCase CUBE = unary("Cube", between(-2, 2), Cube::cube, v -> v * v * v);

  private record Block(String kind, String of, String text) {}

  private static List<Block> blocks() throws IOException {
    Matcher found = BLOCK.matcher(Files.readString(ROOT.resolve("docs/engine.md")));
    List<Block> blocks = new ArrayList<>();
    while (found.find()) {
      String of = found.group(2) == null ? "" : found.group(2).strip();
      blocks.add(new Block(found.group(1), of, found.group(3)));
    }
    return blocks;
  }

  @Test
  void codePrintsWhatThePageShows() throws IOException {
    var printed = new ByteArrayOutputStream();
    PrintStream console = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    int compared = 0;
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      shell.addToClasspath(System.getProperty("java.class.path"));
      for (Block block : blocks()) {
        if (block.kind().equals("java") && block.of().isEmpty()) {
          printed.reset();
          run(shell, block.text());
        } else if (block.kind().equals("text")) {
          assertEquals(block.text(), printed.toString(StandardCharsets.UTF_8));
          compared++;
        }
      }
    } finally {
      System.setOut(console);
    }
    assertEquals(4, compared);
  }

  private static void run(JShell shell, String code) {
    String rest = code;
    while (!rest.isBlank()) {
      var next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
      for (SnippetEvent event : shell.eval(next.source())) {
        assertEquals(Snippet.Status.VALID, event.status(), next.source());
        assertEquals(null, event.exception(), next.source());
      }
      rest = next.remaining();
    }
  }

  @Test
  void operationAndItsLineAreRealSources() throws IOException {
    int compared = 0;
    for (Block block : blocks()) {
      String[] of = block.of().split("=", 2);
      switch (of[0]) {
        case "file" -> {
          assertEquals(Files.readString(ROOT.resolve(of[1])), block.text());
          compared++;
        }
        case "line-of" -> {
          assertTrue(Files.readString(ROOT.resolve(of[1])).contains(block.text().strip()));
          compared++;
        }
        default -> assertEquals("", of[0]);
      }
    }
    assertEquals(2, compared);
  }

  @Test
  void theLineTestsTheOperation() {
    for (int n : new int[] {1, 17, 207}) {
      var checks = new OpChecks(CUBE, n);
      checks.value();
      checks.firstDerivative();
      checks.secondDerivative();
      checks.rowsAlone();
    }
  }
}
