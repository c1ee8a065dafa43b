package advx.cli.report;

import static advx.cli.report.Markup.escape;

import advx.cli.result.Figure.Chart;
import advx.cli.result.Figure.Panels;
import advx.cli.result.Figure.Picture;
import advx.cli.result.Figure.Sheet;
import advx.cli.result.Figure.Table;
import advx.cli.result.Figure.Trace;
import advx.cli.result.RowResult;
import java.util.Arrays;

/** The figures of one row in the report. */
final class HtmlFigures {
  private final RowResult row;
  private final Budget budget;
  private final StringBuilder out = new StringBuilder();

  /** How many characters of pictures the page may still take: it is to stay below 10 MB. */
  static final class Budget {
    private long left = 8_000_000;

    boolean take(long characters) {
      boolean fits = characters <= left;
      left -= fits ? characters : 0;
      return fits;
    }
  }

  HtmlFigures(RowResult row, Budget budget) {
    this.row = row;
    this.budget = budget;
  }

  String html() {
    for (int i = 0; i < row.figures().size(); i++) {
      switch (row.figures().get(i)) {
        case Chart chart ->
            out.append(
                "<figure><figcaption>%s</figcaption>\n%s\n</figure>\n"
                    .formatted(escape(chart.title()), SvgChart.inline(chart)));
        case Panels panels ->
            out.append(
                "<figure><figcaption>%s</figcaption>\n%s\n</figure>\n"
                    .formatted(escape(panels.title()), SvgPanels.inline(panels)));
        case Sheet sheet -> sheet(sheet, i);
        case Table table -> table(table);
        case Trace trace -> trace(trace, i);
      }
    }
    return out.toString();
  }

  /** Columns of nothing but numbers are set flush right. */
  private void table(Table table) {
    var heads = new StringBuilder();
    var rows = new StringBuilder[table.rows().size()];
    Arrays.setAll(rows, r -> new StringBuilder());
    for (int c = 0; c < table.heads().size(); c++) {
      int column = c;
      boolean numbers = table.rows().stream().allMatch(r -> r.get(column).text() == null);
      String type = numbers ? " class=\"num\"" : "";
      heads.append("<th scope=\"col\"%s>%s</th>".formatted(type, escape(table.heads().get(c))));
      for (int r = 0; r < rows.length; r++) {
        String cell = Numbers.cell(table.rows().get(r).get(c));
        rows[r].append("<td%s>%s</td>".formatted(type, escape(cell)));
      }
    }
    var body = new StringBuilder();
    for (StringBuilder row : rows) {
      body.append("<tr>").append(row).append("</tr>\n");
    }
    out.append(
        """
        <figure class="sweep%s"><figcaption>%s</figcaption>
        <div class="scroll" tabindex="0" role="group" aria-label="%s"><table>
        <thead><tr>%s</tr></thead>
        <tbody>
        %s</tbody></table></div></figure>
        """
            .formatted(
                table.heads().size() > 4 ? " wide" : "",
                escape(table.title()),
                escape(table.title()),
                heads,
                body));
  }

  private void trace(Trace trace, int index) {
    String html = new HtmlTrace(trace).html();
    if (budget.take(html.length())) {
      out.append(html);
    } else {
      long pictures = (long) trace.at().length * trace.images().size();
      tooLarge(trace.title(), pictures, index);
    }
  }

  private void tooLarge(String title, long pictures, int index) {
    out.append(
        "<figure class=\"sheet\"><figcaption>%s</figcaption><p>%s pictures, in %s beside this page: it would be too large with them.</p></figure>\n"
            .formatted(
                escape(title),
                Numbers.count(pictures),
                escape(ResultsFolder.figureFile(row, index))));
  }

  private void sheet(Sheet sheet, int index) {
    var pictures = new StringBuilder();
    for (int i = 0; i < sheet.pictures().size(); i++) {
      picture(pictures, sheet, i);
    }
    String title = escape(sheet.title());
    String signs = sheet.pictures().stream().anyMatch(Picture::signed) ? SIGNS : "";
    if (!budget.take(pictures.length())) {
      tooLarge(sheet.title(), sheet.pictures().size(), index);
      return;
    }
    int columns = Math.clamp(sheet.pictures().size(), 1, sheet.columns());
    boolean bare = sheet.pictures().stream().allMatch(p -> p.caption().isBlank());
    out.append(
        """
        <figure class="sheet%s%s"><figcaption>%s%s</figcaption>
        <div class="scroll" tabindex="0" role="group" aria-label="%s">\
        <div class="grid" style="--n:%s">
        %s</div></div></figure>
        """
            .formatted(
                columns > 5 ? " wide" : "",
                bare ? " bare" : "",
                title,
                signs,
                title,
                columns,
                pictures));
  }

  private static final String SIGNS =
      " <small>Orange is above zero, blue below, grey is zero.</small>";

  private static void picture(StringBuilder out, Sheet sheet, int i) {
    Picture p = sheet.pictures().get(i);
    String which = sheet.title() + ", " + (i + 1) + " of " + sheet.pictures().size();
    String alt = p.caption().isBlank() ? which : which + ": " + p.caption();
    out.append(
        "<div class=\"picture\"><img alt=\"%s\" width=\"%s\" height=\"%s\" src=\"%s\">%s</div>\n"
            .formatted(
                escape(alt),
                p.width(),
                p.height(),
                PngSheet.dataUri(p),
                p.caption().isBlank() ? "" : "<span>" + escape(p.caption()) + "</span>"));
  }
}
