package advx.cli.report;

import advx.cli.result.Figure;
import advx.cli.result.Figure.Chart;
import advx.cli.result.Figure.Sheet;
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
 * results.json        everything measured
 * report.html         the same for people, in one file
 * figures/ROW-N.svg   curves
 * figures/ROW-N.png   sheets of pictures
 * </pre>
 */
public final class ResultsFolder {
  /** The name of the file for programs. */
  public static final String JSON = "results.json";

  /** The name of the file for people. */
  public static final String HTML = "report.html";

  /**
   * Writes all files anew; call it whenever a row has finished. The figures come first, since the
   * other files are made to be read with them.
   */
  public static void write(Path folder, Results results) {
    for (RowResult row : results.rows()) {
      for (int i = 0; i < row.figures().size(); i++) {
        writeIfNew(folder.resolve(figureFile(row, i)), bytes(row.figures().get(i)));
      }
    }
    ResultsJson.write(folder.resolve(JSON), results);
    byte[] html = HtmlReport.html(results).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(folder.resolve(HTML), out -> out.write(html));
  }

  /** The path of a row's figure (from 0) within the folder: {@code figures/maxout-1.svg}. */
  static String figureFile(RowResult row, int index) {
    String type = row.figures().get(index) instanceof Chart ? "svg" : "png";
    return "figures/%s-%s.%s".formatted(row.id(), index + 1, type);
  }

  private static byte[] bytes(Figure figure) {
    return switch (figure) {
      case Chart chart -> SvgChart.file(chart).getBytes(StandardCharsets.UTF_8);
      case Sheet sheet -> PngSheet.encode(sheet);
    };
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
