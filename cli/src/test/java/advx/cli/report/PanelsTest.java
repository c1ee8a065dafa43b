package advx.cli.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.cli.result.Figure.Panel;
import advx.cli.result.Figure.Panels;
import advx.cli.result.Figure.Picture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

final class PanelsTest {
  /** Eight directions: two at 0.1 towards 3, two at 0.2 towards 1, one at 0.4 towards 3, none. */
  private static final Panel PANEL =
      new Panel(
          "",
          new double[] {1, 0.2, 0.1, 0.4, 0.1, 0.2, 1, 1},
          new int[] {-1, 1, 3, 3, 3, 1, -1, -1});

  private static Panels panels(Panel... panels) {
    return new Panels(
        "a < b", "x's", "<y>", 0.5, 0.25, "line", List.of("0", "1", "2", "3"), List.of(panels));
  }

  @Test
  void barsAreSortedAndGathered() {
    List<Bars> bars = Bars.of(PANEL, 0.5);
    assertEquals(
        List.of(
            new Bars(0, 0.25, 0.1, 3),
            new Bars(0.25, 0.5, 0.2, 1),
            new Bars(0.5, 0.625, 0.4, 3),
            new Bars(0.625, 1, Double.POSITIVE_INFINITY, -1)),
        bars);
    assertArrayEquals(new int[] {1, 3, -1}, Bars.labels(panels(PANEL)));
  }

  @Test
  void equalDistancesStandTogetherByClass() {
    Panel mixed = new Panel("", new double[] {0.1, 0.1, 0.1, 0.1}, new int[] {2, 1, 2, 1});
    assertEquals(List.of(new Bars(0, 0.5, 0.1, 1), new Bars(0.5, 1, 0.1, 2)), Bars.of(mixed, 0.5));
  }

  @Test
  void tenClassesHaveTenColours() {
    assertEquals(11, java.util.stream.IntStream.range(-1, 10).map(Bars::colour).distinct().count());
  }

  /** The first bar, of class 3, is from x = 46 on a quarter of 378 wide, and 0.1 of 0.5 high. */
  @Test
  void svgBarsLieOnTheScaleOfTheirTicks() throws Exception {
    Document document = SvgChartTest.parse(SvgPanels.inline(panels(PANEL)));
    Element three = null;
    for (int i = 0; i < document.getElementsByTagName("path").getLength(); i++) {
      Element path = (Element) document.getElementsByTagName("path").item(i);
      if (path.getAttribute("class").equals("block") && path.getTextContent().equals("3")) {
        three = path;
      }
    }
    String d = three.getAttribute("d");
    String[] words = d.split("[MVHz ]+");
    assertEquals(46, Double.parseDouble(words[1]));
    double bottom = Double.parseDouble(words[2]);
    assertEquals(30, bottom - Double.parseDouble(words[3]), 0.11);
    assertEquals(46 + 378 / 4.0, Double.parseDouble(words[4]), 0.011);
    assertEquals(2, d.chars().filter(c -> c == 'M').count(), d);
    String white = String.format("#%06x", Bars.colour(3));
    assertEquals(white, three.getAttribute("fill"));
  }

  @Test
  void svgIsWellFormedAndTellsWhatItShows() throws Exception {
    for (String svg : List.of(SvgPanels.inline(panels(PANEL)), SvgPanels.file(panels(PANEL)))) {
      Element root = SvgChartTest.parse(svg).getDocumentElement();
      String told = root.getAttribute("aria-label");
      assertTrue(told.contains("a < b") && told.contains("62.5 % met, median 0.2"), told);
      assertTrue(root.getTextContent().contains("none within 0.5"), svg);
    }
    assertTrue(SvgPanels.file(panels(PANEL)).contains("a &lt; b"));
  }

  @Test
  void pngShowsPictureBarsAndLine() throws IOException {
    Picture black = new Picture("", 28, 28, new float[784], 0, 1, false);
    BufferedImage png =
        ImageIO.read(new ByteArrayInputStream(PngPanels.encode(panels(PANEL), black)));
    assertEquals(900, png.getWidth());
    assertEquals(0, png.getRGB(110, 60) & 0xffffff, "the picture");
    int top = 2 * 20 + 4 * 28 + 20;
    int bottom = top + 360 - 1;
    assertEquals(Bars.colour(3), png.getRGB(92, bottom) & 0xffffff);
    assertEquals(Bars.colour(1), png.getRGB(90 + 720 * 3 / 8, bottom) & 0xffffff);
    assertEquals(Bars.colour(-1), png.getRGB(805, top + 20) & 0xffffff);
    assertEquals(0xffffff, png.getRGB(92, top + 20) & 0xffffff, "above a low bar");
    assertEquals(0, png.getRGB(92, top + 180) & 0xffffff, "the line at half the height");
    boolean number = false;
    for (int x = 815; x < 900; x++) {
      number |= (png.getRGB(x, top + 180) & 0xffffff) == 0x1b2330;
    }
    assertTrue(number, "its height beside it");
  }

  /** Each digit has a shape of its own. */
  @Test
  void digitsDiffer() {
    byte[][] drawn = new byte[10][];
    for (int digit = 0; digit < 10; digit++) {
      Canvas canvas = new Canvas(12, Canvas.TEXT);
      canvas.number(0, 0, Integer.toString(digit), 0);
      drawn[digit] = canvas.encode();
      for (int other = 0; other < digit; other++) {
        assertTrue(!java.util.Arrays.equals(drawn[digit], drawn[other]), digit + " " + other);
      }
    }
  }

  @Test
  void panelsThatDoNotFitAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Panel("", new double[2], new int[3]));
    assertThrows(IllegalArgumentException.class, () -> new Panel("", new double[0], new int[0]));
    Panel ninth = new Panel("", new double[] {1}, new int[] {9});
    assertThrows(IndexOutOfBoundsException.class, () -> panels(ninth));
  }
}
