package advx.cli.report;

import advx.cli.result.Digest;
import advx.cli.result.Figure;
import advx.cli.result.Figure.Cell;
import advx.cli.result.Figure.Chart;
import advx.cli.result.Figure.Panel;
import advx.cli.result.Figure.Panels;
import advx.cli.result.Figure.Picture;
import advx.cli.result.Figure.Series;
import advx.cli.result.Figure.Sheet;
import advx.cli.result.Figure.Table;
import advx.cli.result.Figure.Trace;
import advx.cli.result.Figure.TraceImage;
import advx.cli.result.Metric;
import advx.cli.result.Results;
import advx.cli.result.RowResult;
import advx.nn.io.AtomicFile;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code results.json}: everything that a run measured, for other programs and for the report.
 *
 * <p>Curves stand in it; the pictures of a sheet stand in the PNG file that it names, so that it
 * stays small. The fields come in a fixed order. Numbers that JSON does not have are the texts
 * "NaN", "Infinity" and "-Infinity". The schema is in docs/report.md.
 */
public final class ResultsJson {
  private final JsonWriter json;

  private ResultsJson(JsonWriter json) {
    this.json = json;
  }

  /** Writes the file, whole or not at all. */
  public static void write(Path file, Results results) {
    byte[] bytes = text(results).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, out -> out.write(bytes));
  }

  /**
   * Reads the file. The pictures of a sheet are cut out of its PNG file in the shades that it
   * shows; a sheet whose file is gone is left out.
   *
   * @throws advx.engine.InputException if the file is absent, damaged, changed by hand so that its
   *     digest no longer fits, or of another schema
   */
  public static Results read(Path file) {
    return ResultsReader.read(file);
  }

  /** The content of the file. */
  static String text(Results results) {
    var text = new StringWriter();
    try (var json = new JsonWriter(text)) {
      json.setStrictness(Strictness.STRICT);
      json.setHtmlSafe(false);
      json.setIndent("  ");
      new ResultsJson(json).results(results);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }

  private void results(Results r) throws IOException {
    json.beginObject();
    json.name("schema").value(r.schema());
    json.name("version").value(r.version());
    json.name("build").value(r.build());
    json.name("dataset").value(r.dataset());
    json.name("checksum").value(r.checksum());
    json.name("comparable").value(r.comparable());
    json.name("note").value(r.note());
    json.name("profile").value(r.profile());
    json.name("seeds").beginArray();
    for (long seed : r.seeds()) {
      json.value(seed);
    }
    json.endArray();
    json.name("planned").value(r.planned());
    map("machine", r.machine());
    json.name("digest").value(r.digest());
    json.name("rows").beginArray();
    for (RowResult row : r.rows()) {
      row(row);
    }
    json.endArray();
    json.endObject();
  }

  private void row(RowResult row) throws IOException {
    json.beginObject();
    json.name("id").value(row.id());
    json.name("seed").value(row.seed());
    texts("numbers", row.subject().numbers());
    json.name("title").value(row.title());
    json.name("place").value(row.place());
    json.name("claim").value(row.claim());
    json.name("rule").value(row.rule());
    json.name("holds").value(row.holds());
    json.name("comparable").value(row.comparable());
    json.name("verdict").value(row.verdict().text());
    json.name("cause").value(row.cause());
    json.name("skipped").value(row.skipped());
    json.name("metrics").beginArray();
    for (Metric metric : row.metrics()) {
      metric(row, metric);
    }
    json.endArray();
    map("fingerprints", row.fingerprints());
    texts("decisions", row.decisions());
    map("settings", row.settings());
    json.name("command").value(row.command());
    number("seconds", row.seconds());
    json.name("figures").beginArray();
    for (int i = 0; i < row.figures().size(); i++) {
      figure(row.figures().get(i), ResultsFolder.figureFile(row, i));
    }
    json.endArray();
    json.endObject();
  }

  private void metric(RowResult row, Metric m) throws IOException {
    json.beginObject();
    json.name("name").value(m.name());
    json.name("label").value(m.label());
    json.name("unit").value(m.unit());
    json.name("n").value(m.n());
    number("value", m.value());
    json.name("bits").value(Digest.bits(m.value()));
    if (m.interval() == null) {
      json.name("interval").nullValue();
    } else {
      numbers("interval", m.interval().low(), m.interval().high());
    }
    number("paper", m.paper());
    number("tolerance", m.tolerance());
    json.name("reason").value(m.reason());
    boolean judged = row.comparable() && m.compared();
    json.name("matches").value(judged ? Boolean.valueOf(m.matches()) : null);
    json.endObject();
  }

  private void figure(Figure figure, String file) throws IOException {
    json.beginObject();
    json.name("file").value(file);
    json.name("title").value(figure.title());
    switch (figure) {
      case Chart chart -> {
        json.name("kind").value("chart");
        json.name("x").value(chart.xLabel());
        json.name("y").value(chart.yLabel());
        json.name("logY").value(chart.logY());
        json.name("series").beginArray();
        for (Series series : chart.series()) {
          json.beginObject();
          json.name("name").value(series.name());
          numbers("x", series.x());
          numbers("y", series.y());
          json.endObject();
        }
        json.endArray();
      }
      case Panels panels -> panels(panels);
      case Sheet sheet -> {
        json.name("kind").value("sheet");
        json.name("columns").value(sheet.columns());
        json.name("pictures").beginArray();
        for (Picture picture : sheet.pictures()) {
          picture(picture);
        }
        json.endArray();
      }
      case Table table -> {
        json.name("kind").value("table");
        texts("heads", table.heads());
        json.name("rows").beginArray();
        for (List<Cell> row : table.rows()) {
          json.beginArray();
          for (Cell cell : row) {
            cell(cell);
          }
          json.endArray();
        }
        json.endArray();
      }
      case Trace trace -> {
        json.name("kind").value("trace");
        json.name("axis").value(trace.axis());
        numbers("at", trace.at());
        texts("classes", trace.classes());
        json.name("images").beginArray();
        for (TraceImage image : trace.images()) {
          image(image);
        }
        json.endArray();
      }
    }
    json.endObject();
  }

  private void panels(Panels p) throws IOException {
    json.name("kind").value("panels");
    json.name("x").value(p.xLabel());
    json.name("y").value(p.yLabel());
    number("limit", p.limit());
    number("line", p.line());
    json.name("lineName").value(p.lineName());
    texts("classes", p.classes());
    json.name("panels").beginArray();
    for (Panel panel : p.panels()) {
      json.beginObject();
      json.name("caption").value(panel.caption());
      numbers("distances", panel.distances());
      numbers("adjacent", Arrays.stream(panel.classes()).asDoubleStream().toArray());
      json.endObject();
    }
    json.endArray();
  }

  /** A text, or a number with its unit. */
  private void cell(Cell cell) throws IOException {
    if (cell.text() != null) {
      json.value(cell.text());
      return;
    }
    json.beginObject();
    number("value", cell.value());
    json.name("unit").value(cell.unit());
    json.endObject();
  }

  private void image(TraceImage image) throws IOException {
    json.beginObject();
    json.name("caption").value(image.caption());
    json.name("label").value(image.label());
    json.name("pictures").beginArray();
    for (Picture picture : image.pictures()) {
      picture(picture);
    }
    json.endArray();
    json.name("probabilities").beginArray();
    for (double[] p : image.probabilities()) {
      json.jsonValue(literals(p));
    }
    json.endArray();
    json.endObject();
  }

  private void picture(Picture p) throws IOException {
    json.beginObject();
    json.name("caption").value(p.caption());
    numbers("size", p.height(), p.width());
    json.name("colour").value(p.colour());
    json.name("signed").value(p.signed());
    numbers("range", p.low(), p.high());
    json.endObject();
  }

  private void map(String name, Map<String, String> map) throws IOException {
    json.name(name).beginObject();
    for (var entry : map.entrySet()) {
      json.name(entry.getKey()).value(entry.getValue());
    }
    json.endObject();
  }

  private void number(String name, Double value) throws IOException {
    json.name(name).jsonValue(value == null ? "null" : literal(value));
  }

  /** All on one line. */
  private void numbers(String name, double... values) throws IOException {
    json.name(name).jsonValue(literals(values));
  }

  private static String literals(double... values) {
    return Arrays.stream(values)
        .mapToObj(ResultsJson::literal)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private void texts(String name, List<String> texts) throws IOException {
    json.name(name).beginArray();
    for (String text : texts) {
      json.value(text);
    }
    json.endArray();
  }

  /** The shortest text that gives the same bits again. */
  private static String literal(double value) {
    if (!Double.isFinite(value)) {
      return "\"" + value + "\"";
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15 && !isMinusZero(value);
    return whole ? Long.toString((long) value) : Double.toString(value);
  }

  private static boolean isMinusZero(double value) {
    return value == 0 && 1 / value < 0;
  }
}
