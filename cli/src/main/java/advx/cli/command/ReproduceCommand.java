package advx.cli.command;

import advx.cli.Machine;
import advx.cli.console.Console;
import advx.cli.report.Numbers;
import advx.cli.report.ResultTable;
import advx.cli.report.ResultsFolder;
import advx.cli.result.Results;
import advx.cli.result.RowResult;
import advx.cli.rows.Profile;
import advx.cli.rows.Row;
import advx.cli.rows.Rows;
import advx.cli.rows.Session;
import advx.engine.InputException;
import advx.engine.Workers;
import advx.nn.ModelStore;
import advx.nn.data.Splits;
import advx.nn.io.Checksums;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code advx reproduce}: measures the rows of the papers and writes the report. */
@Command(
    name = "reproduce",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measure the papers' results anew and write a table, report.html and results.json.",
      "Interrupted, the same command goes on where it was."
    })
public final class ReproduceCommand implements Callable<Integer> {
  /** Twelve thousand, of which a sixth is for validation: what the smoke profile works on. */
  private static final int SMOKE_TRAIN = 12_000;

  private static final int SMOKE_TEST = 2_000;

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
      description = "Only these rows, in the order of the papers; --list names them.")
  private List<String> only;

  @Option(names = "--list", description = "List the rows, where the papers have them, and stop.")
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

  @Mixin private RunOptions run;

  @Override
  public Integer call() {
    Console console = run.console();
    List<Row> rows = rows();
    if (list) {
      rows.forEach(row -> console.result(describe(row)));
      return 0;
    }
    try (OutputFolder folder = OutputFolder.open(out);
        Workers workers = run.workers()) {
      console.interruptible(
          () -> "Interrupted. The same command goes on from the last checkpoint.",
          () -> reproduce(rows, folder.path(), workers, console));
    }
    return 0;
  }

  private List<Row> rows() {
    List<Row> all = Rows.all();
    if (only == null) {
      return all;
    }
    List<String> ids = all.stream().map(Row::id).toList();
    for (String id : only) {
      if (!ids.contains(id)) {
        throw new InputException(
            "The row '%s' is not known: give some of %s.".formatted(id, String.join(",", ids)));
      }
    }
    return all.stream().filter(row -> only.contains(row.id())).toList();
  }

  private static String describe(Row row) {
    return "%-22s %s (%s)%n%-22s %s%n"
        .formatted(row.id(), row.title(), row.place(), "", row.claim());
  }

  private void reproduce(List<Row> rows, Path folder, Workers workers, Console console) {
    DataOptions.Chosen chosen = load(console, workers);
    Splits splits = profile.trim(chosen.splits());
    ModelStore models = new ModelStore(folder.resolve("models"));
    Session session = new Session(splits, profile, seed, workers, models, console::training);
    console.progress(
        "%s, profile %s, seed %d, %d threads, results in %s"
            .formatted(chosen.name(), profile.word(), seed, workers.threads(), folder));
    if (!chosen.note().isEmpty()) {
      console.progress(chosen.note());
    }
    List<RowResult> done = new ArrayList<>();
    Results results = null;
    for (Row row : rows) {
      console.progress("[%d/%d] %s".formatted(done.size() + 1, rows.size(), row.title()));
      console.live("  measuring");
      RowResult result = row.run(session);
      done.add(result);
      console.progress(
          "  claim %s, %s"
              .formatted(
                  result.claimHolds() ? "holds" : "does not hold",
                  Numbers.duration(result.seconds())));
      results = results(chosen, session, done, rows.size());
      ResultsFolder.write(folder, results);
    }
    console.progress("");
    console.result(ResultTable.text(results, style(console)));
    console.resultLine("report " + folder.resolve(ResultsFolder.HTML));
  }

  /** Reads the data; of the embedded digits the smoke profile draws only what it uses. */
  private DataOptions.Chosen load(Console console, Workers workers) {
    return profile == Profile.SMOKE
        ? data.load(console, workers, SMOKE_TRAIN, SMOKE_TEST)
        : data.load(console, workers);
  }

  private static Results results(
      DataOptions.Chosen chosen, Session session, List<RowResult> rows, int planned) {
    Splits used = session.data();
    String parts =
        String.join(
            "\n", used.train().checksum(), used.validation().checksum(), used.test().checksum());
    return new Results(
        Results.SCHEMA,
        Machine.version(),
        chosen.name(),
        Checksums.sha256(parts.getBytes(StandardCharsets.US_ASCII)),
        used.test().info().comparable(),
        chosen.note(),
        session.seed(),
        session.profile().word(),
        Machine.describe(session.workers()),
        rows,
        planned);
  }

  private static ResultTable.Style style(Console console) {
    return new ResultTable.Style(console.look().tableColumns(), true, console.look().colour());
  }
}
