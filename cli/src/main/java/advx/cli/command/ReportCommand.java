package advx.cli.command;

import advx.cli.console.Console;
import advx.cli.report.ResultTable;
import advx.cli.report.ResultsFolder;
import advx.cli.report.ResultsJson;
import advx.cli.result.Digest;
import advx.cli.result.Results;
import advx.cli.result.RowResult;
import advx.cli.rows.Row;
import advx.cli.rows.Rows;
import advx.engine.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code advx report}: puts the results of several folders together. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Put the results of several runs together and write table and report of all of them.",
      "The runs may have been split over machines by --only and by --seed."
    })
public final class ReportCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "FOLDER",
      description = "Folders that reproduce wrote, of one program, data set and profile.")
  private List<Path> folders;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where to write; it may be one of the folders.")
  private Path out;

  @Mixin private RunOptions run;

  @Override
  public Integer call() {
    Console console = run.console();
    Map<Path, Results> read = new LinkedHashMap<>();
    for (Path folder : folders) {
      read.put(folder, ResultsJson.read(folder.resolve(ResultsFolder.JSON)));
    }
    Results all = merge(read, Rows.all().stream().map(Row::id).toList());
    try (OutputFolder folder = OutputFolder.open(out)) {
      ResultsFolder.write(folder.path(), all);
    }
    console.result(ResultTable.text(all, ReproduceCommand.style(console)));
    console.resultLine("report " + out.resolve(ResultsFolder.HTML));
    return 0;
  }

  /**
   * All results as those of one run.
   *
   * @param ids the rows in the order of the papers
   * @throws InputException if they are of different programs, data or profiles, or if the same row
   *     and seed gave other bits
   */
  static Results merge(Map<Path, Results> read, List<String> ids) {
    Path firstFolder = read.keySet().iterator().next();
    Results first = read.get(firstFolder);
    Map<String, RowResult> rows = new LinkedHashMap<>();
    SortedMap<String, String> machine = new TreeMap<>();
    int open = 0;
    for (Map.Entry<Path, Results> entry : read.entrySet()) {
      Results results = entry.getValue();
      String difference = Earlier.difference(results, first);
      if (!difference.isEmpty()) {
        throw new InputException(
            "The results in %s do not go together with those in %s: %s Make reports of them apart."
                .formatted(entry.getKey(), firstFolder, difference));
      }
      open += results.planned() - results.rows().size();
      results.rows().forEach(row -> put(rows, row, entry.getKey()));
      results.machine().forEach((name, value) -> machine.merge(name, value, ReportCommand::both));
    }
    List<RowResult> sorted = Papers.sorted(new ArrayList<>(rows.values()), ids);
    return new Results(
        first.schema(),
        first.version(),
        first.build(),
        first.dataset(),
        first.checksum(),
        first.comparable(),
        first.note(),
        first.profile(),
        machine,
        sorted,
        sorted.size() + open);
  }

  /** A measured row goes before a skipped one. */
  private static void put(Map<String, RowResult> rows, RowResult row, Path folder) {
    String key = row.id() + " " + row.seed();
    RowResult there = rows.get(key);
    if (there == null || there.isSkipped()) {
      rows.put(key, row);
    } else if (!row.isSkipped() && !digest(there).equals(digest(row))) {
      throw new InputException(
          "The row '%s' with seed %d gave other bits in %s than in an earlier folder, which must not be: measure it anew with --again."
              .formatted(row.id(), row.seed(), folder));
    }
  }

  private static String digest(RowResult row) {
    return Digest.of(List.of(row));
  }

  private static String both(String one, String other) {
    return List.of(one.split(" / ")).contains(other) ? one : one + " / " + other;
  }
}
