package advx.cli.command;

import advx.cli.Build;
import advx.cli.Machine;
import advx.cli.console.Console;
import advx.cli.report.Numbers;
import advx.cli.report.ResultTable;
import advx.cli.report.ResultsFolder;
import advx.cli.result.Results;
import advx.cli.result.RowResult;
import advx.cli.rows.Estimate;
import advx.cli.rows.Measuring;
import advx.cli.rows.Profile;
import advx.cli.rows.Row;
import advx.cli.rows.Scope;
import advx.cli.rows.Session;
import advx.engine.InputException;
import advx.engine.Workers;
import advx.nn.ModelStore;
import advx.nn.data.Splits;
import advx.nn.io.Checksums;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * A run of the reproduction: measures what is not measured yet, and writes the results anew after
 * each row.
 *
 * <p>Rows run by how long they take, so that most of the table is there soon; they stand in it in
 * the order of the papers. All rows run for one seed before any runs for the next.
 */
final class Reproduction {
  /** Runs that take longer are asked for twice. */
  private static final double LONG_HOURS = 24;

  private final Path folder;
  private final Order order;
  private final Data data;
  private final Workers workers;
  private final Console console;
  private final Results empty;

  /** CIFAR-10 once it was read: one copy for the rows of all seeds. */
  private Splits cifar;

  /**
   * What is asked for.
   *
   * @param all every row there is, in the order of the papers
   * @param rows those to measure
   * @param again whether to measure anew what is measured already
   * @param yes whether to go on however long it takes
   */
  record Order(
      List<Row> all, List<Row> rows, Scope scope, List<Long> seeds, boolean again, boolean yes) {}

  /**
   * What it is measured on.
   *
   * @param splits as the profile has them
   * @param cifar finds and reads CIFAR-10 when first asked
   */
  record Data(Splits splits, String note, Supplier<Splits> cifar) {
    String checksum() {
      String parts =
          String.join(
              "\n",
              splits.train().checksum(),
              splits.validation().checksum(),
              splits.test().checksum());
      return Checksums.sha256(parts.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private record Piece(Row row, long seed) {}

  Reproduction(Path folder, Order order, Data data, Workers workers, Console console) {
    this.folder = folder;
    this.order = order;
    this.data = data;
    this.workers = workers;
    this.console = console;
    this.empty =
        new Results(
            Results.SCHEMA,
            Machine.version(),
            Build.checksum(),
            data.splits().full().name(),
            data.checksum(),
            data.splits().test().info().comparable(),
            data.note(),
            order.scope().toString(),
            Machine.describe(workers),
            List.of(),
            0);
  }

  /** Does it, and returns all results of the folder. */
  Results run() {
    List<RowResult> done = new ArrayList<>(Earlier.of(folder, empty, console));
    List<Piece> pieces = pieces();
    if (order.again()) {
      done.removeIf(result -> isAsked(result));
    }
    done.removeIf(result -> result.isSkipped() && isAsked(result));
    List<Piece> open = pieces.stream().filter(piece -> !isIn(done, piece)).toList();
    if (open.size() < pieces.size()) {
      console.progress(
          "%s of %s are measured already; --again measures them anew."
              .formatted(pieces.size() - open.size(), pieces.size()));
    }
    estimate(open);
    int planned = done.size() + open.size();
    Results results = write(done, planned);
    ModelStore models = new ModelStore(folder.resolve("models"));
    int at = 0;
    for (Piece piece : open) {
      console.progress("[%d/%d] %s".formatted(++at, open.size(), title(piece)));
      console.live("  measuring");
      RowResult result = Measuring.measure(piece.row(), session(piece.seed(), models));
      done.add(result);
      results = write(done, planned);
      console.progress(said(result));
    }
    return results;
  }

  /** What is asked for, in the order in which it is measured. */
  private List<Piece> pieces() {
    List<Row> byWork = new ArrayList<>(order.rows());
    byWork.sort(Comparator.comparingDouble(row -> row.work(order.scope()).total()));
    List<Piece> pieces = new ArrayList<>();
    for (long seed : order.seeds()) {
      byWork.forEach(row -> pieces.add(new Piece(row, seed)));
    }
    return pieces;
  }

  private boolean isAsked(RowResult result) {
    return order.seeds().contains(result.seed())
        && order.rows().stream().anyMatch(row -> row.id().equals(result.id()));
  }

  private static boolean isIn(List<RowResult> done, Piece piece) {
    return done.stream().anyMatch(r -> r.seed() == piece.seed() && r.id().equals(piece.row().id()));
  }

  /** Says how long it will take where that is more than minutes; stops if it is days. */
  private void estimate(List<Piece> open) {
    if (!order.scope().profile().atLeast(Profile.STANDARD) || open.isEmpty()) {
      return;
    }
    console.live("  measuring the speed of this machine");
    Estimate estimate = Estimate.measured(workers);
    double hours = 0;
    for (long seed : order.seeds()) {
      List<Row> rows = open.stream().filter(p -> p.seed() == seed).map(Piece::row).toList();
      hours += estimate.hours(rows, order.scope());
    }
    String about = "about " + Numbers.duration(3600 * hours);
    console.progress("This will take " + about + " on this machine.");
    if (hours > LONG_HOURS && !order.yes()) {
      throw new InputException(
          "This will take %s, more than a day: add --yes to start it, or choose rows with --only, fewer seeds with --seeds, or another --profile."
              .formatted(about));
    }
  }

  private Session session(long seed, ModelStore models) {
    return new Session(
        data.splits(), this::cifar, order.scope(), seed, workers, models, console::training);
  }

  private Splits cifar() {
    if (cifar == null) {
      cifar = data.cifar().get();
    }
    return cifar;
  }

  private String title(Piece piece) {
    String title = piece.row().title();
    return order.seeds().size() > 1 ? title + ", seed " + piece.seed() : title;
  }

  /** The row's lines of the table, and how long it took. */
  private static String said(RowResult result) {
    String lines = ResultTable.row(result, ResultTable.Style.PLAIN).stripTrailing();
    return result.isSkipped() ? lines : lines + "\n  " + Numbers.duration(result.seconds());
  }

  private Results write(List<RowResult> done, int planned) {
    List<String> ids = order.all().stream().map(Row::id).toList();
    List<RowResult> sorted = Papers.sorted(done, ids);
    Results results = empty.with(sorted, planned);
    ResultsFolder.write(folder, results);
    return results;
  }
}
