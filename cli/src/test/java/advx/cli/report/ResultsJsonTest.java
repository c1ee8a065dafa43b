package advx.cli.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.cli.result.Metric;
import advx.cli.result.Results;
import advx.engine.InputException;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResultsJsonTest {
  @TempDir private Path folder;

  @Test
  void holdsWhatOtherProgramsNeed() {
    JsonObject o = parse(ResultsJson.text(SampleResults.finished()));
    assertEquals(2, o.get("schema").getAsInt());
    assertEquals("MNIST", o.get("dataset").getAsString());
    assertEquals(20150320L, o.getAsJsonArray("seeds").get(0).getAsLong());
    assertEquals(SampleResults.finished().digest(), o.get("digest").getAsString());
    JsonObject maxout = o.getAsJsonArray("rows").get(3).getAsJsonObject();
    assertEquals("maxout", maxout.get("id").getAsString());
    assertEquals("holds", maxout.get("verdict").getAsString());
    JsonObject fgsm = maxout.getAsJsonArray("metrics").get(1).getAsJsonObject();
    assertEquals("3fec63f141205bc0", fgsm.get("bits").getAsString());
    assertEquals(0.8872, fgsm.get("value").getAsDouble());
    assertEquals(0.894, fgsm.get("paper").getAsDouble());
    assertTrue(fgsm.get("matches").getAsBoolean());
    assertEquals(2, fgsm.getAsJsonArray("interval").size());
  }

  @Test
  void otherDataHaveNoMatches() {
    String text = ResultsJson.text(SampleResults.otherData());
    assertFalse(text.contains("\"matches\": true"));
    assertFalse(text.contains("\"verdict\": \"matches\""));
    assertTrue(text.contains("\"verdict\": \"not comparable\""));
  }

  @Test
  void theSameResultsGiveTheSameText() {
    assertEquals(
        ResultsJson.text(SampleResults.finished()), ResultsJson.text(SampleResults.finished()));
  }

  @Test
  void whatIsReadGivesTheSameFilesAgain() throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    ResultsFolder.write(first, SampleResults.finished());
    ResultsFolder.write(second, ResultsJson.read(first.resolve("results.json")));

    List<Path> files;
    try (var walk = Files.walk(first)) {
      files = walk.filter(Files::isRegularFile).map(first::relativize).toList();
    }
    assertEquals(16, files.size(), files::toString);
    for (Path file : files) {
      assertArrayEquals(
          Files.readAllBytes(first.resolve(file)),
          Files.readAllBytes(second.resolve(file)),
          file::toString);
    }
  }

  @Test
  void seedsCausesAndSkippedRowsComeBack() {
    Path file = folder.resolve("results.json");
    ResultsJson.write(file, SampleResults.seeds());
    Results back = ResultsJson.read(file);
    for (int i = 0; i < back.rows().size(); i++) {
      assertEquals(SampleResults.seeds().rows().get(i).seed(), back.rows().get(i).seed());
      assertEquals(SampleResults.seeds().rows().get(i).cause(), back.rows().get(i).cause());
      assertEquals(SampleResults.seeds().rows().get(i).skipped(), back.rows().get(i).skipped());
    }
    assertEquals(SampleResults.seeds().digest(), back.digest());
  }

  @Test
  void numbersThatJsonLacksComeBack() {
    var interval = new Metric.Interval(Double.NEGATIVE_INFINITY, Double.NaN);
    Metric m = new Metric("x", "x", "", 5, Double.NaN, interval, 5e-324, null, null);
    Results back = roundTrip(m);
    Metric read = back.rows().getFirst().metrics().getFirst();
    assertTrue(Double.isNaN(read.value()));
    assertEquals(interval, read.interval());
    assertEquals(5e-324, read.paper());
    assertEquals(m, read);
  }

  @Test
  void aSheetWhoseFileIsGoneIsLeftOut() throws IOException {
    ResultsFolder.write(folder, SampleResults.finished());
    Files.delete(folder.resolve("figures/maxout-20150320-3.png"));
    Results back = ResultsJson.read(folder.resolve("results.json"));
    assertEquals(6, back.rows().get(3).figures().size());
    assertEquals(SampleResults.finished().digest(), back.digest());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"schema\": 2         | \"schema\": 1     | schema is 1",
        "\"value\": 0.8872     | \"value\": 0.8873 | value and the bits",
        "\"digest\": \"        | \"digest\": \"0   | digest does not fit",
        "\"planned\"           | \"plan\"          | field planned is missing",
        "\"planned\": 6        | \"planned\": []   | wrong type",
        "\"rows\": [           | \"rows\": [[      | not proper JSON",
        "\"id\": \"growth\"    | \"id\": \"a/b\"   | wrong type or value"
      })
  void aChangedFileIsRefusedInASentence(String from, String to, String because) throws IOException {
    String text = ResultsJson.text(SampleResults.finished());
    assertTrue(text.contains(from));
    Path file = folder.resolve("results.json");
    Files.writeString(file, text.replace(from, to));
    var e = assertThrows(InputException.class, () -> ResultsJson.read(file));
    assertTrue(e.getMessage().contains(because), e.getMessage());
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
  }

  @Test
  void anAbsentOrEmptyFileAndABrokenPictureAreRefusedInASentence() throws IOException {
    Path file = folder.resolve("results.json");
    assertThrows(InputException.class, () -> ResultsJson.read(file));
    Files.writeString(file, "");
    assertThrows(InputException.class, () -> ResultsJson.read(file));
    ResultsFolder.write(folder, SampleResults.finished());
    Files.writeString(folder.resolve("figures/maxout-20150320-3.png"), "no picture");
    var e = assertThrows(InputException.class, () -> ResultsJson.read(file));
    assertTrue(
        e.getMessage().contains("maxout-20150320-3.png: it is no PNG picture"), e.getMessage());
  }

  private Results roundTrip(Metric metric) {
    Path file = folder.resolve("results.json");
    ResultsJson.write(
        file,
        SampleResults.with(
            List.of(
                SampleResults.row(
                    "row",
                    "t",
                    "p",
                    "c",
                    true,
                    "r",
                    true,
                    List.of(metric),
                    List.of(),
                    List.of(),
                    1))));
    return ResultsJson.read(file);
  }

  private static JsonObject parse(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }
}
