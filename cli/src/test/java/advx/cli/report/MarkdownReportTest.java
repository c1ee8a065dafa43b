package advx.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.cli.result.Metric;
import advx.cli.result.RowResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MarkdownReportTest {
  private final String text = MarkdownReport.text(SampleResults.finished());

  @Test
  void holdsRowsDecisionsSweepsAndDigest() {
    for (RowResult row : SampleResults.finished().rows()) {
      assertTrue(text.contains("## " + ResultTable.escaped(row.title())), row.id());
      row.decisions().forEach(d -> assertTrue(text.contains(ResultTable.escaped(d)), d));
      for (Metric m : row.metrics()) {
        assertTrue(text.contains("| " + Numbers.value(m) + " |"), m.name());
      }
    }
    assertTrue(text.contains("| none | 1.21 % | 89.4 % |\n| 0.0025 | 5.41 % | not a number |"));
    assertTrue(text.contains(SampleResults.finished().digest()));
    assertTrue(text.contains("Differs: cause not found."));
  }

  /** Every picture that it shows is a file of the folder, and every file is shown. */
  @Test
  void itsPicturesAreThere(@TempDir Path folder) throws IOException {
    ResultsFolder.write(folder, SampleResults.finished());
    var links = Pattern.compile("!\\[[^]]*]\\(([^)]*)\\)").matcher(text);
    int count = 0;
    while (links.find()) {
      count++;
      assertTrue(Files.exists(folder.resolve(links.group(1))), links.group(1));
    }
    try (var files = Files.list(folder.resolve("figures"))) {
      assertEquals(files.count(), count);
    }
    assertEquals(text, Files.readString(folder.resolve("report.md")));
  }

  @Test
  void everyLineOfATableHasAsManyCells() {
    List<String> lines = text.lines().filter(line -> line.startsWith("| ")).toList();
    assertTrue(lines.size() > 20);
    for (String line : lines) {
      long bars = line.replace("\\|", "").chars().filter(c -> c == '|').count();
      assertTrue(bars == 7 || bars == 4, line);
    }
  }
}
