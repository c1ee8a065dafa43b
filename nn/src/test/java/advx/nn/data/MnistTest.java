package advx.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import advx.engine.InputException;
import advx.nn.data.Mnist.Search;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {
  @TempDir Path folder;

  @Test
  void theRealFilesHaveThePublishedCounts() {
    String data = System.getenv("ADVX_DATA");
    assumeTrue(data != null, "ADVX_DATA is not set: MNIST is not checked");
    var found = Mnist.find(Mnist.DIGITS, Search.ofProcess(Optional.of(Path.of(data))));
    Splits mnist = Mnist.load(Mnist.DIGITS, found.folder().orElseThrow());
    assertEquals(60_000, mnist.full().size());
    assertEquals(50_000, mnist.train().size());
    assertEquals(10_000, mnist.validation().size());
    assertEquals(50_000, mnist.validation().index(0));
    assertArrayEquals(
        new int[] {5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949},
        mnist.full().labelCounts());
    assertArrayEquals(
        new int[] {980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009},
        mnist.test().labelCounts());
    double sum = 0;
    double squares = 0;
    for (float pixel : mnist.full().images(0, 60_000).data()) {
      sum += pixel;
      squares += (double) pixel * pixel;
    }
    double n = 60_000 * 784.0;
    assertEquals(0.13066, sum / n, 5e-6);
    assertEquals(0.30811, Math.sqrt(squares / n - sum / n * (sum / n)), 5e-6);
    assertTrue(mnist.test().info().comparable());
  }

  @Test
  void looksInTheGivenFolderThenInAdvxDataThenInTheCache() throws IOException {
    Path given = fill(folder.resolve("given"));
    Path named = fill(folder.resolve("named/mnist"));
    Path cache = fill(folder.resolve("xdg/advx/mnist"));
    var environment =
        Map.of(
            "ADVX_DATA", folder.resolve("named").toString(),
            "XDG_CACHE_HOME", folder.resolve("xdg").toString());
    assertFound(given, "--data", search(Optional.of(given), environment));
    assertFound(given, "--data", search(Optional.of(given), Map.of()));
    assertFound(named, "ADVX_DATA", search(Optional.empty(), environment));
    Files.delete(named.resolve("t10k-labels-idx1-ubyte.gz"));
    assertFound(cache, "cache", search(Optional.empty(), environment));
  }

  @Test
  void namesWhatAGivenFolderLacks() throws IOException {
    Path given = fill(folder.resolve("given/fashion-mnist")).getParent();
    Files.delete(given.resolve("fashion-mnist/train-labels-idx1-ubyte.gz"));
    var search = search(Optional.of(given), Map.of("ADVX_DATA", "/elsewhere"));
    var e = assertThrows(InputException.class, () -> Mnist.find(Mnist.FASHION, search));
    assertEquals(
        "Fashion-MNIST is not in %s: neither there nor in its folder fashion-mnist are train-labels-idx1-ubyte (.gz or not); name the folder with the four files."
            .formatted(given),
        e.getMessage());
  }

  @Test
  void saysWhereItLookedInVain() {
    var search = search(Optional.empty(), Map.of("ADVX_DATA", "/nowhere"));
    var found = Mnist.find(Mnist.DIGITS, search);
    assertTrue(found.folder().isEmpty());
    assertEquals(
        "MNIST was not found: no --data was given, not below /nowhere (ADVX_DATA), and not all four"
            + " files are in the cache %s.".formatted(folder.resolve("home/.cache/advx/mnist")),
        found.sentence());
  }

  @Test
  void aFailedDownloadIsToldInASentence() {
    var unreachable =
        new Mnist.Source(
            "MNIST",
            "mnist",
            true,
            List.of(URI.create("http://" + DownloaderTest.NO_HOST + "/")),
            Mnist.DIGITS.files());
    var found =
        Mnist.find(unreachable, search(Optional.empty(), Map.of()), (name, bytes, of) -> {});
    assertTrue(found.folder().isEmpty());
    assertTrue(
        found.sentence().contains(".invalid is not known to this network; check"),
        found.sentence());
    assertFalse(
        Files.exists(folder.resolve("home/.cache/advx/mnist/train-images-idx3-ubyte.gz.part")));
  }

  @Test
  void everySystemHasItsOwnCache() {
    Path home = folder.resolve("home");
    assertEquals(
        home.resolve("Library/Caches/advx"),
        new Search(Optional.empty(), Map.of("XDG_CACHE_HOME", "/x"), "Mac OS X", home).cache());
    assertEquals(
        folder.resolve("local/advx"),
        new Search(
                Optional.empty(),
                Map.of("LOCALAPPDATA", folder.resolve("local").toString()),
                "Windows 11",
                home)
            .cache());
    assertEquals(
        home.resolve(".cache/advx"),
        new Search(Optional.empty(), Map.of("XDG_CACHE_HOME", "relative"), "Linux", home).cache());
  }

  @Test
  void readsPlainAndCompressedFilesAndSplitsOffASixth() throws IOException {
    Path given = fill(folder.resolve("given"));
    Path gz = given.resolve("t10k-labels-idx1-ubyte.gz");
    Files.move(gz, given.resolve("t10k-labels-idx1-ubyte"));
    Splits splits = Mnist.load(Mnist.FASHION, given);
    assertEquals(12, splits.full().size());
    assertEquals(10, splits.train().size());
    assertEquals(2, splits.test().size());
    assertEquals("Fashion-MNIST test", splits.test().name());
    assertFalse(splits.full().info().comparable());
    Files.delete(given.resolve("t10k-labels-idx1-ubyte"));
    assertThrows(InputException.class, () -> Mnist.load(Mnist.FASHION, given));
  }

  @Test
  void mirrorsAreReachedOverHttpsOnly() {
    for (var source : List.of(Mnist.DIGITS, Mnist.FASHION)) {
      assertEquals(4, source.files().size());
      for (var mirror : source.mirrors()) {
        assertEquals("https", mirror.getScheme());
        assertTrue(mirror.getPath().endsWith("/"), mirror.toString());
      }
    }
  }

  private Search search(Optional<Path> given, Map<String, String> environment) {
    return new Search(given, environment, "Linux", folder.resolve("home"));
  }

  private static void assertFound(Path expected, String where, Search search) {
    var found = Mnist.find(Mnist.DIGITS, search);
    assertEquals(Optional.of(expected), found.folder());
    assertTrue(found.sentence().contains(where), found.sentence());
  }

  private static Path fill(Path path) throws IOException {
    Files.createDirectories(path);
    for (var part : Map.of("train", 12, "t10k", 2).entrySet()) {
      int n = part.getValue();
      Files.write(
          path.resolve(part.getKey() + "-images-idx3-ubyte.gz"),
          IdxReaderTest.gzip(IdxReaderTest.idx(0x803, new byte[4 * n], n, 2, 2)));
      Files.write(
          path.resolve(part.getKey() + "-labels-idx1-ubyte.gz"),
          IdxReaderTest.gzip(IdxReaderTest.idx(0x801, new byte[n], n)));
    }
    return path;
  }
}
