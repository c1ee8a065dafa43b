package advx.nn.data;

import advx.engine.InputException;
import advx.engine.Tensor;
import advx.nn.data.Downloader.RemoteFile;
import advx.nn.data.Mnist.Search;
import advx.nn.io.Checksums;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds and reads CIFAR-10: 50,000 + 10,000 colour images of 32×32, 10 classes (Krizhevsky 2009:
 * Learning multiple layers of features from tiny images).
 *
 * <p>Looked for as MNIST is ({@link Mnist}): in a folder {@code cifar10} or directly, there as the
 * six files of the binary version, or in their folder {@code cifar-10-batches-bin}, or in the
 * archive as it was published, which is unpacked in memory. {@link CifarReader} has the format.
 */
public final class Cifar10 {
  /** The name of its folder, and its word on the command line. */
  public static final String FOLDER = "cifar10";

  /** What the labels 0 to 9 mean. */
  public static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  /** The archive as published. */
  public static final RemoteFile ARCHIVE =
      new RemoteFile("cifar-10-binary.tar.gz", 170_052_171, "c32a1d4ab5d03f1284b67883e8d87530");

  static final String INNER = "cifar-10-batches-bin";

  /** The six files with the SHA-256 of each as published; the test images last. */
  private static final Map<String, String> PUBLISHED =
      Map.of(
          "data_batch_1.bin",
          "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
          "data_batch_2.bin",
          "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
          "data_batch_3.bin",
          "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
          "data_batch_4.bin",
          "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
          "data_batch_5.bin",
          "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
          "test_batch.bin",
          "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b");

  private static final List<String> NAMES = PUBLISHED.keySet().stream().sorted().toList();

  private static final List<URI> MIRRORS = List.of(URI.create("https://www.cs.toronto.edu/~kriz/"));

  /** In what units pixels are given: byte/255 in [0, 1], or the byte itself in [0, 255]. */
  public enum Pixels {
    UNIT,
    BYTE;

    float high() {
      return this == UNIT ? 1 : 255;
    }
  }

  /**
   * The outcome of a search.
   *
   * @param place the folder with the six files or the archive, if there is one
   * @param sentence where it was found, or why it was not
   */
  public record Found(Optional<Path> place, String sentence) {}

  private Cifar10() {}

  /**
   * Looks without using the network.
   *
   * @throws InputException if the user named a folder and nothing is there
   */
  public static Found find(Search search) {
    if (search.given().isPresent()) {
      Path given = search.given().get();
      Path place =
          within(given)
              .orElseThrow(
                  () ->
                      new InputException(
                          "CIFAR-10 is not in %s: neither there nor in its folder %s are its six .bin files, %s, or %s; name the folder that has them."
                              .formatted(given, FOLDER, INNER, ARCHIVE.name())));
      return found(place, "the folder given with --data");
    }
    Optional<Path> named = search.named().flatMap(Cifar10::within);
    if (named.isPresent()) {
      return found(named.get(), "the folder of ADVX_DATA");
    }
    Optional<Path> cached = at(folder(search));
    if (cached.isPresent()) {
      return found(cached.get(), "the cache");
    }
    String data =
        search
            .named()
            .map(path -> "not below " + path + " (ADVX_DATA)")
            .orElse("ADVX_DATA is unset");
    return new Found(
        Optional.empty(),
        "CIFAR-10 was not found: %s, and not in the cache %s.".formatted(data, folder(search)));
  }

  /** As above, and downloads into the cache what is nowhere else; a failure is told, not thrown. */
  public static Found find(Search search, Downloader.Progress progress) {
    return find(search, new Downloader(MIRRORS, progress));
  }

  static Found find(Search search, Downloader downloader) {
    Found offline = find(search);
    if (offline.place().isPresent()) {
      return offline;
    }
    try {
      downloader.fetch(ARCHIVE, folder(search));
      return found(folder(search).resolve(ARCHIVE.name()), "the cache, just downloaded");
    } catch (InputException e) {
      return new Found(Optional.empty(), offline.sentence() + " " + e.getMessage());
    }
  }

  /** Downloads the archive into the user's cache, unless it is there, and says where it lies. */
  public static Path download(Downloader.Progress progress) {
    Path folder = folder(Search.ofProcess(Optional.empty()));
    new Downloader(MIRRORS, progress).fetch(ARCHIVE, folder);
    return folder.resolve(ARCHIVE.name());
  }

  /** Reads a folder or an archive with pixels in [0, 1]. */
  public static Splits load(Path place) {
    return load(place, Pixels.UNIT);
  }

  /**
   * Reads a folder or an archive: a fifth of the training images, the last 10,000, is for
   * validation, as the maxout networks were trained. A colour's whole plane stands before the next
   * one's: red, green, blue. Figures are comparable with the papers' if all six files are those
   * that were published.
   *
   * @throws InputException with a sentence if a file is missing or damaged
   */
  public static Splits load(Path place, Pixels pixels) {
    Map<String, byte[]> files = CifarReader.files(place, NAMES);
    boolean comparable =
        NAMES.stream()
            .allMatch(name -> Checksums.sha256(files.get(name)).equals(PUBLISHED.get(name)));
    String name = comparable ? "CIFAR-10" : "images in " + place;
    Dataset full =
        dataset(place, files, name, NAMES.subList(0, NAMES.size() - 1), pixels, comparable);
    Dataset test =
        dataset(place, files, name + " test", List.of(NAMES.getLast()), pixels, comparable);
    return Splits.of(full, full.size() / 5, test);
  }

  private static Dataset dataset(
      Path place,
      Map<String, byte[]> files,
      String name,
      List<String> parts,
      Pixels pixels,
      boolean comparable) {
    int n = parts.stream().mapToInt(part -> CifarReader.records(place, part, files)).sum();
    int d = CifarReader.FEATURES;
    float[] x = new float[Math.multiplyExact(n, d)];
    int[] labels = new int[n];
    int at = 0;
    for (String part : parts) {
      at = CifarReader.read(place, part, files.get(part), pixels.high(), x, labels, at);
    }
    int side = CifarReader.SIDE;
    var info = new Dataset.Info(name, CLASSES.size(), side, side, 3, 0, pixels.high(), comparable);
    return new Dataset(info, Tensor.of(x, n, d), labels);
  }

  private static Path folder(Search search) {
    return search.cache().resolve(FOLDER);
  }

  private static Found found(Path place, String where) {
    return new Found(Optional.of(place), "CIFAR-10: found in %s (%s).".formatted(place, where));
  }

  /** The folder with the six files or the archive that is found by naming this folder. */
  public static Optional<Path> within(Path path) {
    return at(path.resolve(FOLDER)).or(() -> at(path));
  }

  private static Optional<Path> at(Path folder) {
    return List.of(folder, folder.resolve(INNER), folder.resolve(ARCHIVE.name())).stream()
        .filter(
            place ->
                place.endsWith(ARCHIVE.name())
                    ? Files.isRegularFile(place)
                    : NAMES.stream().allMatch(name -> Files.isRegularFile(place.resolve(name))))
        .findFirst();
  }
}
