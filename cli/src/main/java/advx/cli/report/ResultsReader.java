package advx.cli.report;

import static advx.cli.report.Fields.field;
import static advx.cli.report.Fields.flag;
import static advx.cli.report.Fields.map;
import static advx.cli.report.Fields.numberOrNull;
import static advx.cli.report.Fields.numbers;
import static advx.cli.report.Fields.text;
import static advx.cli.report.Fields.texts;

import advx.cli.result.Digest;
import advx.cli.result.Figure;
import advx.cli.result.Metric;
import advx.cli.result.Results;
import advx.cli.result.RowResult;
import advx.cli.result.Subject;
import advx.engine.InputException;
import advx.nn.io.FileErrors;
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
    } catch (Fields.Missing e) {
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
            text(o, "build"),
            text(o, "dataset"),
            text(o, "checksum"),
            flag(o, "comparable"),
            text(o, "note"),
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
      new FigureReader(file, figure.getAsJsonObject()).read().ifPresent(figures::add);
    }
    return new RowResult(
        new Subject(
            text(o, "id"),
            texts(o, "numbers"),
            text(o, "title"),
            text(o, "place"),
            text(o, "claim")),
        field(o, "seed").getAsLong(),
        flag(o, "holds"),
        text(o, "rule"),
        text(o, "cause"),
        flag(o, "comparable"),
        metrics,
        map(o, "fingerprints"),
        texts(o, "decisions"),
        map(o, "settings"),
        figures,
        text(o, "command"),
        field(o, "seconds").getAsDouble(),
        text(o, "skipped"));
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
}
