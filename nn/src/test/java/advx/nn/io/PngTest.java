package advx.nn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngTest {
  @TempDir Path folder;

  @Test
  void writesGreyAndClamps() throws Exception {
    Path file = folder.resolve("grey.png");
    Png.grey(file, 3, 2, new float[] {0, 1, 0.5f, -3, 7, Float.NaN});
    var raster = ImageIO.read(file.toFile()).getRaster();
    int[] expected = {0, 255, 128, 0, 255, 0};
    for (int i = 0; i < 6; i++) {
      assertEquals(expected[i], raster.getSample(i % 3, i / 3, 0));
    }
  }

  @Test
  void writesColour() throws Exception {
    Path file = folder.resolve("colour.png");
    Png.rgb(file, 2, 1, new float[] {1, 0, 0.2f, 0, 0.4f, 1});
    var image = ImageIO.read(file.toFile());
    assertEquals(0xFFFF0033, image.getRGB(0, 0));
    assertEquals(0xFF0066FF, image.getRGB(1, 0));
  }

  @Test
  void refusesAWrongNumberOfPixels() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Png.rgb(folder.resolve("no.png"), 2, 1, new float[2]));
  }
}
