package advx.cli.rows;

import advx.attacks.measure.Rate;
import advx.cli.result.Figure;
import advx.cli.result.RowResult;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A row that measures nothing but numbers drawn by its name and seed.
 *
 * @param before called before it measures: it may throw
 */
public record FakeRow(
    String id, List<String> numbers, Set<Profile> profiles, Work cost, Consumer<Session> before)
    implements Row {
  /** A row of these numbers. */
  public static FakeRow of(String id, String... numbers) {
    return new FakeRow(
        id, List.of(numbers), EnumSet.allOf(Profile.class), Work.hours(id, 0.001), session -> {});
  }

  /** The same in these profiles only. */
  public FakeRow in(Set<Profile> some) {
    return new FakeRow(id, numbers, some, cost, before);
  }

  /** The same with other work. */
  public FakeRow with(Work work) {
    return new FakeRow(id, numbers, profiles, work, before);
  }

  /** The same that does something before it measures. */
  public FakeRow first(Consumer<Session> action) {
    return new FakeRow(id, numbers, profiles, cost, action);
  }

  @Override
  public String title() {
    return "The row " + id;
  }

  @Override
  public String place() {
    return "§0";
  }

  @Override
  public String claim() {
    return "It draws numbers.";
  }

  @Override
  public Work work(Profile profile) {
    return cost;
  }

  @Override
  public RowResult run(Session session) {
    before.accept(session);
    Findings findings = new Findings(this, session);
    int drawn = Math.floorMod(31L * id.hashCode() + session.seed(), 1000);
    findings.rate("error", "error", new Rate(drawn, 1000), 0.5, 0.1, "none");
    findings.sweep(
        "Error by rate",
        List.of("rate", "error"),
        List.of(List.of(Figure.cell(0.1), Figure.share(drawn / 1000.0))));
    findings.cause("It draws by chance.");
    return findings.result(drawn < 500, "holds if it is below a half", true);
  }
}
