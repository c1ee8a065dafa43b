package advx.cli.command;

import advx.cli.console.Console;
import advx.cli.report.Numbers;
import advx.engine.InputException;
import advx.engine.Workers;
import advx.nn.data.Cifar10;
import advx.nn.data.Dataset;
import advx.nn.data.Downloader;
import advx.nn.data.Mnist;
import advx.nn.data.Strokes;
import advx.nn.data.StrokesSheet;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code advx data}: what data sets there are, where they were found, and what is in them. */
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Say which data sets are found, and where.",
      "With --data: read that one, count its images and print its checksums."
    })
public final class DataCommand implements Callable<Integer> {
  /** Enough to find 20 of each digit among them. */
  private static final int SHEET_FROM = 2_000;

  @Mixin private DataOptions data;

  @Option(
      names = "--sheet",
      paramLabel = "FILE.png",
      description = "Write 20 images of each class as a picture (default: embedded digits).")
  private Path sheet;

  @Option(names = "--download", description = "Download MNIST, or the set of --data, to the cache.")
  private boolean download;

  @Mixin private RunOptions run;

  @Override
  public Integer call() {
    Console console = run.console();
    try (Workers workers = run.workers()) {
      if (download) {
        download(console);
      } else if (sheet != null) {
        sheet(console, workers);
      } else if (data.given().isPresent()) {
        DataOptions.Chosen chosen = data.load(console, workers);
        console.result(
            Parts.note(chosen)
                + describe("train", chosen.splits().train())
                + describe("validation", chosen.splits().validation())
                + describe("test", chosen.splits().test()));
      } else {
        console.result(overview());
      }
    }
    return 0;
  }

  /** One line a data set, without using the network. */
  static String overview() {
    Mnist.Search search = Mnist.Search.ofProcess(Optional.empty());
    return """
    %s
    %s
    %s
    Embedded digits: drawn by the program, %s to train and validate on and %s to test on.
    """
        .formatted(
            Mnist.find(Mnist.DIGITS, search).sentence(),
            Mnist.find(Mnist.FASHION, search).sentence(),
            Cifar10.find(search).sentence(),
            Numbers.count(Strokes.TRAIN),
            Numbers.count(Strokes.TEST));
  }

  private static String describe(String part, Dataset dataset) {
    String counts =
        Arrays.stream(dataset.labelCounts())
            .mapToObj(Numbers::count)
            .collect(Collectors.joining(" "));
    return """
    %s: %s images of %d×%d%s, by label %s
      sha256 %s
    """
        .formatted(
            part,
            Numbers.count(dataset.size()),
            dataset.info().height(),
            dataset.info().width(),
            dataset.info().channels() == 3 ? " in colour" : "",
            counts,
            dataset.checksum());
  }

  private void download(Console console) {
    if (data.given().orElse("").equals(Cifar10.FOLDER)) {
      Path archive = Cifar10.download(DataOptions.progress(console));
      console.clear();
      console.resultLine("%s  %s bytes".formatted(archive, Numbers.count(Cifar10.ARCHIVE.bytes())));
      return;
    }
    Mnist.Source source = DataOptions.source(data.given().orElse("mnist"));
    Path folder = Mnist.Search.ofProcess(Optional.empty()).cache().resolve(source.folder());
    Downloader downloader = new Downloader(source.mirrors(), DataOptions.progress(console));
    for (Downloader.RemoteFile file : source.files()) {
      downloader.fetch(file, folder);
      console.clear();
      console.resultLine(
          "%s  %s bytes".formatted(folder.resolve(file.name()), Numbers.count(file.bytes())));
    }
  }

  private void sheet(Console console, Workers workers) {
    if (!sheet.toString().endsWith(".png")) {
      throw new InputException(
          "--sheet is %s: give a file name that ends with .png.".formatted(sheet));
    }
    Dataset digits =
        data.given().isPresent()
            ? data.load(console, workers).splits().full()
            : Strokes.dataset(SHEET_FROM, 1, DataOptions.EMBEDDED_SEED, workers).full();
    StrokesSheet.write(digits, sheet);
    console.resultLine(
        "%s: row k shows the first 20 images of %s labelled k".formatted(sheet, digits.name()));
  }
}
