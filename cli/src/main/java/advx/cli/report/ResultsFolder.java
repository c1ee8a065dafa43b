package advx.cli.report;

import advx.cli.result.Figure;
import advx.cli.result.Figure.Chart;
import advx.cli.result.Figure.Panels;
import advx.cli.result.Figure.Sheet;
import advx.cli.result.Figure.Table;
import advx.cli.result.Figure.Trace;
import advx.cli.result.Results;
import advx.cli.result.RowResult;
import advx.nn.io.AtomicFile;
import advx.nn.io.FileErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The files of a run. Each is written whole or not at all, so that the folder can be read at any
 * time, also while the run goes on.
 *
 * <pre>
 * results.json             everything measured
 * report.html              the same for people, in one file
 * report.md                the same as Markdown
 * figures/ROW-SEED-N.svg   curves, panels
 * figures/ROW-SEED-N.png   sheets of pictures, traces
 * </pre>
 */
public final class ResultsFolder {
  /** The name of the file for programs. */
  public static final String JSON = "results.json";

  /** The name of the file for people. */
  public static final String HTML = "report.html";

  /** The same as Markdown. */
  public static final String MARKDOWN = "report.md";

  /**
   * Writes all files anew; call it whenever a row has finished. The figures come first, since the
   * other files are made to be read with them.
   */
  public static void write(Path folder, Results results) {
    for (RowResult row : results.rows()) {
      for (int i = 0; i < row.figures().size(); i++) {
        String file = figureFile(row, i);
        if (file != null) {
          writeIfNew(folder.resolve(file), bytes(row.figures().get(i)));
        }
      }
    }
    ResultsJson.write(folder.resolve(JSON), results);
    byte[] html = HtmlReport.html(results).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(folder.resolve(HTML), out -> out.write(html));
    byte[] markdown = MarkdownReport.text(results).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(folder.resolve(MARKDOWN), out -> out.write(markdown));
  }

  /**
   * The path of a row's figure (from 0) within the folder, {@code figures/maxout-1-2.svg} for the
   * second of seed 1; null for a table, which is no picture.
   */
  static String figureFile(RowResult row, int index) {
    String type =
        switch (row.figures().get(index)) {
          case Chart chart -> "svg";
          case Panels panels -> "svg";
          case Sheet sheet -> "png";
          case Trace trace -> "png";
          case Table table -> null;
        };
    return type == null
        ? null
        : "figures/%s-%s-%s.%s".formatted(row.id(), row.seed(), index + 1, type);
  }

  private static byte[] bytes(Figure figure) {
    return switch (figure) {
      case Chart chart -> SvgChart.file(chart).getBytes(StandardCharsets.UTF_8);
      case Panels panels -> SvgPanels.file(panels).getBytes(StandardCharsets.UTF_8);
      case Sheet sheet -> PngSheet.encode(sheet);
      case Trace trace -> PngSheet.encode(strip(trace));
      case Table table -> throw new IllegalArgumentException("A table is no picture");
    };
  }

  /** A trace as pictures side by side: a line an image, a column a value. */
  static Sheet strip(Trace trace) {
    return new Sheet(
        trace.title(),
        trace.at().length,
        trace.images().stream().flatMap(image -> image.pictures().stream()).toList());
  }

  /** Forcing a file to the disk takes long; the figures of earlier rows are there already. */
  private static void writeIfNew(Path file, byte[] bytes) {
    try {
      if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
        return;
      }
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
    AtomicFile.write(file, out -> out.write(bytes));
  }

  private ResultsFolder() {}
}
