package advx.cli.command;

import advx.cli.console.Console;
import advx.cli.report.ResultTable;
import advx.cli.report.ResultsFolder;
import advx.cli.result.Results;
import advx.cli.rows.Profile;
import advx.cli.rows.Row;
import advx.cli.rows.Rows;
import advx.cli.rows.Scope;
import advx.engine.InputException;
import advx.engine.Workers;
import advx.nn.data.Dataset;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code advx reproduce}: measures the rows of the papers and writes the report. */
@Command(
    name = "reproduce",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measure the papers' results anew and write a table, report.html, report.md and"
          + " results.json.",
      "Interrupted, the same command goes on where it was."
    })
public final class ReproduceCommand implements Callable<Integer> {
  /** Twelve thousand, of which a sixth is for validation: what the smoke profile works on. */
  private static final int SMOKE_TRAIN = 12_000;

  private static final int SMOKE_TEST = 2_000;
  private static final int MOST_SEEDS = 1_000;

  @Mixin private DataOptions data;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "How much work: ${COMPLETION-CANDIDATES} (default: quick).",
      defaultValue = "quick")
  private Profile profile;

  @Option(
      names = "--only",
      paramLabel = "ROW",
      split = ",",
      description = "Only these rows, by name or number, in the papers' order; --list shows them.")
  private List<String> only;

  @Option(
      names = "--list",
      description = "List the rows, where the papers have them, and how long they take; then stop.")
  private boolean list;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "advx-results",
      description = "Where to write (default: ./${DEFAULT-VALUE}).")
  private Path out;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What all random numbers are drawn from (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description =
          "Measure each row for N seeds, from --seed on (default: 1; in the profile paper, 5).")
  private Integer seeds;

  @Option(
      names = "--images",
      paramLabel = "N",
      description =
          "How many test images the rows on decision boundaries attack and analyse (default: as"
              + " many as the profile has).")
  private Integer images;

  @Option(names = "--again", description = "Measure anew what is measured already in --out.")
  private boolean again;

  @Option(names = "--yes", description = "Start runs that take more than 24 hours.")
  private boolean yes;

  @Mixin private RunOptions run;

  @Override
  public Integer call() {
    Console console = run.console();
    List<Row> all = Rows.all();
    if (list) {
      try (Workers workers = run.workers()) {
        console.result(RowList.text(all, only, scope(all), workers));
      }
      return 0;
    }
    List<Row> rows = Rows.choose(all, only, profile);
    var order = new Reproduction.Order(all, rows, scope(rows), seeds(), again, yes);
    try (OutputFolder folder = OutputFolder.open(out);
        Workers workers = run.workers()) {
      console.interruptible(
          () -> "Interrupted. The same command goes on from the last checkpoint.",
          () -> reproduce(order, folder.path(), workers, console));
    }
    return 0;
  }

  /** The profile, and the number of images if one was asked for. */
  private Scope scope(List<Row> rows) {
    if (images == null) {
      return Scope.of(profile);
    }
    List<Row> taking = rows.stream().filter(row -> row.leastImages() > 0).toList();
    if (taking.isEmpty()) {
      throw new InputException(
          "--images is %d, but none of the rows takes a number of images: leave it out, or choose rows whose names start with boundary."
              .formatted(images));
    }
    for (Row row : taking) {
      if (images < row.leastImages()) {
        throw new InputException(
            "--images is %d, but the row '%s' needs %d or more: give a larger number, or other rows with --only."
                .formatted(images, row.id(), row.leastImages()));
      }
    }
    return new Scope(profile, images);
  }

  private List<Long> seeds() {
    int count = seeds == null ? profile.seeds() : seeds;
    if (count < 1 || count > MOST_SEEDS || seed > Long.MAX_VALUE - count) {
      throw new InputException(
          "--seeds is %d from --seed %d on: give a number from 1 to %d, and a smaller seed if it is near the largest."
              .formatted(count, seed, MOST_SEEDS));
    }
    return LongStream.range(seed, seed + count).boxed().toList();
  }

  private void reproduce(Reproduction.Order order, Path folder, Workers workers, Console console) {
    DataOptions.Chosen chosen = load(console, workers);
    console.progress(
        "%s, profile %s, %s, %d threads, results in %s"
            .formatted(
                chosen.name(), order.scope(), said(order.seeds()), workers.threads(), folder));
    if (!chosen.note().isEmpty()) {
      console.progress(chosen.note());
    }
    var on =
        new Reproduction.Data(
            profile.trim(chosen.splits()), chosen.note(), data.cifarForRows(console));
    checkImages(on.splits().test());
    Results results = new Reproduction(folder, order, on, workers, console).run();
    console.progress("");
    console.result(ResultTable.text(results, style(console)));
    console.resultLine("report " + folder.resolve(ResultsFolder.HTML));
  }

  private void checkImages(Dataset test) {
    if (images != null) {
      Parts.first(test, images);
    }
  }

  private static String said(List<Long> seeds) {
    return seeds.size() == 1
        ? "seed " + seeds.getFirst()
        : "seeds %d to %d".formatted(seeds.getFirst(), seeds.getLast());
  }

  /** Reads the data; of the embedded digits the smoke profile draws only what it uses. */
  private DataOptions.Chosen load(Console console, Workers workers) {
    if (data.given().filter(DataOptions::cifar).isPresent()) {
      throw new InputException(
          "The rows work on digits, and those on CIFAR-10 find it themselves: leave --data out, or"
              + " name a folder with the four MNIST files.");
    }
    return profile == Profile.SMOKE
        ? data.load(console, workers, SMOKE_TRAIN, SMOKE_TEST)
        : data.load(console, workers);
  }

  static ResultTable.Style style(Console console) {
    return new ResultTable.Style(console.look().tableColumns(), true, console.look().colour());
  }
}
