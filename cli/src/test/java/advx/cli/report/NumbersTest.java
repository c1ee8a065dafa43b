package advx.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import advx.cli.result.Metric;
import advx.cli.result.Metric.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0.994, 99.4 %",
    "0.0094, 0.94 %",
    "0.1, 10.0 %",
    "0.0999, 9.99 %",
    "1, 100 %",
    "0, 0 %",
    "0.9999, 99.99 %",
    "0.99996, 99.996 %",
    "0.00001, 0.001 %",
    "NaN, not a number",
    "-0.123, −12.3 %",
    "1.5, 150.0 %",
    "Infinity, infinite"
  })
  void sharesInPercent(double share, String text) {
    assertEquals(text, Numbers.percent(share));
  }

  @ParameterizedTest
  @CsvSource({
    "1.0004, 1.000",
    "0.99997, 1.000",
    "15.6249, 15.62",
    "60000, '60,000'",
    "-1234567, '−1,234,567'",
    "0, 0",
    "-0.0, 0",
    "0.00012, 0.0001200",
    "0.000012, 1.200·10⁻⁵",
    "3e12, 3.000·10¹²",
    "NaN, not a number",
    "-Infinity, minus infinite",
    "9999.96, '10,000'"
  })
  void otherNumbers(double value, String text) {
    assertEquals(text, Numbers.plain(value));
  }

  @Test
  void figuresOfThePaperKeepTheirDigits() {
    assertEquals("87.15 %", Numbers.paper(share(0.8715, 0.05)));
    assertEquals("89.4 %", Numbers.paper(share(89.4 / 100, 0.05)));
    assertEquals("100 %", Numbers.paper(share(1.0, 0.05)));
    assertEquals("0.782 %", Numbers.paper(share(0.00782, null)));
    assertEquals("–", Numbers.paper(share(null, null)));
    assertEquals("1,600", Numbers.paper(new Metric("a", "a", "s", 1, 1, null, 1600.0, null, "")));
  }

  @Test
  void tolerancesOfSharesAreInPoints() {
    assertEquals("±0.3 points", Numbers.tolerance(share(0.5, 0.003)));
    assertEquals("±1 point", Numbers.tolerance(share(0.5, 0.01)));
    assertEquals("–", Numbers.tolerance(share(0.5, null)));
    assertEquals("±0.05", Numbers.tolerance(new Metric("a", "a", "", 1, 1, null, 1.0, 0.05, "")));
  }

  @Test
  void bothEndsOfAnIntervalHaveTheSameDecimals() {
    assertEquals("9.87 – 10.41 %", interval("%", 0.0987, 0.1041));
    assertEquals("0 – 0.04 %", interval("%", 0, 0.0004));
    assertEquals("0.998 – 1.003", interval("", 0.9981, 1.0027));
    assertEquals("0 – 0.5120", interval("", 0, 0.512));
    assertEquals("not a number – 1.500", interval("", Double.NaN, 1.5));
  }

  @ParameterizedTest
  @CsvSource({
    "0.04, 0.0 s",
    "9.94, 9.9 s",
    "9.96, 10 s",
    "59.4, 59 s",
    "59.6, 1 min 00 s",
    "185, 3 min 05 s",
    "7620, 2 h 07 min"
  })
  void times(double seconds, String text) {
    assertEquals(text, Numbers.duration(seconds));
  }

  private static String interval(String unit, double low, double high) {
    var interval = new Interval(low, high);
    return Numbers.interval(new Metric("a", "a", unit, 1, 0.5, interval, null, null, ""));
  }

  private static Metric share(Double paper, Double tolerance) {
    return new Metric("a", "a", "%", 1, 0.5, null, paper, tolerance, "");
  }
}
