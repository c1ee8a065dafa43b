package advx.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.cli.console.Console;
import advx.cli.console.Look;
import advx.cli.report.ResultsJson;
import advx.cli.result.Results;
import advx.cli.result.RowResult;
import advx.cli.result.Verdict;
import advx.cli.rows.FakeRow;
import advx.cli.rows.MissingDataException;
import advx.cli.rows.Profile;
import advx.cli.rows.Row;
import advx.cli.rows.Scope;
import advx.cli.rows.Work;
import advx.engine.InputException;
import advx.engine.Workers;
import advx.nn.data.Splits;
import advx.nn.data.Strokes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The frame around the rows, with rows that take no time. */
class ReproductionTest {
  private static Splits data;

  @TempDir private Path folder;

  /** What was measured, as "row seed", in order. */
  private final List<String> measured = new ArrayList<>();

  private final List<Row> rows = List.of(row("a", 3), row("b", 1), row("c", 2));
  private Supplier<Splits> cifar = ReproductionTest::noCifar;
  private StringWriter progress = new StringWriter();
  private int images;

  @BeforeAll
  static void draw() {
    try (Workers workers = new Workers(1)) {
      data = Strokes.dataset(60, 20, 1, workers);
    }
  }

  private FakeRow row(String id, double hours) {
    return FakeRow.of(id)
        .with(Work.hours(id, hours))
        .first(session -> measured.add(id + " " + session.seed()));
  }

  private static Splits noCifar() {
    throw new MissingDataException("CIFAR-10 is not in /nowhere.");
  }

  private Results run(Path out, List<Row> all, Profile profile, int seeds, String... flags) {
    List<Row> some = all;
    boolean again = false;
    boolean yes = false;
    for (String flag : flags) {
      again |= flag.equals("--again");
      yes |= flag.equals("--yes");
      if (flag.startsWith("--only ")) {
        some = all.stream().filter(row -> flag.endsWith(" " + row.id())).toList();
      }
    }
    List<Long> numbers = new ArrayList<>();
    for (long seed = 1; seed <= seeds; seed++) {
      numbers.add(seed);
    }
    progress = new StringWriter();
    var console =
        new Console(
            new PrintWriter(new StringWriter()),
            new PrintWriter(progress),
            new Look(false, false, 100, 100, false));
    var order = new Reproduction.Order(all, some, new Scope(profile, images), numbers, again, yes);
    var on = new Reproduction.Data(data, "Drawn.", cifar);
    try (Workers workers = new Workers(1)) {
      return new Reproduction(out, order, on, workers, console).run();
    }
  }

  private static List<String> ids(Results results) {
    return results.rows().stream().map(r -> r.id() + " " + r.seed()).toList();
  }

  /** Quick rows run first, and all of a seed before the next; the table is in the papers' order. */
  @Test
  void theOrderOfTheRunIsNotThatOfTheTable() {
    Results results = run(folder, rows, Profile.QUICK, 2);
    assertEquals(List.of("b 1", "c 1", "a 1", "b 2", "c 2", "a 2"), measured);
    assertEquals(List.of("a 1", "a 2", "b 1", "b 2", "c 1", "c 2"), ids(results));
    assertTrue(results.complete());
    assertTrue(progress.toString().contains("error"), progress.toString());
  }

  @Test
  void anInterruptedRunGoesOnAndEndsWithTheSameDigest() {
    Row broken =
        row("c", 2)
            .first(
                session -> {
                  throw new IllegalStateException("the power went off");
                });
    List<Row> interrupted = List.of(rows.get(0), rows.get(1), broken);
    assertThrows(IllegalStateException.class, () -> run(folder, interrupted, Profile.QUICK, 2));
    assertEquals(List.of("b 1"), measured);
    measured.clear();
    Results results = run(folder, rows, Profile.QUICK, 2);
    assertEquals(List.of("c 1", "a 1", "b 2", "c 2", "a 2"), measured);
    Results whole = run(folder.resolve("whole"), rows, Profile.QUICK, 2);
    assertEquals(whole.digest(), results.digest());
    measured.clear();
    assertEquals(whole.digest(), run(folder, rows, Profile.QUICK, 2).digest());
    assertEquals(List.of(), measured);
  }

  @Test
  void againMeasuresAnewWhatIsAskedForOnly() {
    run(folder, rows, Profile.QUICK, 1);
    measured.clear();
    Results results = run(folder, rows, Profile.QUICK, 1, "--again", "--only b");
    assertEquals(List.of("b 1"), measured);
    assertEquals(List.of("a 1", "b 1", "c 1"), ids(results));
  }

  @Test
  void oneRowAloneKeepsTheOthers() {
    run(folder, rows, Profile.QUICK, 1, "--only a");
    Results results = run(folder, rows, Profile.QUICK, 1, "--only b");
    assertEquals(List.of("a 1", "b 1"), ids(results));
    assertTrue(results.complete());
    assertEquals(results.digest(), ResultsJson.read(folder.resolve("results.json")).digest());
  }

  @Test
  void moreSeedsAreAddedToThoseThatAreThere() {
    run(folder, rows, Profile.QUICK, 1);
    measured.clear();
    Results results = run(folder, rows, Profile.QUICK, 2);
    assertEquals(List.of("b 2", "c 2", "a 2"), measured);
    assertEquals(List.of(1L, 2L), results.seeds());
  }

  @Test
  void resultsOfAnotherBuildAreNotTakenForNew() throws IOException {
    Results old = run(folder, rows, Profile.QUICK, 1);
    Path file = folder.resolve("results.json");
    Files.writeString(
        file, Files.readString(file).replace(old.build(), "0".repeat(old.build().length())));
    measured.clear();
    run(folder, rows, Profile.QUICK, 1, "--only a");
    assertEquals(List.of("a 1"), measured);
    assertTrue(progress.toString().contains("another build"), progress.toString());
    assertEquals(3, ResultsJson.read(folder.resolve("results.earlier.json")).rows().size());
    assertEquals(1, ResultsJson.read(file).rows().size());
  }

  @Test
  void resultsOfAnotherProfileOrADamagedFileAreSetAside() throws IOException {
    run(folder, rows, Profile.QUICK, 1);
    run(folder, rows, Profile.SMOKE, 1);
    assertTrue(progress.toString().contains("of the profile quick"), progress.toString());
    images = 7;
    Results seven = run(folder, rows, Profile.SMOKE, 1);
    assertEquals("smoke, 7 images", seven.profile());
    String said = "of the profile smoke, and these of smoke, 7 images";
    assertTrue(progress.toString().contains(said), progress.toString());
    Files.writeString(folder.resolve("results.json"), "{");
    measured.clear();
    run(folder, rows, Profile.SMOKE, 1);
    assertEquals(3, measured.size());
    assertTrue(progress.toString().contains("not proper JSON"), progress.toString());
  }

  @Test
  void aRowWithoutItsDataStandsAsSkippedAndIsTriedAgain() throws IOException {
    Row images = row("a", 1).first(session -> session.cifar());
    List<Row> some = List.of(images, rows.get(1));
    Results results = run(folder, some, Profile.QUICK, 1);
    RowResult skipped = results.rows().getFirst();
    assertEquals(Verdict.SKIPPED, skipped.verdict());
    assertEquals("CIFAR-10 is not in /nowhere.", skipped.skipped());
    for (String file : List.of("report.html", "report.md", "results.json")) {
      String text = Files.readString(folder.resolve(file)).replace("\\", "");
      assertTrue(text.contains("CIFAR-10 is not in /nowhere."), file);
    }
    assertTrue(progress.toString().contains("skipped: CIFAR-10"), progress.toString());
    Results alone = run(folder.resolve("b"), some, Profile.QUICK, 1, "--only b");
    assertEquals(alone.digest(), results.digest());
    Results found = run(folder, rows, Profile.QUICK, 1, "--only a");
    assertEquals(List.of("a 1", "b 1"), ids(found));
    assertNotEquals(results.digest(), found.digest());
  }

  @Test
  void imagesAreReadOnceForAllRowsAndSeeds() {
    List<String> reads = new ArrayList<>();
    cifar =
        () -> {
          reads.add("read");
          return data;
        };
    List<Row> some =
        List.of(
            row("a", 1).first(session -> session.cifar()),
            row("b", 1).first(session -> session.cifar()));
    run(folder, some, Profile.QUICK, 2);
    assertEquals(List.of("read"), reads);
  }

  @Test
  void aRunOfMoreThanADayIsStartedWithYesOnly() {
    List<Row> slow = List.of(row("a", 100_000));
    var e = assertThrows(InputException.class, () -> run(folder, slow, Profile.PAPER, 1));
    assertTrue(e.getMessage().contains("add --yes"), e.getMessage());
    assertEquals(List.of(), measured);
    assertTrue(progress.toString().contains("This will take about"), progress.toString());
    run(folder, slow, Profile.PAPER, 1, "--yes");
    assertEquals(List.of("a 1"), measured);
    measured.clear();
    run(folder, slow, Profile.PAPER, 1); // all is measured: nothing takes long
    run(folder.resolve("quick"), List.of(row("b", 0.001)), Profile.PAPER, 1);
    assertEquals(List.of("b 1"), measured);
  }

  @Test
  void partsOfARunGiveTheDigestOfTheWhole() {
    Results whole = run(folder.resolve("whole"), rows, Profile.QUICK, 2);
    Map<Path, Results> parts = new LinkedHashMap<>();
    parts.put(Path.of("one"), run(folder.resolve("1"), rows, Profile.QUICK, 2, "--only a"));
    parts.put(Path.of("two"), run(folder.resolve("2"), rows, Profile.QUICK, 1));
    assertNotEquals(whole.digest(), ReportCommand.merge(parts, List.of("a", "b", "c")).digest());
    parts.put(Path.of("three"), run(folder.resolve("3"), rows, Profile.QUICK, 2, "--only b"));
    parts.put(Path.of("four"), run(folder.resolve("4"), rows, Profile.QUICK, 2, "--only c"));
    Results merged = ReportCommand.merge(parts, List.of("a", "b", "c"));
    assertEquals(whole.digest(), merged.digest());
    assertEquals(ids(whole), ids(merged));
    assertTrue(merged.complete());
  }

  @Test
  void partsThatDoNotGoTogetherAreRefused() {
    Map<Path, Results> parts = new LinkedHashMap<>();
    parts.put(Path.of("one"), run(folder.resolve("1"), rows, Profile.QUICK, 1, "--only a"));
    parts.put(Path.of("two"), run(folder.resolve("2"), rows, Profile.SMOKE, 1, "--only b"));
    assertRefused("of the profile smoke", parts);
    Results one = parts.get(Path.of("one"));
    Results b = run(folder.resolve("3"), rows, Profile.QUICK, 1, "--only b");
    RowResult like = b.rows().getFirst();
    RowResult other =
        new RowResult(
            one.rows().getFirst().subject(),
            like.seed(),
            like.holds(),
            like.rule(),
            like.cause(),
            like.comparable(),
            like.metrics(),
            like.fingerprints(),
            like.decisions(),
            like.settings(),
            like.figures(),
            like.command(),
            like.seconds(),
            like.skipped());
    parts.put(Path.of("two"), b.with(List.of(other), 1));
    assertRefused("gave other bits in two", parts);
  }

  private static void assertRefused(String part, Map<Path, Results> parts) {
    var e = assertThrows(InputException.class, () -> ReportCommand.merge(parts, List.of("a", "b")));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
