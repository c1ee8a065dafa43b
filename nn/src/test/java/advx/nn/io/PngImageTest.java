package advx.nn.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.InputException;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngImageTest {
  @TempDir static Path folder;

  /** A correction for displays would change the greys in the middle. */
  @Test
  void bytesComeBackAsTheyWere() {
    float[] pixels = new float[256];
    for (int i = 0; i < 256; i++) {
      pixels[i] = i / 255f;
    }
    Path file = folder.resolve("grey.png");
    Png.grey(file, 32, 8, pixels);
    PngImage read = PngImage.read(file);
    assertEquals(1, read.channels());
    assertEquals(32, read.width());
    assertEquals(8, read.height());
    assertArrayEquals(pixels, read.planes());
  }

  @Test
  void coloursComePlaneByPlane() {
    Path file = folder.resolve("colour.png");
    Png.rgb(file, 2, 1, new float[] {1, 0, 0.2f, 0.4f, 0.6f, 0.8f});
    PngImage read = PngImage.read(file);
    assertEquals(3, read.channels());
    assertArrayEquals(new float[] {1, 0.4f, 0, 0.6f, 0.2f, 0.8f}, read.planes(), 1e-6f);
  }

  @Test
  void aGreyPictureStoredInColourIsGrey() {
    Path file = folder.resolve("same.png");
    Png.rgb(file, 2, 1, new float[] {0.2f, 0.2f, 0.2f, 0.6f, 0.6f, 0.6f});
    PngImage read = PngImage.read(file);
    assertEquals(1, read.channels());
    assertArrayEquals(new float[] {0.2f, 0.6f}, read.planes(), 1e-6f);
  }

  private static Path write(String name, BufferedImage image) throws IOException {
    Path file = folder.resolve(name);
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  @Test
  void otherDepthsAndPalettesAreRead() throws IOException {
    var deep = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(0, 0, 0, 65535);
    deep.getRaster().setSample(1, 0, 0, 13107);
    assertArrayEquals(
        new float[] {1, 0.2f}, PngImage.read(write("deep.png", deep)).planes(), 1e-6f);

    var bits = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    bits.getRaster().setSample(1, 0, 0, 1);
    assertArrayEquals(new float[] {0, 1}, PngImage.read(write("bits.png", bits)).planes());

    byte[] r = {0, (byte) 255};
    byte[] g = {51, 102};
    var palette = new IndexColorModel(8, 2, r, g, g);
    var indexed = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
    indexed.getRaster().setSample(1, 0, 0, 1);
    assertArrayEquals(
        new float[] {0, 1, 0.2f, 0.4f, 0.2f, 0.4f},
        PngImage.read(write("palette.png", indexed)).planes(),
        1e-6f);

    var opaque = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    opaque.setRGB(0, 0, 0xff336699);
    assertArrayEquals(
        new float[] {0.2f, 0.4f, 0.6f}, PngImage.read(write("opaque.png", opaque)).planes(), 1e-6f);
  }

  private static void refused(Path file, String why) {
    String said = assertThrows(InputException.class, () -> PngImage.read(file)).getMessage();
    assertTrue(said.contains(why) && said.contains(file.toString()), said);
  }

  @Test
  void whatIsNoPictureGetsASentence() throws IOException {
    refused(folder.resolve("none.png"), "no such file");
    Path text = Files.writeString(folder.resolve("text.png"), "not a picture, whatever its name");
    refused(text, "no PNG picture");
    refused(Files.write(folder.resolve("empty.png"), new byte[0]), "no PNG picture");
    Path whole = folder.resolve("whole.png");
    Png.grey(whole, 30, 30, new float[900]);
    byte[] bytes = Files.readAllBytes(whole);
    refused(Files.write(folder.resolve("cut.png"), Arrays.copyOf(bytes, 60)), "damaged");
    byte[] flipped = bytes.clone();
    flipped[bytes.length - 20] ^= 1;
    refused(Files.write(folder.resolve("flipped.png"), flipped), "damaged");
    byte[] huge = bytes.clone();
    huge[17] = 0x7f;
    refused(Files.write(folder.resolve("huge.png"), huge), "scale it down");
    var glass = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    glass.setRGB(0, 0, 0x80ffffff);
    refused(write("glass.png", glass), "transparent");
  }
}
