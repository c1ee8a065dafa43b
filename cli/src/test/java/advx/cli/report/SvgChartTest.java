package advx.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.cli.result.Figure.Chart;
import advx.cli.result.Figure.Series;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

final class SvgChartTest {
  @Test
  void isWellFormedAndEscaped() throws Exception {
    var chart =
        new Chart(
            "a < b & \"c\"",
            "x's",
            "<y>",
            false,
            List.of(new Series("<script>\u0000", new double[] {1, 2}, new double[] {3, 4})));
    for (String svg : List.of(SvgChart.file(chart), SvgChart.inline(chart))) {
      Document document = parse(svg);
      assertEquals(0, document.getElementsByTagName("script").getLength());
      assertTrue(texts(document).contains("<y>"));
      assertTrue(texts(document).contains("<script>\uFFFD"));
    }
    assertTrue(texts(parse(SvgChart.file(chart))).contains("a < b & \"c\""));
  }

  @Test
  void pointsLieOnTheScaleOfTheirTicks() throws Exception {
    var series = new Series("s", new double[] {0, 5, 10}, new double[] {0, 50, 100});
    Document document = parse(SvgChart.inline(chart(false, series)));
    double zero = tickY(document, "0");
    double hundred = tickY(document, "100");
    assertEquals(200, zero - hundred, 0.2);
    List<Element> dots = byClass(document, "path", "dot s0");
    // The first is that of the legend.
    assertEquals(4, dots.size());
    assertEquals("s: 50 at 5", dots.get(2).getTextContent());
    double y = Double.parseDouble(dots.get(2).getAttribute("d").split("[ a]")[1]);
    assertEquals((zero + hundred) / 2 - 4, y, 0.2);
  }

  @Test
  void logarithmicTicksAreEquallyFarApart() throws Exception {
    var series = new Series("s", new double[] {0, 1, 2}, new double[] {0.001, 1, 1000});
    Document document = parse(SvgChart.inline(chart(true, series)));
    double first = tickY(document, "0.001") - tickY(document, "0.01");
    double last = tickY(document, "100") - tickY(document, "1,000");
    assertEquals(200.0 / 6, first, 0.2);
    assertEquals(first, last, 0.2);
  }

  @Test
  void whatCannotBeShownIsAGap() throws Exception {
    double[] y = {1, Double.NaN, 3, 0, -1, 5, 6, Double.POSITIVE_INFINITY};
    var series = new Series("s", new double[] {0, 1, 2, 3, 4, 5, 6, 7}, y);
    Document document = parse(SvgChart.inline(chart(true, series)));
    String curve = byClass(document, "path", "curve s0").get(1).getAttribute("d");
    assertEquals(3, curve.chars().filter(c -> c == 'M').count(), curve);
    assertEquals(1, curve.chars().filter(c -> c == 'L').count(), curve);
    assertFalse(SvgChart.inline(chart(true, series)).contains("NaN"));
  }

  @Test
  void nothingToShowSaysSo() throws Exception {
    var none = new Series("s", new double[] {1}, new double[] {Double.NaN});
    for (Chart chart : List.of(chart(true, none), chart(false, none), chart(false))) {
      assertTrue(texts(parse(SvgChart.inline(chart))).contains("no finite values"));
    }
  }

  @Test
  void awkwardRangesHaveTicks() {
    double[][] ranges = {
      {0, 0},
      {5, 5},
      {-3, -3},
      {1, 1 + 1e-15},
      {1e-30, 2e-30},
      {-1e30, 1e30},
      {0.3, 0.7},
      {-7, -2},
      {99.2, 99.9}
    };
    for (double[] r : ranges) {
      for (Axis axis : List.of(Axis.tight(r[0], r[1]), Axis.rounded(r[0], r[1]))) {
        int n = axis.ticks().size();
        assertTrue(n >= 1 && n <= 12, () -> axis.toString());
        assertTrue(axis.low() <= r[0] && axis.high() >= r[1], () -> axis.toString());
        double at = axis.at(r[0]);
        assertTrue(at >= 0 && at <= 1, () -> axis.toString());
      }
    }
    for (double[] r : new double[][] {{1, 1}, {0.02, 3}, {1e-12, 1e9}, {5, 20}, {0.03, 0.04}}) {
      Axis axis = Axis.logarithmic(r[0], r[1]);
      int n = axis.ticks().size();
      assertTrue(n >= 2 && n <= 9, () -> axis.toString());
      assertTrue(axis.low() <= r[0] * 1.000001 && axis.high() >= r[1] * 0.999999, axis::toString);
    }
  }

  @Test
  void ticksAreOneTwoFive() {
    assertEquals(List.of(0.0, 20.0, 40.0, 60.0, 80.0, 100.0), Axis.rounded(3, 97).ticks());
    assertEquals(List.of(0.05, 0.1, 0.2, 0.5, 1.0, 2.0), Axis.logarithmic(0.05, 2).ticks());
    assertEquals(List.of(5.0, 10.0), Axis.tight(1, 12).ticks());
    assertEquals(List.of(10.0, 11.0, 12.0, 13.0, 14.0), Axis.logarithmic(10, 14).ticks());
  }

  @Test
  void manyCurvesStayApart() throws Exception {
    var series = new ArrayList<Series>();
    for (int i = 0; i < 10; i++) {
      series.add(new Series("class " + i, new double[] {0, 1}, new double[] {i, 2 * i}));
    }
    Document document = parse(SvgChart.inline(chart(false, series.toArray(Series[]::new))));
    Element first = byClass(document, "path", "curve s0").getFirst();
    Element seventh = byClass(document, "path", "curve s0").get(1);
    assertEquals("", first.getAttribute("stroke-dasharray"));
    assertEquals("5 5", seventh.getAttribute("stroke-dasharray"));
  }

  @Test
  void coordinatesHaveOneDecimal() {
    assertEquals("1.5", SvgChart.px(1.46));
    assertEquals("-0.5", SvgChart.px(-0.5));
    assertEquals("3", SvgChart.px(2.96));
    assertEquals("0", SvgChart.px(-0.01));
  }

  static Document parse(String xml) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
  }

  private static Chart chart(boolean log, Series... series) {
    return new Chart("title", "x", "y", log, List.of(series));
  }

  private static List<String> texts(Document document) {
    return elements(document, "text").stream().map(Element::getTextContent).toList();
  }

  private static double tickY(Document document, String label) {
    return byClass(document, "text", "tick").stream()
        .filter(
            t -> t.getTextContent().equals(label) && t.getAttribute("text-anchor").equals("end"))
        .mapToDouble(t -> Double.parseDouble(t.getAttribute("y")))
        .findFirst()
        .orElseThrow();
  }

  private static List<Element> byClass(Document document, String tag, String type) {
    return elements(document, tag).stream()
        .filter(e -> e.getAttribute("class").equals(type))
        .toList();
  }

  private static List<Element> elements(Document document, String tag) {
    var nodes = document.getElementsByTagName(tag);
    var list = new ArrayList<Element>();
    for (int i = 0; i < nodes.getLength(); i++) {
      list.add((Element) nodes.item(i));
    }
    return list;
  }
}
