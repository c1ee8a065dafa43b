package advx.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import advx.engine.InputException;
import advx.nn.data.Cifar10.Pixels;
import advx.nn.data.Mnist.Search;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10Test {
  @TempDir Path folder;

  @Test
  void theRealFilesHaveThePublishedStatistics() {
    String data = System.getenv("ADVX_DATA");
    assumeTrue(data != null, "ADVX_DATA is not set: CIFAR-10 is not checked");
    var found = Cifar10.find(Search.ofProcess(Optional.empty()));
    assumeTrue(found.place().isPresent(), "no CIFAR-10 below ADVX_DATA: it is not checked");
    Splits cifar = Cifar10.load(found.place().get());
    assertEquals(40_000, cifar.train().size());
    assertEquals(10_000, cifar.validation().size());
    assertEquals(40_000, cifar.validation().index(0));
    int[] thousand = new int[10];
    Arrays.fill(thousand, 1_000);
    assertArrayEquals(thousand, cifar.test().labelCounts());
    assertArrayEquals(
        Arrays.stream(thousand).map(n -> 5 * n).toArray(), cifar.full().labelCounts());
    assertTrue(cifar.test().info().comparable());
    assertEquals("CIFAR-10", cifar.train().name());
    double[] mean = {0.49140, 0.48216, 0.44653};
    double[] deviation = {0.24703, 0.24349, 0.26159};
    double[] sum = new double[3];
    double[] squares = new double[3];
    for (int from = 0; from < 50_000; from += 1_000) {
      float[] x = cifar.full().images(from, from + 1_000).data();
      for (int i = 0; i < x.length; i++) {
        sum[i / 1024 % 3] += x[i];
        squares[i / 1024 % 3] += (double) x[i] * x[i];
      }
    }
    double n = 50_000 * 1024.0;
    for (int c = 0; c < 3; c++) {
      assertEquals(mean[c], sum[c] / n, 5e-6);
      assertEquals(deviation[c], Math.sqrt(squares[c] / n - sum[c] / n * (sum[c] / n)), 5e-6);
    }
  }

  /** Kills: files in another order, planes mixed up, the split at another place. */
  @Test
  void readsAFolderAndAnArchiveAlike() throws IOException {
    Map<String, byte[]> files = TinyCifar.files();
    Path plain = TinyCifar.folder(folder.resolve("plain"), files);
    Path archive = folder.resolve("cifar-10-binary.tar.gz");
    Files.write(archive, IdxReaderTest.gzip(TinyCifar.tar(files)));
    Splits a = Cifar10.load(plain);
    assertEquals(20, a.full().size());
    assertEquals(16, a.train().size());
    assertEquals(4, a.validation().size());
    assertEquals(3, a.test().size());
    assertArrayEquals(new int[] {1, 2, 3, 4, 2, 3}, Arrays.copyOf(a.train().labels(), 6));
    assertArrayEquals(new int[] {6, 7, 8}, a.test().labels());
    float[] second = a.full().images(5, 6).data();
    for (int j = 0; j < 3072; j++) {
      assertEquals(((2 * 7 + 5 + j) & 0xFF) / 255f, second[j]);
    }
    assertFalse(a.test().info().comparable(), "other files are not the papers' data");
    Splits b = Cifar10.load(archive);
    assertEquals(a.full().checksum(), b.full().checksum());
    assertEquals(a.test().checksum(), b.test().checksum());
    Splits bytes = Cifar10.load(plain, Pixels.BYTE);
    assertEquals(255, bytes.full().info().high());
    assertEquals(2 * 7 + 5 + 9, bytes.full().images(5, 6).data()[9]);
  }

  @Test
  void looksInTheGivenFolderThenInAdvxDataThenInTheCache() throws IOException {
    Map<String, byte[]> files = TinyCifar.files();
    Path given = TinyCifar.folder(folder.resolve("given"), files);
    Path named = TinyCifar.folder(folder.resolve("named/cifar10/cifar-10-batches-bin"), files);
    Path cache = Files.createDirectories(folder.resolve("xdg/advx/cifar10"));
    Files.write(cache.resolve("cifar-10-binary.tar.gz"), IdxReaderTest.gzip(TinyCifar.tar(files)));
    var environment =
        Map.of(
            "ADVX_DATA", folder.resolve("named").toString(),
            "XDG_CACHE_HOME", folder.resolve("xdg").toString());
    assertFound(given, "--data", search(Optional.of(given), environment));
    assertFound(named, "ADVX_DATA", search(Optional.empty(), environment));
    Files.delete(named.resolve("data_batch_3.bin"));
    Path archive = cache.resolve("cifar-10-binary.tar.gz");
    assertFound(archive, "cache", search(Optional.empty(), environment));
    Files.delete(archive);
    assertEquals(
        "CIFAR-10 was not found: not below %s (ADVX_DATA), and not in the cache %s."
            .formatted(folder.resolve("named"), cache),
        Cifar10.find(search(Optional.empty(), environment)).sentence());
    var empty = search(Optional.of(folder.resolve("named")), Map.of());
    var e = assertThrows(InputException.class, () -> Cifar10.find(empty));
    assertTrue(e.getMessage().startsWith("CIFAR-10 is not in " + folder), e.getMessage());
    assertTrue(e.getMessage().endsWith("name the folder that has them."), e.getMessage());
  }

  @Test
  void aFailedDownloadIsToldInASentence() {
    var unreachable =
        new Downloader(
            List.of(URI.create("http://" + DownloaderTest.NO_HOST + "/")), (name, n, of) -> {});
    var found = Cifar10.find(search(Optional.empty(), Map.of()), unreachable);
    assertTrue(found.place().isEmpty());
    assertTrue(
        found.sentence().contains(".invalid is not known to this network; check"),
        found.sentence());
  }

  @Test
  void refusesFilesThatAreNoWholeImages() throws IOException {
    Map<String, byte[]> files = TinyCifar.files();
    files.put("data_batch_2.bin", Arrays.copyOf(files.get("data_batch_2.bin"), 9_000));
    refused(
        TinyCifar.folder(folder.resolve("a"), files),
        "data_batch_2.bin is cut short or damaged: it has 9000 bytes, but images of 3073 bytes");
    files.put("data_batch_2.bin", new byte[0]);
    refused(TinyCifar.folder(folder.resolve("a"), files), "it has 0 bytes");
  }

  @Test
  void refusesALabelOutOfRange() throws IOException {
    Map<String, byte[]> files = TinyCifar.files();
    files.get("test_batch.bin")[2 * 3073] = 10;
    refused(
        TinyCifar.folder(folder.resolve("a"), files),
        "test_batch.bin is damaged: image 2 has label 10, but labels go from 0 to 9; delete it");
  }

  @Test
  void refusesDamagedArchives() throws IOException {
    Map<String, byte[]> files = TinyCifar.files();
    byte[] tar = TinyCifar.tar(files);
    byte[] whole = IdxReaderTest.gzip(tar);
    refused(archive(Arrays.copyOf(whole, whole.length / 2)), "is cut short; delete it and");
    byte[] flipped = whole.clone();
    flipped[whole.length - 6] ^= 1;
    refused(archive(flipped), "its compressed data do not unpack");
    refused(archive("<html>".getBytes(java.nio.charset.StandardCharsets.UTF_8)), "do not unpack");
    refused(archive(IdxReaderTest.gzip(Arrays.copyOf(tar, 3_000))), "is cut short");
    byte[] header = tar.clone();
    header[600] ^= 1;
    refused(archive(IdxReaderTest.gzip(header)), "a header of the archive has a wrong checksum");
    byte[] huge = TinyCifar.header("x/data_batch_1.bin", 1L << 31, '0');
    refused(archive(IdxReaderTest.gzip(huge)), "claims 2147483648 bytes for data_batch_1.bin");
    files.remove("data_batch_4.bin");
    refused(archive(IdxReaderTest.gzip(TinyCifar.tar(files))), "holds no data_batch_4.bin");
  }

  private Path archive(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("some.tar.gz"), bytes);
  }

  private void refused(Path place, String part) {
    var e = assertThrows(InputException.class, () -> Cifar10.load(place));
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertTrue(e.getMessage().startsWith(place.toString()), e.getMessage());
    assertTrue(e.getMessage().endsWith("."), e.getMessage());
  }

  private Search search(Optional<Path> given, Map<String, String> environment) {
    return new Search(given, environment, "Linux", folder.resolve("home"));
  }

  private static void assertFound(Path expected, String where, Search search) {
    var found = Cifar10.find(search);
    assertEquals(Optional.of(expected), found.place());
    assertTrue(found.sentence().contains(where), found.sentence());
  }
}
