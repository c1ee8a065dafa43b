package advx.cli.report;

import static advx.cli.report.Markup.escape;

import advx.cli.result.Averaged;
import advx.cli.result.Metric;
import advx.cli.result.Results;
import advx.cli.result.RowResult;
import advx.cli.result.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The report: one page that needs nothing but itself, for screens wide and narrow, light and dark,
 * and for paper. Scripts switch the colours and move what grows; without them the page is complete.
 */
public final class HtmlReport {
  private final Results results;
  private final List<Averaged> rows;
  private final StringBuilder out = new StringBuilder();

  private HtmlReport(Results results) {
    this.results = results;
    this.rows = results.averaged();
  }

  /** The page. */
  public static String html(Results results) {
    return new HtmlReport(results).page();
  }

  private String page() {
    out.append(
        """
        <!DOCTYPE html>
        <html lang="en-GB">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>advx report: %s, %s</title>
        <style>
        %s</style>
        <style id="dark" media="screen and (prefers-color-scheme: dark)">
        %s</style>
        </head>
        <body>
        """
            .formatted(
                escape(results.dataset()),
                escape(results.profile()),
                resource("report.css"),
                resource("dark.css")));
    head();
    out.append("<main>\n");
    summary();
    var budget = new HtmlFigures.Budget();
    for (Averaged row : rows) {
      out.append(new HtmlRow(row, budget).html());
    }
    colophon();
    out.append("</main>\n<script>\n").append(resource("report.js")).append("</script>\n");
    out.append("</body>\n</html>\n");
    return out.toString();
  }

  private void head() {
    out.append(
        """
        <header class="head">
        <div class="bar-top"><p class="brand">advx</p>\
        <button type="button" id="theme" hidden>Dark colours</button></div>
        <h1>Published figures on adversarial examples, measured again</h1>
        <p class="lead">Each row below takes one claim of a paper, repeats its experiment with \
        networks trained on this machine, and sets the published figure beside the measured one. \
        A rule that was stated before the measurement decides whether the claim holds, and a \
        tolerance, given with its reason, whether the figure matches.</p>
        """);
    out.append("<dl class=\"facts\">\n");
    fact("Data set", results.dataset());
    fact("Profile", results.profile());
    fact("Rows", "%s of %s".formatted(results.rows().size(), results.planned()));
    fact(results.seeds().size() > 1 ? "Seeds" : "Seed", seeds());
    double seconds = results.rows().stream().mapToDouble(RowResult::seconds).sum();
    fact("Time for the rows", Numbers.duration(seconds));
    fact("Digest", results.digest().substring(0, 12));
    out.append("</dl>\n");
    notes();
    out.append("</header>\n");
  }

  private String seeds() {
    return results.seeds().stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private void notes() {
    if (!results.complete()) {
      out.append(
          "<p class=\"note running\" role=\"status\"><strong>%s</strong> This page is written anew as each row"
                  .formatted(escape(ResultTable.progress(results)))
              + " finishes: load it again to see more.</p>\n");
    }
    String note = results.note() == null ? "" : results.note();
    if (!results.comparable()) {
      out.append(
          "<p class=\"note alert\"><strong>Not comparable with the paper.</strong> %s</p>\n"
              .formatted(escape(note)));
    } else if (!note.isBlank()) {
      out.append("<p class=\"note\">%s</p>\n".formatted(escape(note)));
    }
  }

  private void fact(String name, String value) {
    out.append("<div><dt>%s</dt><dd>%s</dd></div>\n".formatted(escape(name), escape(value)));
  }

  private void summary() {
    boolean bars = results.rows().stream().anyMatch(r -> r.comparable() && !r.isSkipped());
    out.append("<section class=\"summary\">\n<h2>Paper and measurement</h2>\n");
    counts();
    out.append(
        """
        <table class="results overview" role="table">
        <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Row and figure</th>\
        <th role="columnheader" scope="col" class="num">Paper</th>\
        <th role="columnheader" scope="col" class="num">Here</th>\
        <th role="columnheader" scope="col" class="num">95 %% interval</th>%s\
        <th role="columnheader" scope="col">Claim holds?</th>\
        <th role="columnheader" scope="col">Figure matches?</th></tr></thead>
        """
            .formatted(
                bars
                    ? "<th role=\"columnheader\" scope=\"col\" class=\"bars\">Side by side</th>"
                    : ""));
    rows.forEach(row -> overview(row.row(), bars));
    out.append("</table>\n");
    if (bars) {
      out.append(
          """
          <p class="key"><span><i class="k-paper"></i>the paper’s figure</span>\
          <span><i class="k-band"></i>its tolerance</span>\
          <span><i class="k-here"></i>measured here, with its 95 % interval</span>\
          <span>Each drawing has a scale of its own.</span></p>
          """);
    }
    out.append("</section>\n");
  }

  private void counts() {
    var parts = new ArrayList<String>();
    for (Verdict verdict : Verdict.values()) {
      long n = rows.stream().filter(r -> r.row().verdict() == verdict).count();
      if (n > 0) {
        parts.add(
            "<span class=\"badge %s\">%s %s</span>"
                .formatted(HtmlRow.style(verdict), n, escape(HtmlRow.counted(verdict, n))));
      }
    }
    if (!parts.isEmpty()) {
      out.append("<p class=\"counts\">").append(String.join(" ", parts)).append("</p>\n");
    }
  }

  private void overview(RowResult row, boolean bars) {
    out.append(
        """
        <tbody role="rowgroup">
        <tr role="row" class="group"><th role="rowheader" scope="rowgroup" colspan="%s">\
        <a href="#%s">%s</a></th>\
        <td role="cell" class="claim" data-label="Claim holds?" colspan="2">%s</td></tr>
        """
            .formatted(
                bars ? 5 : 4,
                escape(row.id()),
                escape(row.title()),
                HtmlRow.answer(Answers.claim(row))));
    String remark = Answers.remark(row);
    if (!remark.isEmpty()) {
      out.append(
          """
          <tr role="row" class="remark"><td role="cell" colspan="%s">%s</td></tr>
          """
              .formatted(bars ? 7 : 6, escape(HtmlRow.sentence(remark))));
    }
    for (Metric m : row.metrics()) {
      out.append(
          """
          <tr role="row"><th role="rowheader" scope="row">%s</th>\
          <td role="cell" class="num" data-label="Paper">%s</td>\
          <td role="cell" class="num here" data-label="Here">%s</td>\
          <td role="cell" class="num" data-label="95 %% interval">%s</td>\
          %s<td role="cell" class="none"></td>\
          <td role="cell" class="figure" data-label="Figure matches?">%s</td></tr>
          """
              .formatted(
                  escape(Numbers.label(m)),
                  Numbers.paper(m),
                  Numbers.value(m),
                  HtmlRow.interval(m),
                  bars ? "<td role=\"cell\" class=\"bars\">" + IntervalBar.svg(m) + "</td>" : "",
                  HtmlRow.answer(Answers.figure(row, m))));
    }
    out.append("</tbody>\n");
  }

  private void colophon() {
    out.append("<section class=\"colophon\">\n<h2>The run</h2>\n<dl class=\"pairs\">\n");
    pair("Data set", results.dataset());
    pair("Checksum of the data", results.checksum());
    pair("Profile", results.profile());
    pair(results.seeds().size() > 1 ? "Seeds" : "Seed", seeds());
    pair("Version", "advx " + results.version());
    pair("Build", results.build());
    for (Map.Entry<String, String> entry : results.machine().entrySet()) {
      pair(entry.getKey(), entry.getValue());
    }
    out.append(
        """
        </dl>
        <h3>Digest</h3>
        <p class="hash">%s</p>
        <p>The SHA-256 of all measured values, bit for bit, and of the weights of all networks. \
        The same data, profile and seed give the same digest on every machine, with any number of \
        threads; times, pictures and the machine are not part of it.%s</p>
        </section>
        """
            .formatted(
                results.digest(),
                results.complete() ? "" : " It covers the rows that have finished."));
  }

  private void pair(String name, String value) {
    out.append("<dt>%s</dt><dd>%s</dd>\n".formatted(escape(name), escape(value)));
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
