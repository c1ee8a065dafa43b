package advx.cli.report;

import advx.cli.result.Averaged;
import advx.cli.result.Figure;
import advx.cli.result.Figure.Cell;
import advx.cli.result.Figure.Chart;
import advx.cli.result.Figure.Panels;
import advx.cli.result.Figure.Sheet;
import advx.cli.result.Figure.Table;
import advx.cli.result.Figure.Trace;
import advx.cli.result.Results;
import advx.cli.result.RowResult;
import java.util.List;
import java.util.stream.Collectors;

/** The report as Markdown, with its pictures in the files beside it. */
final class MarkdownReport {
  private final Results results;
  private final StringBuilder out = new StringBuilder();

  private MarkdownReport(Results results) {
    this.results = results;
  }

  /** The page. */
  static String text(Results results) {
    return new MarkdownReport(results).page();
  }

  private String page() {
    line("# Published figures on adversarial examples, measured again");
    String seeds = results.seeds().stream().map(String::valueOf).collect(Collectors.joining(", "));
    line(
        "%s, profile %s, %s %s, advx %s."
            .formatted(
                escaped(results.dataset()),
                escaped(results.profile()),
                results.seeds().size() > 1 ? "seeds" : "seed",
                seeds,
                escaped(results.version())));
    if (!results.complete()) {
      line("**" + ResultTable.progress(results) + "**");
    }
    if (!results.comparable()) {
      line("**Not comparable with the paper.** " + escaped(results.note()));
    }
    line("## Paper and measurement");
    line(ResultTable.markdown(results).stripTrailing());
    results.averaged().forEach(this::row);
    line("## The run");
    item("checksum of the data: " + results.checksum());
    item("build: " + results.build());
    results.machine().forEach((name, value) -> item(name + ": " + value));
    item("digest: " + results.digest());
    return out.toString();
  }

  private void row(Averaged averaged) {
    RowResult row = averaged.row();
    line("## " + escaped(row.title()));
    line("*%s* — **%s**".formatted(escaped(row.place()), row.verdict().text()));
    line("The claim: " + escaped(HtmlRow.sentence(row.claim())));
    if (!row.isSkipped()) {
      line("The rule: " + escaped(HtmlRow.sentence(row.rule())));
    }
    if (averaged.several()) {
      line(
          "By the rule the claim holds for %s of %s seeds; figures are means over them."
              .formatted(averaged.holding(), averaged.seeds().size()));
    }
    if (!Answers.remark(row).isEmpty()) {
      line(escaped(HtmlRow.sentence(Answers.remark(row))));
    }
    for (int i = 0; i < row.figures().size(); i++) {
      figure(row, i);
    }
    if (!row.decisions().isEmpty()) {
      line("What the paper leaves open, and what was decided here:");
      row.decisions().forEach(this::item);
    }
    row.settings().forEach((name, value) -> item(name + ": " + value));
    row.fingerprints().forEach((model, hash) -> item("weights of " + model + ": " + hash));
    line("Run this row alone: `%s`".formatted(row.command()));
  }

  private void figure(RowResult row, int index) {
    Figure figure = row.figures().get(index);
    switch (figure) {
      case Table table -> table(table);
      case Chart c -> picture(row, index);
      case Panels p -> picture(row, index);
      case Sheet s -> picture(row, index);
      case Trace t -> picture(row, index);
    }
  }

  private void picture(RowResult row, int index) {
    String title = escaped(row.figures().get(index).title());
    line("![%s](%s)".formatted(title, ResultsFolder.figureFile(row, index)));
  }

  private void table(Table table) {
    line("**%s**".formatted(escaped(table.title())));
    cells(table.heads().stream().map(MarkdownReport::escaped).toList());
    cells(table.heads().stream().map(head -> "---").toList());
    for (List<Cell> row : table.rows()) {
      cells(row.stream().map(cell -> escaped(Numbers.cell(cell))).toList());
    }
    out.append('\n');
  }

  private void cells(List<String> cells) {
    out.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private void item(String text) {
    out.append("- ").append(escaped(text)).append('\n');
  }

  /** A paragraph. */
  private void line(String text) {
    boolean inList = out.length() > 1 && out.charAt(out.length() - 2) != '\n';
    out.append(inList ? "\n" : "").append(text).append("\n\n");
  }

  private static String escaped(String text) {
    return ResultTable.escaped(text);
  }
}
