package advx.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxReaderTest {
  private static final int IMAGES = 0x803;
  private static final int LABELS = 0x801;

  @TempDir Path folder;
  private Path images;
  private Path labels;

  /** Five images of 2×3, pixel j of image i being 40·i + j. */
  @BeforeEach
  void writeGoodFiles() throws IOException {
    byte[] pixels = new byte[30];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / 6 * 40 + i % 6);
    }
    images = Files.write(folder.resolve("images"), gzip(idx(IMAGES, pixels, 5, 2, 3)));
    labels = Files.write(folder.resolve("labels"), idx(LABELS, new byte[] {4, 0, 3, 3, 1}, 5));
  }

  @Test
  void readsCompressedAndPlainFiles() throws IOException {
    Dataset data = IdxReader.images("five", 5, true, images, labels);
    assertEquals(5, data.size());
    assertEquals(6, data.features());
    assertEquals(2, data.info().height());
    assertEquals(3, data.info().width());
    assertTrue(data.info().comparable());
    assertArrayEquals(new int[] {4, 0, 3, 3, 1}, data.labels());
    assertArrayEquals(
        new float[] {160 / 255f, 161 / 255f, 162 / 255f, 163 / 255f, 164 / 255f, 165 / 255f},
        data.images(4, 5).data());
    Files.write(images, gunzipped());
    Files.write(labels, gzip(Files.readAllBytes(labels)));
    assertEquals(data.checksum(), IdxReader.images("other", 5, true, images, labels).checksum());
  }

  @Test
  void refusesATruncatedArchive() throws IOException {
    byte[] all = Files.readAllBytes(images);
    for (int n : new int[] {0, 1, 2, 9, 15, 20, all.length - 9, all.length - 1}) {
      Files.write(images, Arrays.copyOf(all, n));
      refused(images, "is cut short; delete the file and fetch it again.");
    }
  }

  @Test
  void refusesADamagedArchive() throws IOException {
    byte[] all = Files.readAllBytes(images);
    all[all.length - 6] ^= 1;
    Files.write(images, all);
    refused(images, "is damaged: its compressed data do not unpack; delete the file and fetch");
  }

  @Test
  void refusesAWrongMagicNumber() throws IOException {
    Files.write(images, "<html>not found</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    refused(
        images,
        "is no IDX file of bytes: it begins with 3c68746d, not with 00000803; delete the file");
  }

  @Test
  void refusesMixedUpFiles() {
    var e =
        assertThrows(InputException.class, () -> IdxReader.images("five", 5, true, labels, images));
    assertEquals(
        labels + " has 1 axes, but images have 3; check that the files are not mixed up.",
        e.getMessage());
  }

  @Test
  void refusesSizesThatDoNotFitTheFile() throws IOException {
    Files.write(images, idx(IMAGES, new byte[30], 6, 2, 3));
    refused(images, "is cut short: it claims 36 bytes of images, and cannot hold more than 30");
    Files.write(images, gzip(idx(IMAGES, new byte[30], 6, 2, 3)));
    refused(images, "is cut short: it ends after 30 of 36 bytes of images; delete");
  }

  @Test
  void refusesImpossibleSizesWithoutAllocating() throws IOException {
    Files.write(images, gzip(idx(IMAGES, new byte[30], 65535, 100, 100)));
    refused(images, "is cut short: it claims 655350000 bytes of images, and cannot hold more");
    Files.write(images, idx(IMAGES, new byte[30], 65536, 65536, 3));
    refused(images, "claims impossible sizes [65536, 65536, 0]; delete");
    Files.write(images, idx(IMAGES, new byte[30], -5, 2, 3));
    refused(images, "claims impossible sizes [-5, 0, 0]; delete");
  }

  @Test
  void refusesTrailingBytes() throws IOException {
    Files.write(images, gzip(idx(IMAGES, new byte[31], 5, 2, 3)));
    refused(images, "is damaged: bytes follow after its 30 bytes of images; delete");
  }

  @Test
  void refusesLabelsThatDoNotFitTheImages() throws IOException {
    Files.write(labels, idx(LABELS, new byte[4], 4));
    refused(labels, "holds 4 labels, but " + images + " holds 5 images; take both files from");
  }

  @Test
  void refusesALabelOutOfRange() throws IOException {
    Files.write(labels, idx(LABELS, new byte[] {0, 1, 2, 5, 0}, 5));
    refused(labels, "label 3 is 5, but labels go from 0 to 4; fetch the file again.");
  }

  @Test
  void refusesAMissingFile() throws IOException {
    Files.delete(labels);
    refused(labels, "there is no such file; check the path.");
  }

  private void refused(Path file, String part) {
    var e =
        assertThrows(InputException.class, () -> IdxReader.images("five", 5, true, images, labels));
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  private byte[] gunzipped() throws IOException {
    try (var in = new java.util.zip.GZIPInputStream(Files.newInputStream(images))) {
      return in.readAllBytes();
    }
  }

  static byte[] idx(int magic, byte[] data, int... sizes) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * sizes.length + data.length).putInt(magic);
    for (int size : sizes) {
      bytes.putInt(size);
    }
    return bytes.put(data).array();
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gz = new GZIPOutputStream(out)) {
      gz.write(bytes);
    }
    return out.toByteArray();
  }
}
