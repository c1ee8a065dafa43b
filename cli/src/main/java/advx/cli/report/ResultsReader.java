package advx.cli.report;

import advx.cli.result.Digest;
import advx.cli.result.Figure;
import advx.cli.result.Figure.Chart;
import advx.cli.result.Figure.Picture;
import advx.cli.result.Figure.Series;
import advx.cli.result.Figure.Sheet;
import advx.cli.result.Metric;
import advx.cli.result.Results;
import advx.cli.result.RowResult;
import advx.engine.InputException;
import advx.nn.io.FileErrors;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what {@link ResultsJson} wrote. */
final class ResultsReader {
  private final Path file;

  private ResultsReader(Path file) {
    this.file = file;
  }

  static Results read(Path file) {
    var reader = new ResultsReader(file);
    try (var json = new JsonReader(new StringReader(Files.readString(file)))) {
      json.setStrictness(Strictness.STRICT);
      return reader.results(JsonParser.parseReader(json).getAsJsonObject());
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    } catch (JsonParseException e) {
      throw reader.damaged("it is not proper JSON", e);
    } catch (InputException e) {
      throw e;
    } catch (MissingField e) {
      throw reader.damaged("the field " + e.getMessage() + " is missing", e);
    } catch (RuntimeException e) {
      // What gson and the records throw: a field of another type, a name that is not allowed.
      throw reader.damaged("a field has a wrong type or value", e);
    }
  }

  private InputException damaged(String what, Exception cause) {
    return new InputException(
        "Cannot read the results in %s: %s; run again to write the file anew."
            .formatted(file, what),
        cause);
  }

  private Results results(JsonObject o) {
    int schema = field(o, "schema").getAsInt();
    if (schema != Results.SCHEMA) {
      throw new InputException(
          "Cannot read the results in %s: their schema is %s, and this version reads %s; use the version that wrote them."
              .formatted(file, schema, Results.SCHEMA));
    }
    var rows = new ArrayList<RowResult>();
    for (JsonElement row : field(o, "rows").getAsJsonArray()) {
      rows.add(row(row.getAsJsonObject()));
    }
    var results =
        new Results(
            schema,
            text(o, "version"),
            text(o, "dataset"),
            text(o, "checksum"),
            flag(o, "comparable"),
            text(o, "note"),
            field(o, "seed").getAsLong(),
            text(o, "profile"),
            map(o, "machine"),
            rows,
            field(o, "planned").getAsInt());
    if (!results.digest().equals(text(o, "digest"))) {
      throw damaged("its digest does not fit its rows", null);
    }
    return results;
  }

  private RowResult row(JsonObject o) {
    var metrics = new ArrayList<Metric>();
    for (JsonElement metric : field(o, "metrics").getAsJsonArray()) {
      metrics.add(metric(metric.getAsJsonObject()));
    }
    var figures = new ArrayList<Figure>();
    for (JsonElement figure : field(o, "figures").getAsJsonArray()) {
      figure(figure.getAsJsonObject(), figures);
    }
    var decisions = new ArrayList<String>();
    field(o, "decisions").getAsJsonArray().forEach(d -> decisions.add(d.getAsString()));
    return new RowResult(
        text(o, "id"),
        text(o, "title"),
        text(o, "place"),
        text(o, "claim"),
        flag(o, "holds"),
        text(o, "rule"),
        flag(o, "comparable"),
        metrics,
        map(o, "fingerprints"),
        decisions,
        map(o, "settings"),
        figures,
        text(o, "command"),
        field(o, "seconds").getAsDouble());
  }

  private Metric metric(JsonObject o) {
    double value = field(o, "value").getAsDouble();
    if (!Digest.bits(value).equals(text(o, "bits"))) {
      throw damaged("the value and the bits of %s differ".formatted(text(o, "name")), null);
    }
    Metric.Interval interval = null;
    if (!field(o, "interval").isJsonNull()) {
      double[] bounds = numbers(o, "interval");
      interval = new Metric.Interval(bounds[0], bounds[1]);
    }
    return new Metric(
        text(o, "name"),
        text(o, "label"),
        text(o, "unit"),
        field(o, "n").getAsLong(),
        value,
        interval,
        numberOrNull(o, "paper"),
        numberOrNull(o, "tolerance"),
        text(o, "reason"));
  }

  private void figure(JsonObject o, List<Figure> figures) {
    String title = text(o, "title");
    if (text(o, "kind").equals("chart")) {
      var series = new ArrayList<Series>();
      for (JsonElement element : field(o, "series").getAsJsonArray()) {
        JsonObject s = element.getAsJsonObject();
        series.add(new Series(text(s, "name"), numbers(s, "x"), numbers(s, "y")));
      }
      figures.add(new Chart(title, text(o, "x"), text(o, "y"), flag(o, "logY"), series));
      return;
    }
    var likes = new ArrayList<Picture>();
    for (JsonElement element : field(o, "pictures").getAsJsonArray()) {
      likes.add(picture(element.getAsJsonObject()));
    }
    int columns = field(o, "columns").getAsInt();
    Path png = file.resolveSibling(text(o, "file"));
    if (Files.exists(png)) {
      figures.add(new Sheet(title, columns, pixels(png, columns, likes)));
    }
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

  private static List<Picture> pixels(Path png, int columns, List<Picture> likes) {
    try {
      return PngSheet.cut(Png.decode(Files.readAllBytes(png)), columns, likes);
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(
          "Cannot read the pictures in %s: it is %s; delete it to do without them."
              .formatted(png, e.getMessage()),
          e);
    }
  }

  private static JsonElement field(JsonObject o, String name) {
    JsonElement value = o.get(name);
    if (value == null) {
      throw new MissingField(name);
    }
    return value;
  }

  private static String text(JsonObject o, String name) {
    JsonElement value = field(o, name);
    return value.isJsonNull() ? null : value.getAsString();
  }

  private static boolean flag(JsonObject o, String name) {
    return field(o, name).getAsBoolean();
  }

  private static Double numberOrNull(JsonObject o, String name) {
    JsonElement value = field(o, name);
    return value.isJsonNull() ? null : Double.valueOf(value.getAsDouble());
  }

  private static double[] numbers(JsonObject o, String name) {
    JsonArray array = field(o, name).getAsJsonArray();
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).getAsDouble();
    }
    return numbers;
  }

  private static SortedMap<String, String> map(JsonObject o, String name) {
    var map = new TreeMap<String, String>();
    JsonObject entries = field(o, name).getAsJsonObject();
    entries.keySet().forEach(key -> map.put(key, text(entries, key)));
    return map;
  }

  private static final class MissingField extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingField(String name) {
      super(name);
    }
  }
}
