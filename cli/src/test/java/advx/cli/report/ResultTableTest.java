package advx.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.cli.report.ResultTable.Style;
import advx.cli.result.Metric;
import advx.cli.result.Results;
import advx.cli.result.RowResult;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResultTableTest {
  private static final Pattern SUCCESS = Pattern.compile("\\b(yes|match(es)?|holds?)\\b");

  @Test
  void showsPaperAndMeasurement() {
    Metric m =
        SampleResults.rate("fgsm-error", "FGSM error, ε 0.25", 0.872, 10000, 0.894, 0.05, "");
    Results one = SampleResults.with(List.of(row(m)));
    assertEquals(
        """
                             │  paper │   here │ 95 % interval │ claim  │ figure
                             │        │        │               │ holds? │ matches?
        ─────────────────────┼────────┼────────┼───────────────┼────────┼─────────
        title                │        │        │               │ yes    │
          FGSM error, ε 0.25 │ 89.4 % │ 87.2 % │ 86.5 – 87.9 % │        │ yes
        """,
        text(one, Style.PLAIN).lines().limit(5).map(l -> l + "\n").reduce("", String::concat));
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 100, 120})
  void fitsItsColumns(int columns) {
    for (Results results :
        List.of(SampleResults.finished(), SampleResults.otherData(), SampleResults.seeds())) {
      for (boolean unicode : List.of(true, false)) {
        text(results, new Style(columns, unicode, false))
            .lines()
            .forEach(
                line -> assertTrue(line.codePointCount(0, line.length()) <= columns, () -> line));
      }
    }
  }

  @Test
  void plainAsciiIsAscii() {
    String text = text(SampleResults.otherData(), new Style(100, false, false));
    assertTrue(text.chars().allMatch(c -> c == '\n' || (c >= 32 && c < 127)), text);
    assertTrue(text.contains("FGSM error, eps 0.25"), text);
  }

  @Test
  void otherDataNeverMatch() {
    String text = text(SampleResults.otherData(), new Style(100, true, true));
    String body = text.lines().skip(3).reduce("", (a, b) -> a + b + "\n");
    assertFalse(SUCCESS.matcher(body).find(), body);
    assertEquals(6, Pattern.compile("not comparable").matcher(body).results().count());
    assertTrue(body.contains("Not comparable: No MNIST was found"), body);

    String markdown = ResultTable.markdown(SampleResults.otherData());
    String rows = markdown.lines().skip(1).reduce("", (a, b) -> a + b + "\n");
    assertFalse(SUCCESS.matcher(rows).find(), rows);
  }

  @Test
  void nanIsNotANumberAndNoSuccess() {
    Metric m = SampleResults.rate("error", "error", Double.NaN, 100, 0.5, 0.5, "");
    String body =
        text(SampleResults.with(List.of(row(m))), Style.PLAIN)
            .lines()
            .skip(3)
            .reduce("", (a, b) -> a + b + "\n");
    assertTrue(body.contains("not a number"), body);
    assertFalse(SUCCESS.matcher(body).find(), body);
    assertEquals(2, Pattern.compile("\\bno\\b").matcher(body).results().count(), body);
  }

  @Test
  void coloursOnlyWhenAsked() {
    assertFalse(text(SampleResults.finished(), Style.PLAIN).contains("\033"));
    String coloured = text(SampleResults.finished(), new Style(100, true, true));
    assertTrue(coloured.contains("\033[32myes\033[0m"));
    assertEquals(
        text(SampleResults.finished(), Style.PLAIN), coloured.replaceAll("\033\\[\\d+m", ""));
  }

  @Test
  void saysHowFarTheRunIs() {
    assertTrue(text(SampleResults.running(), Style.PLAIN).contains("4 of 6 rows have finished."));
    assertFalse(text(SampleResults.finished(), Style.PLAIN).contains("have finished"));
  }

  @Test
  void seedsSkippedRowsAndCausesStandInIt() {
    String text = text(SampleResults.seeds(), new Style(120, true, false));
    assertTrue(text.lines().anyMatch(l -> l.contains("89.7 %") && l.contains("FGSM")), text);
    assertTrue(
        text.lines().anyMatch(l -> l.contains("3 seeds") && l.contains("86.0 – 92.0 %")), text);
    assertTrue(text.contains("skipped: CIFAR-10 is not"), text);
    assertTrue(text.contains("differs: The networks"), text);
    assertTrue(text(SampleResults.finished(), Style.PLAIN).contains("differs: cause not found"));
  }

  @Test
  void oneRowAloneIsTheSameLines() {
    RowResult row = SampleResults.finished().rows().getFirst();
    String alone = ResultTable.row(row, Style.PLAIN);
    String first = alone.lines().findFirst().orElseThrow();
    assertTrue(first.startsWith(row.title()) && first.contains("│ yes"), alone);
    assertEquals(1 + row.metrics().size(), alone.lines().count());
  }

  @Test
  void markdownEscapesWhatWouldBreakIt() {
    Metric m = SampleResults.rate("error", "a|b_c", 0.5, 100, null, null, "");
    String markdown = ResultTable.markdown(SampleResults.with(List.of(row(m))));
    assertTrue(markdown.contains("| a\\|b\\_c | – | 50.0 % |"), markdown);
  }

  @Test
  void longWordsAreCut() {
    assertEquals(List.of("ab", "abcd", "ef g"), ResultTable.wrap("ab abcdef g", 4));
  }

  private static String text(Results results, Style style) {
    return ResultTable.text(results, style);
  }

  private static RowResult row(Metric metric) {
    return SampleResults.row(
        "row",
        "title",
        "place",
        "claim",
        true,
        "rule",
        true,
        List.of(metric),
        List.of(),
        List.of(),
        1);
  }
}
