package advx.cli.command;

import advx.cli.console.Console;
import advx.cli.rows.MissingDataException;
import advx.engine.InputException;
import advx.engine.Workers;
import advx.nn.data.Cifar10;
import advx.nn.data.Downloader;
import advx.nn.data.Mnist;
import advx.nn.data.Splits;
import advx.nn.data.Strokes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Which data set a command works on. */
final class DataOptions {
  /** The embedded data set is one set, whatever the seed of a run. */
  static final long EMBEDDED_SEED = 1;

  private static final String EMBEDDED = "embedded";
  private static final String MNIST = "mnist";
  private static final String FASHION = "fashion-mnist";
  private static final List<String> NAMED = List.of(EMBEDDED, MNIST, FASHION, Cifar10.FOLDER);

  /** The checksum of MNIST's test images, and how many training images of each digit it has. */
  private static final String DIGITS_TEST =
      "69df33a711c012ddad8672eb99d3d5ebbd0807d96e4497c39c3cdcceb71e9508";

  private static final int[] DIGITS_COUNTS = {
    5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949
  };

  @Option(
      names = "--data",
      paramLabel = "SET",
      description = {
        "A folder with the four MNIST files, or mnist, fashion-mnist, embedded, cifar10.",
        "Default: MNIST from the folder ADVX_DATA, the cache or the network; where there is none,"
            + " the embedded digits."
      })
  private String set;

  @Option(
      names = "--bytes",
      description =
          "Pixels of cifar10 from 0 to 255 instead of 0 to 1; a model that was trained so finds"
              + " them so.")
  private boolean bytes;

  /**
   * A data set, ready to use.
   *
   * @param note a sentence that has to stand beside every figure, "" for the papers' own data
   */
  record Chosen(Splits splits, String note) {
    String name() {
      return splits.full().name();
    }
  }

  /** The word or folder given; empty for the default. */
  Optional<String> given() {
    return Optional.ofNullable(set);
  }

  /** Whether pixels from 0 to 255 were asked for. */
  boolean bytes() {
    return bytes;
  }

  /** The data set in the units that the model was trained in, whole. */
  Chosen load(Console console, Workers workers, ModelOption model) {
    bytes |= model.bytes();
    return load(console, workers);
  }

  /** Finds and reads the data set, whole. */
  Chosen load(Console console, Workers workers) {
    return load(console, workers, Strokes.TRAIN, Strokes.TEST);
  }

  /**
   * What finds and reads CIFAR-10 for the rows that need it, beside the data set chosen, once: in
   * the folder of --data, if it is there, else in that of ADVX_DATA or the cache; where no --data
   * was given, also in the network.
   *
   * @throws MissingDataException (when asked) where it is not, saying where it was looked for
   */
  Supplier<Splits> cifarForRows(Console console) {
    return new Supplier<>() {
      private Splits read;
      private String missing;

      @Override
      public Splits get() {
        if (read == null && missing == null) {
          Cifar10.Found found = findCifar(console);
          console.clear();
          console.progress("  " + found.sentence());
          read = found.place().map(Cifar10::load).orElse(null);
          missing = read == null ? found.sentence() : null;
        }
        if (read == null) {
          throw new MissingDataException(missing);
        }
        return read;
      }
    };
  }

  private Cifar10.Found findCifar(Console console) {
    Optional<Path> folder =
        given()
            .filter(word -> !NAMED.contains(word))
            .map(Path::of)
            .filter(path -> Cifar10.within(path).isPresent());
    Mnist.Search search = Mnist.Search.ofProcess(folder);
    return given().isPresent() ? Cifar10.find(search) : Cifar10.find(search, progress(console));
  }

  /** As above; of the embedded digits, only so many are drawn. */
  Chosen load(Console console, Workers workers, int train, int test) {
    String word = given().orElse("");
    if (cifar(word)) {
      return cifar(word, console);
    }
    if (bytes) {
      throw new InputException(
          "Only pixels of cifar10 can go from 0 to 255: leave out --bytes, or give the data set"
              + " that the model was trained on.");
    }
    if (word.equals(EMBEDDED)) {
      return embedded(console, workers, train, test, "");
    }
    Mnist.Source source = source(word);
    Mnist.Found found = find(source, console);
    console.clear();
    if (found.folder().isPresent()) {
      console.progress(found.sentence());
      return read(source, found.folder().get());
    }
    if (!word.isEmpty()) {
      throw new InputException(found.sentence());
    }
    console.progress(found.sentence());
    return embedded(
        console, workers, train, test, "There is no MNIST here and none could be downloaded. ");
  }

  /** Whether this word, or the folder of this name, is CIFAR-10 and not MNIST. */
  static boolean cifar(String word) {
    if (word.isEmpty() || NAMED.contains(word)) {
      return word.equals(Cifar10.FOLDER);
    }
    Path folder = Path.of(word);
    return Mnist.within(Mnist.DIGITS, folder).isEmpty() && Cifar10.within(folder).isPresent();
  }

  private Chosen cifar(String word, Console console) {
    Optional<Path> folder =
        word.equals(Cifar10.FOLDER) ? Optional.empty() : Optional.of(Path.of(word));
    Cifar10.Found found = Cifar10.find(Mnist.Search.ofProcess(folder), progress(console));
    console.clear();
    Path place = found.place().orElseThrow(() -> new InputException(found.sentence()));
    console.progress(found.sentence());
    Splits splits = Cifar10.load(place, bytes ? Cifar10.Pixels.BYTE : Cifar10.Pixels.UNIT);
    boolean comparable = splits.test().info().comparable();
    return new Chosen(
        splits, comparable ? "" : notThePapers("The " + splits.full().name() + " are"));
  }

  /** Where a word's data set comes from; MNIST for a folder too. */
  static Mnist.Source source(String word) {
    return word.equals(FASHION) ? Mnist.FASHION : Mnist.DIGITS;
  }

  private Mnist.Found find(Mnist.Source source, Console console) {
    boolean named = set == null || set.equals(MNIST) || set.equals(FASHION);
    Mnist.Search search =
        Mnist.Search.ofProcess(named ? Optional.empty() : Optional.of(folder(set)));
    return Mnist.find(source, search, progress(console));
  }

  static Downloader.Progress progress(Console console) {
    return (file, bytes, of) ->
        console.live("downloading %s: %.1f of %.1f MB".formatted(file, bytes / 1e6, of / 1e6));
  }

  private static Path folder(String set) {
    Path path = Path.of(set);
    if (!Files.isDirectory(path) && path.getNameCount() == 1 && !path.isAbsolute()) {
      throw new InputException(
          "The data set '%s' is not known: give mnist, fashion-mnist, embedded, cifar10 or a folder with the four MNIST files."
              .formatted(set));
    }
    return path;
  }

  /** A folder of four files may hold anything; only the digits themselves are the papers' data. */
  private static Chosen read(Mnist.Source source, Path folder) {
    Splits splits = Mnist.load(source, folder);
    if (!source.comparable()) {
      return new Chosen(splits, notThePapers(source.name() + " is"));
    }
    if (splits.test().checksum().equals(DIGITS_TEST)
        && Arrays.equals(splits.full().labelCounts(), DIGITS_COUNTS)) {
      return new Chosen(splits, "");
    }
    String name = "images in " + folder;
    Mnist.Source other =
        new Mnist.Source(name, source.folder(), false, source.mirrors(), source.files());
    return new Chosen(Mnist.load(other, folder), notThePapers("The " + name + " are"));
  }

  private static Chosen embedded(
      Console console, Workers workers, int train, int test, String why) {
    console.live("drawing the embedded digits");
    Splits splits = Strokes.dataset(train, test, EMBEDDED_SEED, workers);
    console.clear();
    String note = notThePapers("The embedded digits, drawn by the program, are");
    return new Chosen(splits, why + note);
  }

  private static String notThePapers(String subject) {
    return subject + " not the papers' data: figures on them are not comparable.";
  }
}
