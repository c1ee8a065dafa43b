package advx.cli.command;

import advx.cli.report.Numbers;
import advx.cli.result.Subject;
import advx.cli.rows.Estimate;
import advx.cli.rows.Profile;
import advx.cli.rows.Row;
import advx.cli.rows.Rows;
import advx.cli.rows.Scope;
import advx.engine.Workers;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code --list} prints: the rows, their numbers, and how long each takes here. */
final class RowList {
  private RowList() {}

  /** All rows, or those asked for; in the end, how long all of the profile's take together. */
  static String text(List<Row> all, List<String> only, Scope scope, Workers workers) {
    Profile profile = scope.profile();
    Estimate estimate = Estimate.measured(workers);
    var text = new StringBuilder();
    if (only == null) {
      Rows.notBuilt().forEach(subject -> text.append(row(subject, "not yet built")));
    }
    List<Row> rows = only == null ? all : Rows.choose(all, only, profile);
    rows.forEach(row -> text.append(row(row.subject(), plan(row, scope, estimate))));
    List<Row> counted = rows.stream().filter(row -> row.profiles().contains(profile)).toList();
    return text.append(
            "All of profile %s: about %s here for one seed, models that rows share counted once.%n"
                .formatted(scope, duration(estimate.hours(counted, scope))))
        .toString();
  }

  private static String row(Subject subject, String plan) {
    return "%-8s %-22s %s (%s)%n%-8s %-22s %s%n%-8s %-22s %s%n"
        .formatted(
            String.join(",", subject.numbers()),
            subject.id(),
            subject.title(),
            subject.place(),
            "",
            "",
            subject.claim(),
            "",
            "",
            plan);
  }

  private static String plan(Row row, Scope scope, Estimate estimate) {
    String profiles =
        row.profiles().stream().sorted().map(Profile::word).collect(Collectors.joining(", "));
    return row.profiles().contains(scope.profile())
        ? "%s; about %s in profile %s"
            .formatted(profiles, duration(estimate.hours(List.of(row), scope)), scope)
        : "%s; not in profile %s".formatted(profiles, scope.profile());
  }

  private static String duration(double hours) {
    return Numbers.duration(3600 * hours);
  }
}
