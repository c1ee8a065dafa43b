package advx.cli.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import advx.cli.result.Figure.Picture;
import advx.cli.result.Figure.Sheet;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PngSheetTest {
  @Test
  void greyPixelsLieWhereTheyBelong() throws IOException {
    float[] pixels = {0, 1, 0.5f, -3, 7, Float.NaN};
    var sheet = new Sheet("s", 2, List.of(picture(2, 3, pixels, 0, 1, false)));
    BufferedImage image = read(PngSheet.encode(sheet));
    // One picture of 2 × 3, enlarged eight times, with 4 free pixels around it.
    assertEquals(3 * 8 + 8, image.getWidth());
    assertEquals(2 * 8 + 8, image.getHeight());
    int[] shades = {0, 255, 128, 0, 255, 0};
    for (int i = 0; i < 6; i++) {
      int x = 4 + 8 * (i % 3);
      int y = 4 + 8 * (i / 3);
      assertEquals(shades[i], image.getRaster().getSample(x, y, 0), "pixel " + i);
      assertEquals(shades[i], image.getRaster().getSample(x + 7, y + 7, 0), "pixel " + i);
    }
    assertEquals(255, image.getRaster().getSample(3, 3, 0));
  }

  @Test
  void signsAreColours() throws IOException {
    var signed = picture(1, 3, new float[] {-0.25f, 0, 0.25f}, -0.25f, 0.1f, true);
    BufferedImage image = read(PngSheet.encode(new Sheet("s", 1, List.of(signed))));
    int blue = image.getRGB(4, 4);
    int grey = image.getRGB(12, 4);
    int orange = image.getRGB(20, 4);
    assertEquals((grey >> 16) & 255, grey & 255);
    assertEquals(160 - 20, (blue & 255) - ((blue >> 16) & 255));
    assertEquals(186 - 6, ((orange >> 16) & 255) - (orange & 255));
  }

  @Test
  void coloursStandOnePixelAfterTheOther() throws IOException {
    var colours = picture(1, 2, new float[] {255, 0, 0, 0, 0, 255}, 0, 255, false);
    BufferedImage image = read(PngSheet.encode(new Sheet("s", 1, List.of(colours))));
    assertEquals(0xffff0000, image.getRGB(4, 4));
    assertEquals(0xff0000ff, image.getRGB(12, 4));
  }

  @Test
  void everyLevelHasItsOwnColour() {
    for (int level = -127; level <= 127; level++) {
      int red = Diverging.channel(level, 0);
      int green = Diverging.channel(level, 1);
      int blue = Diverging.channel(level, 2);
      assertEquals(level, Diverging.level(red, green, blue));
    }
    assertThrows(IllegalArgumentException.class, () -> Diverging.level(0, 255, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, false",
    "-0.3, 1.7, false",
    "0, 255, false",
    "-0.25, 0.1, true",
    "-1e-3, 3e-3, true"
  })
  void whatIsCutOutShowsTheSameAgain(float low, float high, boolean signed) throws IOException {
    float[] pixels = new float[20 * 30];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = low + (high - low) * i / (pixels.length - 1);
    }
    var pictures =
        List.of(
            picture(20, 30, pixels, low, high, signed),
            picture(1, 1, new float[] {high}, low, high, signed),
            picture(2, 1, new float[6], 0, 1, false));
    byte[] file = PngSheet.encode(new Sheet("s", 2, pictures));
    List<Picture> cut = PngSheet.cut(Png.decode(file), 2, pictures);
    assertArrayEquals(file, PngSheet.encode(new Sheet("s", 2, cut)));
    double step = signed ? Math.max(-low, high) / 127 : (high - low) / 255.0;
    for (int i = 0; i < pixels.length; i++) {
      assertEquals(pixels[i], cut.getFirst().pixels()[i], 0.51 * step);
    }
  }

  @Test
  void aDamagedFileIsRefused() {
    byte[] file = new Png(3, 2, 1, new byte[6]).encode();
    assertThrows(IOException.class, () -> Png.decode(new byte[3]));
    for (int length = 8; length < file.length - 12; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThrows(IOException.class, () -> Png.decode(cut), "cut to " + length);
    }
    byte[] otherKind = file.clone();
    otherKind[24] = 16;
    assertThrows(IOException.class, () -> Png.decode(otherKind));
  }

  @Test
  void planesBecomePixels() {
    float[] planes = {9, 1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24};
    assertArrayEquals(
        new float[] {1, 11, 21, 2, 12, 22, 3, 13, 23, 4, 14, 24},
        Picture.ofPlanes("", 3, 2, 2, planes, 1, 0, 30).pixels());
    assertArrayEquals(
        new float[] {1, 2, 3, 4}, Picture.ofPlanes("", 1, 2, 2, planes, 1, 0, 30).pixels());
  }

  @Test
  void picturesWhosePixelsDoNotFitAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> picture(2, 2, new float[5], 0, 1, false));
    assertThrows(IllegalArgumentException.class, () -> picture(2, 2, new float[12], -1, 1, true));
    assertThrows(IllegalArgumentException.class, () -> picture(2, 2, new float[4], 1, 1, false));
  }

  private static Picture picture(
      int height, int width, float[] pixels, float low, float high, boolean signed) {
    return new Picture("", height, width, pixels, low, high, signed);
  }

  /** An independent reader. */
  private static BufferedImage read(byte[] png) throws IOException {
    ImageIO.setUseCache(false);
    return ImageIO.read(new ByteArrayInputStream(png));
  }
}
