package advx.cli.report;

import static advx.cli.report.Fields.field;
import static advx.cli.report.Fields.flag;
import static advx.cli.report.Fields.numbers;
import static advx.cli.report.Fields.text;
import static advx.cli.report.Fields.texts;

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
import advx.engine.InputException;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads one figure of {@code results.json}, and its pictures from the PNG file beside it. */
final class FigureReader {
  private final Path file;
  private final JsonObject o;

  FigureReader(Path file, JsonObject o) {
    this.file = file;
    this.o = o;
  }

  /** The figure; empty if it is of pictures, and their file is gone. */
  Optional<Figure> read() {
    return switch (text(o, "kind")) {
      case "chart" -> Optional.of(chart());
      case "panels" -> Optional.of(panels());
      case "table" -> Optional.of(table());
      case "trace" -> trace();
      case "sheet" -> {
        int columns = field(o, "columns").getAsInt();
        yield pixels(columns, pictures(o)).map(p -> new Sheet(text(o, "title"), columns, p));
      }
      default -> throw new IllegalArgumentException("No kind of figure: " + text(o, "kind"));
    };
  }

  private Chart chart() {
    var series = new ArrayList<Series>();
    for (JsonElement element : field(o, "series").getAsJsonArray()) {
      JsonObject s = element.getAsJsonObject();
      series.add(new Series(text(s, "name"), numbers(s, "x"), numbers(s, "y")));
    }
    return new Chart(text(o, "title"), text(o, "x"), text(o, "y"), flag(o, "logY"), series);
  }

  private Panels panels() {
    var panels = new ArrayList<Panel>();
    for (JsonElement element : field(o, "panels").getAsJsonArray()) {
      JsonObject p = element.getAsJsonObject();
      int[] adjacent = Arrays.stream(numbers(p, "adjacent")).mapToInt(d -> (int) d).toArray();
      panels.add(new Panel(text(p, "caption"), numbers(p, "distances"), adjacent));
    }
    return new Panels(
        text(o, "title"),
        text(o, "x"),
        text(o, "y"),
        field(o, "limit").getAsDouble(),
        field(o, "line").getAsDouble(),
        text(o, "lineName"),
        texts(o, "classes"),
        panels);
  }

  private Table table() {
    var rows = new ArrayList<List<Cell>>();
    for (JsonElement row : field(o, "rows").getAsJsonArray()) {
      var cells = new ArrayList<Cell>();
      row.getAsJsonArray().forEach(cell -> cells.add(cell(cell)));
      rows.add(cells);
    }
    return new Table(text(o, "title"), texts(o, "heads"), rows);
  }

  private static Cell cell(JsonElement cell) {
    if (!cell.isJsonObject()) {
      return Figure.cell(cell.getAsString());
    }
    JsonObject number = cell.getAsJsonObject();
    return new Cell(null, field(number, "value").getAsDouble(), text(number, "unit"));
  }

  private Optional<Figure> trace() {
    double[] at = numbers(o, "at");
    JsonArray images = field(o, "images").getAsJsonArray();
    var likes = new ArrayList<Picture>();
    images.forEach(image -> likes.addAll(pictures(image.getAsJsonObject())));
    return pixels(at.length, likes).map(pictures -> trace(at, images, pictures));
  }

  private Trace trace(double[] at, JsonArray images, List<Picture> pictures) {
    var read = new ArrayList<TraceImage>();
    for (int i = 0; i < images.size(); i++) {
      JsonObject image = images.get(i).getAsJsonObject();
      var probabilities = new ArrayList<double[]>();
      for (JsonElement p : field(image, "probabilities").getAsJsonArray()) {
        probabilities.add(numbers(p.getAsJsonArray()));
      }
      read.add(
          new TraceImage(
              text(image, "caption"),
              field(image, "label").getAsInt(),
              pictures.subList(i * at.length, (i + 1) * at.length),
              probabilities.toArray(double[][]::new)));
    }
    return new Trace(text(o, "title"), text(o, "axis"), at, texts(o, "classes"), read);
  }

  private static List<Picture> pictures(JsonObject o) {
    var likes = new ArrayList<Picture>();
    for (JsonElement element : field(o, "pictures").getAsJsonArray()) {
      likes.add(picture(element.getAsJsonObject()));
    }
    return likes;
  }

  /** A picture whose pixels are still to come. */
  private static Picture picture(JsonObject o) {
    double[] size = numbers(o, "size");
    double[] range = numbers(o, "range");
    int height = (int) size[0];
    int width = (int) size[1];
    float[] none = new float[height * width * (flag(o, "colour") ? 3 : 1)];
    return new Picture(
        text(o, "caption"),
        height,
        width,
        none,
        (float) range[0],
        (float) range[1],
        flag(o, "signed"));
  }

  private Optional<List<Picture>> pixels(int columns, List<Picture> likes) {
    Path png = file.resolveSibling(text(o, "file"));
    if (!Files.exists(png)) {
      return Optional.empty();
    }
    try {
      return Optional.of(PngSheet.cut(Png.decode(Files.readAllBytes(png)), columns, likes));
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(
          "Cannot read the pictures in %s: it is %s; delete it to do without them."
              .formatted(png, e.getMessage()),
          e);
    }
  }
}
