package advx.cli.report;

import static advx.cli.report.Markup.escape;

import advx.cli.result.Averaged;
import advx.cli.result.Metric;
import advx.cli.result.RowResult;
import advx.cli.result.Verdict;
import java.util.Map;
import java.util.regex.Pattern;

/** One row of the papers as a section of the report. */
final class HtmlRow {
  private static final Pattern WORD = Pattern.compile("a |[a-z]{2,}[ ,;:-]");

  private final Averaged averaged;
  private final RowResult row;
  private final HtmlFigures.Budget budget;
  private final StringBuilder out = new StringBuilder();

  HtmlRow(Averaged averaged, HtmlFigures.Budget budget) {
    this.averaged = averaged;
    this.row = averaged.row();
    this.budget = budget;
  }

  String html() {
    out.append(
        """
        <section class="row" id="%s">
        <header><p class="place">%s</p><h2>%s</h2>\
        <span class="badge %s">%s</span></header>
        <p class="claim-text"><span class="tag">The claim</span>%s</p>
        """
            .formatted(
                escape(row.id()),
                escape(row.place()),
                escape(row.title()),
                style(row.verdict()),
                escape(row.verdict().text()),
                escape(sentence(row.claim()))));
    if (row.isSkipped()) {
      paragraph("Skipped", row.skipped());
    } else {
      paragraph("The rule", sentence(row.rule()) + " " + outcome());
      cause();
      metrics();
    }
    out.append("<div class=\"blocks\">\n");
    out.append(new HtmlFigures(row, budget).html());
    decisions();
    settings();
    out.append(
        """
        <div><h3>Run this row alone</h3>
        <pre><code><span>%s</span></code></pre>
        <p class="time">%s</p></div>
        </div>
        </section>
        """
            .formatted(escape(row.command()).replace(" ", "</span> <span>"), escape(time())));
    return out.toString();
  }

  private void paragraph(String tag, String text) {
    out.append(
        "<p class=\"rule\"><span class=\"tag\">%s</span>%s</p>\n"
            .formatted(escape(tag), escape(text)));
  }

  private void cause() {
    if (row.verdict() == Verdict.DIFFERS || !row.cause().isEmpty()) {
      paragraph("The cause", sentence(row.cause().isEmpty() ? "cause not found" : row.cause()));
    }
  }

  private String time() {
    if (row.isSkipped()) {
      return "It was skipped here.";
    }
    String took = "It took %s here".formatted(Numbers.duration(row.seconds()));
    return averaged.several()
        ? took + ", for %s seeds together.".formatted(averaged.seeds().size())
        : took + ".";
  }

  /** With a capital and a full stop, however the row words it; symbols like wᵀη keep their case. */
  static String sentence(String text) {
    String t = text.strip();
    if (WORD.matcher(t).lookingAt()) {
      t = Character.toUpperCase(t.charAt(0)) + t.substring(1);
    }
    return t.isEmpty() || ".!?".indexOf(t.charAt(t.length() - 1)) >= 0 ? t : t + ".";
  }

  /** What came out of the rule, in a sentence. */
  private String outcome() {
    return averaged.several()
        ? verdict()
            + " By the rule it holds for %s of %s seeds; figures are means over them."
                .formatted(averaged.holding(), averaged.seeds().size())
        : verdict();
  }

  private String verdict() {
    return switch (row.verdict()) {
      case MATCHES ->
          row.metrics().stream().anyMatch(Metric::compared)
              ? "The claim holds here, and every compared figure lies within its tolerance."
              : "The claim holds here; no figure is held against the paper.";
      case HOLDS ->
          "The claim holds here, but not every compared figure lies within its tolerance.";
      case DIFFERS ->
          row.holds()
              ? "The claim does not hold here: a measured value is not a number."
              : "The claim does not hold here.";
      case NOT_COMPARABLE ->
          "On these data the rule is %s, which says nothing about the paper’s figures."
              .formatted(row.claimHolds() ? "met" : "not met");
      case SKIPPED -> "";
    };
  }

  private void metrics() {
    out.append(
        """
        <table class="results detail" role="table">
        <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Measured</th>\
        <th role="columnheader" scope="col" class="num">Samples</th>\
        <th role="columnheader" scope="col" class="num">Paper</th>\
        <th role="columnheader" scope="col" class="num">Here</th>\
        <th role="columnheader" scope="col" class="num">95 % interval</th>\
        <th role="columnheader" scope="col" class="num">Tolerance</th>\
        <th role="columnheader" scope="col">Figure matches?</th></tr></thead>
        <tbody role="rowgroup">
        """);
    for (Metric m : row.metrics()) {
      boolean why = row.comparable() && m.compared() && m.reason() != null;
      out.append(
          """
          <tr role="row"><th role="rowheader" scope="row">%s%s</th>\
          <td role="cell" class="num" data-label="Samples">%s</td>\
          <td role="cell" class="num" data-label="Paper">%s</td>\
          <td role="cell" class="num here" data-label="Here">%s</td>\
          <td role="cell" class="num" data-label="95 %% interval">%s</td>\
          <td role="cell" class="num" data-label="Tolerance">%s</td>\
          <td role="cell" class="figure" data-label="Figure matches?">%s</td></tr>
          """
              .formatted(
                  escape(Numbers.label(m)),
                  why ? "<small>" + escape(sentence(m.reason())) + "</small>" : "",
                  Numbers.count(m.n()),
                  Numbers.paper(m),
                  Numbers.value(m),
                  interval(m),
                  row.comparable() ? Numbers.tolerance(m) : Numbers.NONE,
                  answer(Answers.figure(row, m))));
    }
    out.append("</tbody></table>\n");
  }

  private void decisions() {
    if (row.decisions().isEmpty()) {
      return;
    }
    out.append("<div><h3>What the paper leaves open, and what was decided here</h3>\n<ul>\n");
    row.decisions()
        .forEach(decision -> out.append("<li>").append(escape(decision)).append("</li>\n"));
    out.append("</ul></div>\n");
  }

  private void settings() {
    if (row.settings().isEmpty() && row.fingerprints().isEmpty()) {
      return;
    }
    out.append("<div><h3>Settings</h3>\n<dl class=\"pairs\">\n");
    row.settings().entrySet().forEach(this::pair);
    for (Map.Entry<String, String> entry : row.fingerprints().entrySet()) {
      out.append(
          "<dt>weights of %s</dt><dd class=\"hash\">%s</dd>\n"
              .formatted(escape(entry.getKey()), escape(entry.getValue())));
    }
    out.append("</dl></div>\n");
  }

  private void pair(Map.Entry<String, String> entry) {
    out.append(
        "<dt>%s</dt><dd>%s</dd>\n".formatted(escape(entry.getKey()), escape(entry.getValue())));
  }

  /** The interval over test points, and below it the spread of several seeds. */
  static String interval(Metric m) {
    String spread =
        m.spread() == null ? "" : "<small>" + escape(ResultTable.spread(m)) + "</small>";
    return Numbers.interval(m) + spread;
  }

  /** The class of a verdict in the page's style. */
  static String style(Verdict verdict) {
    return switch (verdict) {
      case MATCHES -> "good";
      case HOLDS -> "fair";
      case DIFFERS -> "bad";
      case NOT_COMPARABLE, SKIPPED -> "plain";
    };
  }

  /** "2 match", "1 holds". */
  static String counted(Verdict verdict, long n) {
    return switch (verdict) {
      case MATCHES -> n == 1 ? "matches" : "match";
      case HOLDS -> n == 1 ? "holds" : "hold";
      case DIFFERS -> n == 1 ? "differs" : "differ";
      case NOT_COMPARABLE -> "not comparable";
      case SKIPPED -> "skipped";
    };
  }

  /** An answer of a table as a mark with words. */
  static String answer(String answer) {
    return switch (answer) {
      case "yes" -> "<span class=\"answer good\">yes</span>";
      case "no" -> "<span class=\"answer bad\">no</span>";
      case "not comparable", "skipped" -> "<span class=\"answer plain\">" + answer + "</span>";
      default -> escape(answer);
    };
  }
}
