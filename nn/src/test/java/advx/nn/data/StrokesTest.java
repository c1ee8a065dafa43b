package advx.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.Tensor;
import advx.engine.Workers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrokesTest {
  private static final Workers WORKERS = new Workers(2);
  private static final Splits DIGITS = Strokes.dataset(6000, 2000, 1, WORKERS);

  @AfterAll
  static void end() {
    WORKERS.close();
  }

  /** The same bits on every machine: the checksum is written down here. */
  @Test
  void theFirstThousandAreAlwaysTheSame() {
    assertEquals(
        "63ffb297ae97886438ab9f0dbd3943527a3b1418d7dd97b1e157bb8fa59346da",
        DIGITS.full().subset(0, 1000).checksum());
  }

  @Test
  void theNumberOfThreadsAndOfSamplesDoesNotMatter() {
    try (var three = new Workers(3)) {
      Splits few = Strokes.dataset(700, 300, 1, three);
      assertEquals(DIGITS.full().subset(0, 700).checksum(), few.full().checksum());
      assertEquals(DIGITS.test().subset(0, 300).checksum(), few.test().checksum());
    }
  }

  @Test
  void seedsAndPartsDiffer() {
    Splits other = Strokes.dataset(100, 100, 2, WORKERS);
    String train = DIGITS.full().subset(0, 100).checksum();
    assertNotEquals(train, other.full().checksum());
    assertNotEquals(train, DIGITS.test().subset(0, 100).checksum());
  }

  @Test
  void looksLikeMnistFromOutside() {
    Dataset data = DIGITS.full();
    assertEquals(6000, data.size());
    assertEquals(5000, DIGITS.train().size());
    assertEquals(1000, DIGITS.validation().size());
    assertEquals(784, data.features());
    assertFalse(data.info().comparable());
    for (float pixel : data.images(0, 1000).data()) {
      int b = Math.round(pixel * 255);
      assertTrue(b >= 0 && b <= 255 && pixel == b / 255f, "not a byte/255: " + pixel);
    }
  }

  /** Five standard deviations of a fair draw of 6000 are 116. */
  @Test
  void labelsAreBalanced() {
    for (int count : DIGITS.full().labelCounts()) {
      assertEquals(600, count, 116);
    }
  }

  /** Under 2 % of the ink lies on the border: the digits are inside the picture. */
  @Test
  void digitsLieInThePicture() {
    Dataset data = DIGITS.full();
    double all = 0;
    double border = 0;
    for (int i = 0; i < 1000; i++) {
      float[] pixels = data.images(i, i + 1).data();
      double ink = 0;
      for (int p = 0; p < pixels.length; p++) {
        ink += pixels[p];
        if (p / 28 == 0 || p / 28 == 27 || p % 28 == 0 || p % 28 == 27) {
          border += pixels[p];
        }
      }
      assertTrue(ink > 10, "sample " + i + " is nearly empty");
      all += ink;
    }
    assertTrue(border < 0.02 * all, "ink on the border: " + border / all);
  }

  /**
   * Neither noise nor child's play: the nearest class mean is right for most, not for nearly all.
   */
  @Test
  void theNearestCentroidIsRightOftenButNotAlways() {
    Dataset train = DIGITS.full();
    double[][] mean = new double[10][784];
    int[] counts = train.labelCounts();
    for (int i = 0; i < train.size(); i++) {
      float[] pixels = train.images(i, i + 1).data();
      for (int p = 0; p < 784; p++) {
        mean[train.label(i)][p] += pixels[p] / counts[train.label(i)];
      }
    }
    Dataset test = DIGITS.test();
    int right = 0;
    for (int i = 0; i < test.size(); i++) {
      right += nearest(mean, test.images(i, i + 1).data()) == test.label(i) ? 1 : 0;
    }
    double accuracy = (double) right / test.size();
    assertTrue(accuracy > 0.55 && accuracy < 0.9, "accuracy " + accuracy);
  }

  private static int nearest(double[][] mean, float[] pixels) {
    int best = 0;
    double least = Double.MAX_VALUE;
    for (int k = 0; k < mean.length; k++) {
      double distance = 0;
      for (int p = 0; p < pixels.length; p++) {
        double d = pixels[p] - mean[k][p];
        distance += d * d;
      }
      if (distance < least) {
        least = distance;
        best = k;
      }
    }
    return best;
  }

  @Test
  void everyDigitHasSeveralWays() {
    for (int digit = 0; digit < 10; digit++) {
      List<List<Glyphs.Stroke>> ways = Glyphs.ways(digit);
      assertTrue(ways.size() >= 4, "digit " + digit);
      for (var way : ways) {
        for (var stroke : way) {
          assertTrue(stroke.points() >= 3);
          for (int i = 0; i < stroke.points(); i++) {
            assertTrue(stroke.x(i) <= 100 && stroke.y(i) <= 100);
          }
        }
      }
    }
  }

  @Test
  void theSheetShowsTwentyOfEach(@TempDir Path folder) throws Exception {
    Path sheet = folder.resolve("sheet.png");
    StrokesSheet.write(DIGITS.test(), sheet);
    var image = ImageIO.read(sheet.toFile());
    assertEquals(1120, image.getWidth());
    assertEquals(560, image.getHeight());
    assertTrue(Files.size(sheet) < 150_000);
    int first = 0;
    while (DIGITS.test().label(first) != 0) {
      first++;
    }
    float[] zero = DIGITS.test().images(first, first + 1).data();
    int[] shown = new int[784];
    int[] expected = new int[784];
    for (int p = 0; p < 784; p++) {
      shown[p] = image.getRaster().getSample(p % 28 * 2, p / 28 * 2, 0);
      expected[p] = 255 - Math.round(zero[p] * 255);
    }
    assertArrayEquals(expected, shown);
    Dataset few = DIGITS.test().subset(0, 30);
    assertThrows(IllegalArgumentException.class, () -> StrokesSheet.write(few, sheet));
  }

  @Test
  void aSheetOfColouredImagesHasTheirColours(@TempDir Path folder) throws Exception {
    int n = 20;
    float[] x = new float[n * 12];
    for (int i = 0; i < x.length; i++) {
      x[i] = i % 12 * 20;
    }
    var info = new Dataset.Info("colours", 1, 2, 2, 3, 0, 255, false);
    Path sheet = folder.resolve("sheet.png");
    StrokesSheet.write(new Dataset(info, Tensor.of(x, n, 12), new int[n]), sheet);
    var raster = ImageIO.read(sheet.toFile()).getRaster();
    assertEquals(80, raster.getWidth());
    assertEquals(4, raster.getHeight());
    assertArrayEquals(new int[] {60, 140, 220}, raster.getPixel(78, 2, (int[]) null));
    assertArrayEquals(new int[] {0, 80, 160}, raster.getPixel(1, 1, (int[]) null));
  }

  /** The sheet in the docs is the one that the program draws; zlib's bytes may differ. */
  @Test
  void theSheetInTheDocsIsUpToDate(@TempDir Path folder) throws Exception {
    Path sheet = folder.resolve("sheet.png");
    StrokesSheet.write(DIGITS.test(), sheet);
    Path docs = Path.of("..", "docs", "embedded-digits.png");
    assertTrue(Files.exists(docs), "docs/embedded-digits.png is missing");
    assertArrayEquals(pixels(sheet), pixels(docs));
  }

  private static int[] pixels(Path picture) throws Exception {
    var raster = ImageIO.read(picture.toFile()).getRaster();
    return raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (int[]) null);
  }
}
