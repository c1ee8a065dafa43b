package advx.nn.data;

import advx.engine.InputException;
import advx.nn.data.Downloader.RemoteFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds and reads MNIST and what comes in the same four files: 60,000 + 10,000 grey images of 28×28
 * in [0, 1] (byte/255), 10 classes.
 *
 * <p>They are looked for in the folder that the user names, then in that of ADVX_DATA, then in the
 * user's cache; what is not in the cache is downloaded into it. In the first two the files lie
 * either in a folder of the data set's name or directly.
 */
public final class Mnist {
  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  private static final String TEST_LABELS = "t10k-labels-idx1-ubyte";
  private static final List<String> NAMES =
      List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS);
  private static final int CLASSES = 10;

  /**
   * A data set in this form.
   *
   * @param folder the name of its folder
   * @param comparable whether it is the one that the papers use
   * @param mirrors folders that hold the four files
   * @param files the four files, named *.gz
   */
  public record Source(
      String name, String folder, boolean comparable, List<URI> mirrors, List<RemoteFile> files) {
    public Source {
      mirrors = List.copyOf(mirrors);
      files = List.copyOf(files);
    }
  }

  /** The handwritten digits (LeCun, Cortes, Burges; CC BY-SA 3.0). */
  public static final Source DIGITS =
      new Source(
          "MNIST",
          "mnist",
          true,
          List.of(
              URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"),
              URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
              URI.create("https://raw.githubusercontent.com/fgnt/mnist/master/")),
          List.of(
              new RemoteFile(TRAIN_IMAGES + ".gz", 9_912_422, "f68b3c2dcbeaaa9fbdd348bbdeb94873"),
              new RemoteFile(TRAIN_LABELS + ".gz", 28_881, "d53e105ee54ea40749a09fcbcd1e9432"),
              new RemoteFile(TEST_IMAGES + ".gz", 1_648_877, "9fb629c4189551a2d022fa330f9573f3"),
              new RemoteFile(TEST_LABELS + ".gz", 4_542, "ec29112dd5afa0611ce80d1b7f02629c")));

  /** Pictures of clothes (Xiao, Rasul, Vollgraf 2017; MIT). */
  public static final Source FASHION =
      new Source(
          "Fashion-MNIST",
          "fashion-mnist",
          false,
          List.of(
              URI.create(
                  "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
              URI.create("https://storage.googleapis.com/tensorflow/tf-keras-datasets/")),
          List.of(
              new RemoteFile(TRAIN_IMAGES + ".gz", 26_421_880, "8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
              new RemoteFile(TRAIN_LABELS + ".gz", 29_515, "25c81989df183df01b3e8a0aad5dffbe"),
              new RemoteFile(TEST_IMAGES + ".gz", 4_422_102, "bef4ecab320f06d8554ea6380940ec79"),
              new RemoteFile(TEST_LABELS + ".gz", 5_148, "bb300cfdad3c16e7a12a480ee83cd310")));

  /**
   * Where to look.
   *
   * @param given the folder that the user named, if any
   * @param environment the environment's variables
   * @param system the operating system's name, as in the property os.name
   * @param home the user's home folder
   */
  public record Search(
      Optional<Path> given, Map<String, String> environment, String system, Path home) {
    /** What this process sees. */
    public static Search ofProcess(Optional<Path> given) {
      return new Search(
          given,
          System.getenv(),
          System.getProperty("os.name"),
          Path.of(System.getProperty("user.home")));
    }

    /** The folder of ADVX_DATA, if that is set. */
    Optional<Path> named() {
      String path = environment.getOrDefault("ADVX_DATA", "");
      return path.isBlank() ? Optional.empty() : Optional.of(Path.of(path));
    }

    /** The user's cache: each system has its own place for it. */
    public Path cache() {
      String os = system.toLowerCase(Locale.ROOT);
      if (os.startsWith("windows")) {
        String local = environment.getOrDefault("LOCALAPPDATA", "");
        return (local.isBlank() ? home.resolve("AppData/Local") : Path.of(local)).resolve("advx");
      }
      if (os.startsWith("mac")) {
        return home.resolve("Library/Caches/advx");
      }
      Path xdg = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
      return (xdg.isAbsolute() ? xdg : home.resolve(".cache")).resolve("advx");
    }
  }

  /**
   * The outcome of a search.
   *
   * @param folder the folder with the four files, if there is one
   * @param sentence where it was found, or why it was not
   */
  public record Found(Optional<Path> folder, String sentence) {}

  private Mnist() {}

  /**
   * Looks without using the network.
   *
   * @throws InputException if the user named a folder and the files are not there
   */
  public static Found find(Source source, Search search) {
    Optional<Path> given = search.given();
    if (given.isPresent()) {
      Path folder =
          within(source, given.get())
              .orElseThrow(() -> new InputException(notIn(source, given.get())));
      return found(source, folder, "the folder given with --data");
    }
    Optional<Path> named = search.named().flatMap(path -> within(source, path));
    if (named.isPresent()) {
      return found(source, named.get(), "the folder of ADVX_DATA");
    }
    Path cache = search.cache().resolve(source.folder());
    if (missing(cache).isEmpty()) {
      return found(source, cache, "the cache");
    }
    String data =
        search
            .named()
            .map(path -> "not below " + path + " (ADVX_DATA)")
            .orElse("ADVX_DATA is unset");
    return new Found(
        Optional.empty(),
        "%s was not found: no --data was given, %s, and not all four files are in the cache %s."
            .formatted(source.name(), data, cache));
  }

  /** As above, and downloads into the cache what is nowhere else; a failure is told, not thrown. */
  public static Found find(Source source, Search search, Downloader.Progress progress) {
    return find(source, search, new Downloader(source.mirrors(), progress));
  }

  static Found find(Source source, Search search, Downloader downloader) {
    Found offline = find(source, search);
    if (offline.folder().isPresent()) {
      return offline;
    }
    Path cache = search.cache().resolve(source.folder());
    try {
      for (RemoteFile file : source.files()) {
        downloader.fetch(file, cache);
      }
      return found(source, cache, "the cache, just downloaded");
    } catch (InputException e) {
      return new Found(Optional.empty(), offline.sentence() + " " + e.getMessage());
    }
  }

  /**
   * Reads the four files: a sixth of the training images, the last 10,000, is for validation.
   *
   * @throws InputException with a sentence if a file is missing or damaged
   */
  public static Splits load(Source source, Path folder) {
    List<String> missing = missing(folder);
    if (!missing.isEmpty()) {
      throw new InputException(notIn(source, folder));
    }
    Dataset full = read(source, folder, "", TRAIN_IMAGES, TRAIN_LABELS);
    Dataset test = read(source, folder, " test", TEST_IMAGES, TEST_LABELS);
    return Splits.of(full, full.size() / 6, test);
  }

  private static Dataset read(
      Source source, Path folder, String suffix, String images, String labels) {
    return IdxReader.images(
        source.name() + suffix,
        CLASSES,
        source.comparable(),
        file(folder, images).orElseThrow(),
        file(folder, labels).orElseThrow());
  }

  private static Found found(Source source, Path folder, String where) {
    return new Found(
        Optional.of(folder), "%s: found in %s (%s).".formatted(source.name(), folder, where));
  }

  /** The folder with the four files that is found by naming this folder. */
  public static Optional<Path> within(Source source, Path path) {
    return List.of(path.resolve(source.folder()), path).stream()
        .filter(folder -> missing(folder).isEmpty())
        .findFirst();
  }

  private static List<String> missing(Path folder) {
    return NAMES.stream().filter(name -> file(folder, name).isEmpty()).toList();
  }

  private static String notIn(Source source, Path path) {
    var lacking = new ArrayList<String>(missing(path.resolve(source.folder())));
    if (lacking.size() == NAMES.size()) {
      lacking = new ArrayList<>(missing(path));
    }
    return "%s is not in %s: neither there nor in its folder %s are %s (.gz or not); name the folder with the four files."
        .formatted(source.name(), path, source.folder(), String.join(", ", lacking));
  }

  private static Optional<Path> file(Path folder, String name) {
    return List.of(folder.resolve(name + ".gz"), folder.resolve(name)).stream()
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
