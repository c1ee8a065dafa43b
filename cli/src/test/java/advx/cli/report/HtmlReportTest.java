package advx.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.cli.result.Figure;
import advx.cli.result.Figure.Picture;
import advx.cli.result.Figure.Sheet;
import advx.cli.result.Metric;
import advx.cli.result.Results;
import advx.cli.result.RowResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

final class HtmlReportTest {
  private final String html = HtmlReport.html(SampleResults.finished());

  @Test
  void holdsEverythingThatWasMeasuredAndDecided() {
    Results results = SampleResults.finished();
    for (RowResult row : results.rows()) {
      contains(row.title());
      contains(row.place());
      contains(row.claim());
      contains(row.rule());
      row.decisions().forEach(this::contains);
      row.settings().forEach((name, value) -> contains(value));
      row.fingerprints().values().forEach(this::contains);
      assertTrue(html.replaceAll("</?span>", "").contains(Markup.escape(row.command())));
      for (Metric m : row.metrics()) {
        contains(Numbers.label(m));
        contains(">" + Numbers.value(m) + "<");
        contains(">" + Numbers.paper(m) + "<");
        contains(">" + Numbers.interval(m) + "<");
        contains(">" + Numbers.tolerance(m) + "<");
        contains(m.compared() ? m.reason() : "");
      }
      for (Figure figure : row.figures()) {
        contains(figure.title());
      }
    }
    results.machine().forEach((name, value) -> contains(value));
    contains(results.digest());
    contains(results.checksum());
    contains(Long.toString(results.seeds().getFirst()));
  }

  @Test
  void isWellFormed() throws Exception {
    for (Results results :
        List.of(
            SampleResults.finished(),
            SampleResults.otherData(),
            SampleResults.running(),
            SampleResults.seeds())) {
      var document = SvgChartTest.parse(asXml(HtmlReport.html(results)));
      var ids = new TreeSet<String>();
      var all = document.getElementsByTagName("*");
      for (int i = 0; i < all.getLength(); i++) {
        String id = ((Element) all.item(i)).getAttribute("id");
        assertTrue(id.isEmpty() || ids.add(id), () -> "two elements are called " + id);
      }
      var links = document.getElementsByTagName("a");
      assertEquals(results.averaged().size(), links.getLength());
      for (int i = 0; i < links.getLength(); i++) {
        assertTrue(ids.contains(((Element) links.item(i)).getAttribute("href").substring(1)));
      }
    }
  }

  @Test
  void needsNothingButItself() {
    String namespace = "xmlns=\"http://www.w3.org/2000/svg\"";
    assertFalse(html.replace(namespace, "").contains("http://"));
    assertFalse(html.contains("https://"));
    assertFalse(html.contains("<link"));
    assertFalse(Pattern.compile("url\\(|@import|fetch\\(|localStorage").matcher(html).find());
    var sources = Pattern.compile("\\ssrc=\"([^\"]{0,30})").matcher(html);
    while (sources.find()) {
      assertTrue(sources.group(1).startsWith("data:image/png;base64,"), sources.group());
    }
  }

  @Test
  void everyPictureHasATextAndEveryColumnAHeader() throws Exception {
    var document = SvgChartTest.parse(asXml(html));
    var images = document.getElementsByTagName("img");
    assertEquals(168, images.getLength());
    for (int i = 0; i < images.getLength(); i++) {
      assertFalse(((Element) images.item(i)).getAttribute("alt").isBlank());
    }
    var drawings = document.getElementsByTagName("svg");
    for (int i = 0; i < drawings.getLength(); i++) {
      assertEquals("img", ((Element) drawings.item(i)).getAttribute("role"));
      assertFalse(((Element) drawings.item(i)).getAttribute("aria-label").isBlank());
    }
    var headers = document.getElementsByTagName("th");
    for (int i = 0; i < headers.getLength(); i++) {
      assertFalse(((Element) headers.item(i)).getAttribute("scope").isBlank());
    }
  }

  @Test
  void otherDataNeverMatch() {
    String other = HtmlReport.html(SampleResults.otherData());
    assertTrue(other.contains("Not comparable with the paper."));
    assertTrue(other.contains("digits that the program draws itself"));
    String body = other.substring(other.indexOf("</thead>"));
    assertFalse(body.contains("answer good"));
    assertFalse(body.contains("badge good"));
    assertFalse(body.contains("badge fair"));
    assertFalse(Pattern.compile(">(yes|matches|holds|\\d+ match)").matcher(body).find());
    assertFalse(body.contains("class=\"bar\""));
  }

  @Test
  void nanIsNotANumberAndNoSuccess() {
    Metric m = SampleResults.rate("error", "error", Double.NaN, 100, 0.5, 0.5, "");
    String page = page(List.of(m), List.of());
    String body = page.substring(page.indexOf("</thead>"));
    assertTrue(body.contains("not a number"));
    assertFalse(body.contains("answer good"));
    assertFalse(body.contains("badge good"));
    assertFalse(body.contains("NaN"));
    assertTrue(body.contains("The claim does not hold here: a measured value is not a number."));
  }

  @Test
  void seedsAreShownAsMeansWithTheirSpread() {
    String page = HtmlReport.html(SampleResults.seeds());
    assertTrue(page.contains(">89.7 %<"), "the mean of 91, 86 and 92 %");
    assertTrue(page.contains("86.0 – 92.0 % over 3 seeds"));
    assertTrue(page.contains("By the rule it holds for 3 of 3 seeds"));
    assertTrue(page.contains("<dt>Seeds</dt><dd>1, 2, 3</dd>"));
    assertFalse(html.contains("over 3 seeds"));
  }

  @Test
  void skippedRowsAndCausesAreNamed() {
    String page = HtmlReport.html(SampleResults.seeds());
    assertTrue(page.contains("Skipped: CIFAR-10 is not in /data, nor in the cache."));
    assertTrue(page.contains("1 skipped"));
    assertTrue(page.contains("Differs: The networks were trained for a tenth of the epochs."));
    assertTrue(html.contains("Differs: cause not found."));
  }

  /** Without scripts and on paper the strip is all there is: it must hold everything. */
  @Test
  void aTraceHasEachPictureItsProbabilitiesAndASlider() throws Exception {
    var document = SvgChartTest.parse(asXml(html));
    var inputs = document.getElementsByTagName("input");
    assertEquals(1, inputs.getLength());
    Element slider = (Element) inputs.item(0);
    assertEquals("range", slider.getAttribute("type"));
    assertEquals("4", slider.getAttribute("max"));
    assertEquals("2", slider.getAttribute("value"), "it starts at the clean image");
    assertEquals("ε", slider.getAttribute("aria-label"));
    var divisions = document.getElementsByTagName("div");
    int steps = 0;
    for (int i = 0; i < divisions.getLength(); i++) {
      Element division = (Element) divisions.item(i);
      if (division.hasAttribute("data-p")) {
        steps++;
        String[] bars = division.getAttribute("data-p").split(";");
        assertEquals(10, bars.length);
        for (String bar : bars) {
          assertTrue(bar.matches("(\\d+\\.\\d)\\|\\1 %"), "no room for more: " + bar);
        }
        String at = division.getAttribute("data-at");
        boolean far = at.equals("0.25") || at.equals("−0.25");
        assertEquals(far, division.getAttribute("class").contains("wrong"), at);
        assertTrue(division.getTextContent().startsWith("ε " + at), division.getTextContent());
      }
    }
    assertEquals(10, steps);
  }

  @Test
  void rulesAndReasonsAreSentences() {
    Metric m = SampleResults.rate("error", "error", 0.5, 100, 0.5, 0.5, "one point");
    RowResult row =
        SampleResults.row(
            "row",
            "t",
            "p",
            "wᵀη is large",
            true,
            "holds if it is true",
            true,
            List.of(m),
            List.of(),
            List.of(),
            1);
    String page = HtmlReport.html(SampleResults.with(List.of(row)));
    assertTrue(page.contains("wᵀη is large."));
    assertTrue(page.contains("Holds if it is true. The claim holds here"));
    assertTrue(page.contains("<small>One point.</small>"));
  }

  @Test
  void isTheSameInEveryLocale() {
    String json = ResultsJson.text(SampleResults.finished());
    Locale before = Locale.getDefault();
    try {
      // Digits of their own, and a comma for the decimal point.
      for (String locale : List.of("ar-EG-u-nu-arab", "de-DE", "tr-TR")) {
        Locale.setDefault(Locale.forLanguageTag(locale));
        assertEquals(html, HtmlReport.html(SampleResults.finished()), locale);
        assertEquals(json, ResultsJson.text(SampleResults.finished()), locale);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void saysHowFarTheRunIs() {
    assertFalse(html.contains("have finished."));
    String running = HtmlReport.html(SampleResults.running());
    assertTrue(running.contains("4 of 6 rows have finished."));
    assertTrue(running.contains("It covers the rows that have finished."));
    assertTrue(
        HtmlReport.html(SampleResults.with(List.of())).contains("0 of 6 rows have finished."));
  }

  @Test
  void staysBelowTenMegabytesWithManyPictures() {
    var random = new Random(1);
    var figures = new ArrayList<Figure>();
    for (int s = 0; s < 8; s++) {
      var pictures = new ArrayList<Picture>();
      for (int i = 0; i < 400; i++) {
        float[] pixels = new float[32 * 32 * 3];
        for (int k = 0; k < pixels.length; k++) {
          pixels[k] = random.nextFloat();
        }
        pictures.add(new Picture("", 32, 32, pixels, 0, 1, false));
      }
      figures.add(new Sheet("sheet " + s, 20, pictures));
    }
    String page = page(List.of(), figures);
    assertTrue(page.length() < 10_000_000, () -> page.length() + " characters");
    assertTrue(page.length() > 5_000_000, () -> page.length() + " characters");
    assertTrue(page.contains("400 pictures, in figures/row-20150320-8.png beside this page"));
  }

  @Test
  void textIsNeverMarkup() throws Exception {
    String evil = "</style><script>alert('x')</script>&\"";
    Metric m = SampleResults.rate("m", evil, 0.5, 10, 0.4, 0.1, evil);
    RowResult row =
        SampleResults.row(
            "row",
            evil,
            evil,
            evil,
            true,
            evil,
            true,
            List.of(m),
            List.of(evil),
            List.of(
                new Sheet(evil, 1, List.of(new Picture(evil, 1, 1, new float[1], 0, 1, false)))),
            1);
    String page = HtmlReport.html(SampleResults.with(List.of(row)));
    assertFalse(page.contains("<script>alert"));
    SvgChartTest.parse(asXml(page));
  }

  private void contains(String text) {
    boolean tag = text.startsWith(">") && text.endsWith("<");
    String wanted = tag ? text : Markup.escape(text);
    assertTrue(html.contains(wanted), () -> "The page lacks " + text);
  }

  private static String page(List<Metric> metrics, List<Figure> figures) {
    return HtmlReport.html(
        SampleResults.with(
            List.of(
                SampleResults.row(
                    "row", "t", "p", "c", true, "r", true, metrics, List.of(), figures, 1))));
  }

  /** HTML with the two liberties that the page takes written as XML wants them. */
  private static String asXml(String html) {
    return html.replace("<!DOCTYPE html>\n", "")
        .replaceAll("(<(?:meta|img|input)\\b[^>]*)>", "$1/>")
        .replace(" hidden>", ">");
  }
}
