package advx.bench.roofline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.InputException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class RooflineTest {
  private static final Roof ROOF = new Roof(2, 200, 100, 20);

  private static Point point(String name, double intensity, double gflops) {
    double bytes = 8e6;
    double flops = intensity * bytes;
    return new Point(name, bytes, flops, flops / gflops, ROOF.peak(), ROOF.limit(intensity, bytes));
  }

  @Test
  void theRoofIsTheLowerOfPeakAndBandwidth() {
    assertEquals(10, ROOF.ridge());
    assertEquals(20, ROOF.underMemory(1));
    assertEquals(200, ROOF.underMemory(10));
    assertEquals(200, ROOF.underMemory(50));
    assertEquals(100, ROOF.underCache(1));
    assertTrue(ROOF.inCache(1 << 20));
    assertFalse(ROOF.inCache((1 << 20) + 1));
    assertEquals(100, ROOF.limit(1, 1000));
    assertEquals(20, ROOF.limit(1, 1e9));
  }

  @Test
  void aPointKnowsItsShares() {
    Point p = point("dot", 0.25, 2.5);
    assertEquals(2.5, p.gflops(), 1e-12);
    assertEquals(10, p.gbytes(), 1e-12);
    assertEquals(0.0125, p.ofPeak(), 1e-12);
    assertEquals(0.5, p.ofLimit(), 1e-12);
  }

  @Test
  void anAxisHoldsItsValuesBetweenNiceEnds() {
    LogAxis axis = LogAxis.around(0.24, 91);
    assertEquals(new LogAxis(0.2, 200), new LogAxis(round(axis.low()), round(axis.high())));
    assertEquals(0, axis.at(axis.low()), 1e-12);
    assertEquals(1, axis.at(axis.high()), 1e-12);
    List<Double> ticks = axis.ticks().stream().map(RooflineTest::round).toList();
    assertEquals(List.of(0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0), ticks);
    assertEquals(1000, round(LogAxis.around(1, 900).high()), "room above");
  }

  private static double round(double x) {
    return Math.round(x * 1e6) / 1e6;
  }

  /** Forty kernels that are all alike, and some at the edges. */
  private static List<Point> crowd() {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      points.add(point("kernel-%d <&>".formatted(i), 4 + 0.01 * i, 30 + 0.1 * i));
    }
    points.add(point("low", 0.1, 0.3));
    points.add(point("high", 90, 199));
    return points;
  }

  @Test
  void noNumberCoversAnotherOrAPoint() {
    List<Badges.Place> points = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      points.add(new Badges.Place(300 + i % 3, 300 + i % 4));
    }
    points.add(new Badges.Place(64, 92));
    points.add(new Badges.Place(640, 500));
    List<Badges.Place> badges = Badges.place(points, 64, 92, 640, 500);
    assertEquals(points.size(), badges.size());
    for (int i = 0; i < badges.size(); i++) {
      Badges.Place badge = badges.get(i);
      for (int j = 0; j < i; j++) {
        assertTrue(badge.distance(badges.get(j)) > 2 * Badges.RADIUS, i + " and " + j);
      }
      for (Badges.Place point : points) {
        assertTrue(badge.distance(point) > Badges.RADIUS + Badges.DOT);
      }
      assertTrue(badge.x() > 64 && badge.x() < 640 && badge.y() > 92 && badge.y() < 500);
    }
  }

  @Test
  void thePictureIsWellFormedAndHoldsEveryKernelInsideItsFrame() throws Exception {
    List<Point> points = crowd();
    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(RooflineSvg.draw("Roof", ROOF, points))));
    double width = Double.parseDouble(svg.getDocumentElement().getAttribute("width"));
    double height = Double.parseDouble(svg.getDocumentElement().getAttribute("height"));
    NodeList circles = svg.getElementsByTagName("circle");
    int dots = 0;
    for (int i = 0; i < circles.getLength(); i++) {
      Element circle = (Element) circles.item(i);
      double x = Double.parseDouble(circle.getAttribute("cx"));
      double y = Double.parseDouble(circle.getAttribute("cy"));
      assertTrue(x > 0 && x < width && y > 0 && y < height, x + ", " + y);
      dots += circle.getAttribute("class").equals("dot") ? 1 : 0;
    }
    assertEquals(points.size() + 1, dots, "one each, and one in the key");
    List<String> words = new ArrayList<>();
    NodeList texts = svg.getElementsByTagName("text");
    for (int i = 0; i < texts.getLength(); i++) {
      words.add(texts.item(i).getTextContent());
      double y = Double.parseDouble(((Element) texts.item(i)).getAttribute("y"));
      assertTrue(y > 0 && y < height, words.getLast());
    }
    points.forEach(p -> assertTrue(words.contains(p.name()), p.name()));
  }

  @Test
  void writesPagePictureTextAndNumbers(@TempDir Path folder) throws IOException {
    Path out = folder.resolve("a/b");
    var sheet = new RooflineReport.Sheet(ROOF, crowd());
    new RooflineReport(Map.of("processor", "a <b>"), List.of(sheet)).write(out);
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(
          List.of("roofline-2.svg", "roofline.html", "roofline.json", "roofline.md"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
    String page = Files.readString(out.resolve("roofline.html"));
    assertTrue(page.contains("processor a &lt;b&gt;") && page.contains("kernel-7 &lt;&amp;&gt;"));
    assertFalse(
        page.replace("http://www.w3.org/2000/svg", "").contains("http"), "works without a network");
    var json = JsonParser.parseString(Files.readString(out.resolve("roofline.json")));
    var roof = json.getAsJsonObject().getAsJsonArray("roofs").get(0).getAsJsonObject();
    assertEquals(200, roof.get("peakGflops").getAsDouble());
    assertEquals(42, roof.getAsJsonArray("kernels").size());
    assertTrue(
        Files.readString(out.resolve("roofline.md")).contains("| low | 0.100 |"), "Markdown");
  }

  @Test
  void aFolderThatCannotBeWrittenIsToldInASentence(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    var report = new RooflineReport(Map.of(), List.of());
    String sentence =
        assertThrows(InputException.class, () -> report.write(file.resolve("below"))).getMessage();
    assertTrue(sentence.endsWith("give another with --out."), sentence);
  }
}
