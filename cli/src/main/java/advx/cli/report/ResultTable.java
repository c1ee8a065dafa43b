package advx.cli.report;

import advx.cli.result.Averaged;
import advx.cli.result.Metric;
import advx.cli.result.Results;
import advx.cli.result.RowResult;
import advx.cli.result.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The results as a table of text, for terminals and for Markdown:
 *
 * <pre>
 *                      │  paper │   here │ 95 % interval │ claim  │ figure
 *                      │        │        │               │ holds? │ matches?
 * ─────────────────────┼────────┼────────┼───────────────┼────────┼─────────
 * Maxout network       │        │        │               │ yes    │
 *   FGSM error, ε 0.25 │ 89.4 % │ 87.2 % │ 86.5 – 87.9 % │        │ yes
 * </pre>
 *
 * <p>The claim is a row's, the figure a metric's. Data that the paper did not use give "not
 * comparable" over both columns.
 */
public final class ResultTable {
  private static final String NOT_COMPARABLE = Verdict.NOT_COMPARABLE.text();
  private static final String INDENT = "  ";
  private static final int GAP = 3;

  private final Style style;
  private final int columns;
  private final StringBuilder out = new StringBuilder();

  /** The widths of label, paper, here, interval, claim, figure. */
  private final int[] width = new int[6];

  /**
   * How it is drawn.
   *
   * @param columns the width of the terminal, at least 80: no line is longer
   * @param unicode false for plain ASCII
   * @param colour whether to colour the answers with ANSI sequences
   */
  public record Style(int columns, boolean unicode, boolean colour) {
    /** 100 columns, Unicode, no colour. */
    public static final Style PLAIN = new Style(100, true, false);
  }

  /** What one or more lines of the table say: a row's title and answer, or a metric. */
  private record Entry(boolean title, String... cells) {}

  private ResultTable(Style style) {
    this.style = style;
    this.columns = Math.max(80, style.columns());
  }

  /** The table, the note on the data where there is one, and the digest; ends with a line feed. */
  public static String text(Results results, Style style) {
    return new ResultTable(style).draw(results);
  }

  /** The same as a Markdown table, without note and digest. */
  public static String markdown(Results results) {
    var out = new StringBuilder();
    out.append("| | paper | here | 95 % interval | claim holds? | figure matches? |\n");
    out.append("|---|---:|---:|---:|---|---|\n");
    for (Averaged averaged : results.averaged()) {
      RowResult row = averaged.row();
      String figure = row.comparable() ? "" : NOT_COMPARABLE;
      markdown(out, "**" + escaped(row.title()) + "**", "", "", "", Answers.claim(row), figure);
      if (!Answers.remark(row).isEmpty()) {
        markdown(out, escaped(Answers.remark(row)), "", "", "", "", "");
      }
      for (Metric m : row.metrics()) {
        String label = escaped(Numbers.label(m));
        String paper = Numbers.paper(m);
        String interval = Numbers.interval(m) + (m.spread() == null ? "" : "; " + spread(m));
        markdown(out, label, paper, Numbers.value(m), interval, "", Answers.figure(row, m));
      }
    }
    return out.toString();
  }

  private static void markdown(StringBuilder out, String... cells) {
    out.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  static String escaped(String text) {
    return text.replaceAll("([\\\\|*_`<>\\[\\]])", "\\\\$1").replaceAll("\\s+", " ");
  }

  /** The lines of one row alone, as it stands in the table. */
  public static String row(RowResult row, Style style) {
    var table = new ResultTable(style);
    List<Entry> entries = table.entries(row);
    table.measure(entries);
    entries.forEach(table::entry);
    return table.out.toString();
  }

  private String draw(Results results) {
    var entries = new ArrayList<Entry>();
    results.averaged().forEach(averaged -> entries.addAll(entries(averaged.row())));
    measure(entries);
    line("", "paper", "here", "95 % interval", "claim", "figure");
    line("", "", "", "", "holds?", "matches?");
    rule();
    entries.forEach(this::entry);
    out.append('\n');
    if (!results.complete()) {
      paragraph(progress(results));
    }
    if (!results.comparable()) {
      paragraph("Not comparable: " + results.note());
    }
    out.append("digest ").append(results.digest()).append('\n');
    return out.toString();
  }

  /** "4 of 6 rows have finished." */
  static String progress(Results results) {
    int finished = results.rows().size();
    String verb = finished == 1 ? "has" : "have";
    String what = results.seeds().size() > 1 ? "rows and seeds" : "rows";
    return "%s of %s %s %s finished.".formatted(finished, results.planned(), what, verb);
  }

  private List<Entry> entries(RowResult row) {
    var entries = new ArrayList<Entry>();
    entries.add(entry(true, row.title(), "", "", "", Answers.claim(row), ""));
    if (!Answers.remark(row).isEmpty()) {
      entries.add(entry(false, Answers.remark(row), "", "", "", "", ""));
    }
    for (Metric m : row.metrics()) {
      String figure = row.comparable() ? Answers.figure(row, m) : "";
      String paper = Numbers.paper(m);
      String interval = Numbers.interval(m);
      entries.add(entry(false, Numbers.label(m), paper, Numbers.value(m), interval, "", figure));
      if (m.spread() != null) {
        String seeds = "least and most of %s seeds".formatted(m.spread().seeds());
        entries.add(entry(false, INDENT + seeds, "", "", Numbers.spread(m), "", ""));
      }
    }
    return entries;
  }

  /** "85.1 – 88.2 % over 5 seeds". */
  static String spread(Metric m) {
    return "%s over %s seeds".formatted(Numbers.spread(m), m.spread().seeds());
  }

  private Entry entry(boolean title, String... cells) {
    return new Entry(title, Arrays.stream(cells).map(this::shown).toArray(String[]::new));
  }

  private String shown(String text) {
    return style.unicode() ? text : Ascii.of(text);
  }

  /** Numbers take what they need, the label what is left. */
  private void measure(List<Entry> entries) {
    int[] least = {20, "paper".length(), "here".length(), "95 % interval".length(), 6, 8};
    System.arraycopy(least, 0, width, 0, width.length);
    for (Entry entry : entries) {
      for (int i = 0; i < 4; i++) {
        int indent = i == 0 && !entry.title() ? INDENT.length() : 0;
        width[i] = Math.max(width[i], indent + length(entry.cells()[i]));
      }
    }
    int numbers = Arrays.stream(width).skip(1).sum() + GAP * (width.length - 1);
    width[0] = Math.max(12, Math.min(width[0], columns - numbers));
  }

  private void entry(Entry entry) {
    String indent = entry.title() ? "" : INDENT;
    List<String> label = wrap(entry.cells()[0], width[0] - indent.length());
    String[] cells = entry.cells().clone();
    for (String part : label) {
      cells[0] = indent + part;
      line(cells);
      Arrays.fill(cells, "");
    }
  }

  private void line(String... cells) {
    var line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      boolean spanning = cells[i].equals(NOT_COMPARABLE);
      String space = " ".repeat(Math.max(0, width[i] - length(cells[i])));
      boolean number = i >= 1 && i <= 3;
      line.append(number ? space + cells[i] : painted(cells[i]) + space);
      if (spanning) {
        break;
      }
      line.append(i == cells.length - 1 ? "" : shown(" │ "));
    }
    out.append(line.toString().stripTrailing()).append('\n');
  }

  private void rule() {
    var parts = Arrays.stream(width).mapToObj("─"::repeat).toList();
    out.append(shown(String.join("─┼─", parts))).append('\n');
  }

  private void paragraph(String text) {
    wrap(shown(text), columns).forEach(line -> out.append(line).append('\n'));
  }

  private String painted(String cell) {
    if (!style.colour()) {
      return cell;
    }
    return switch (cell) {
      case "yes" -> "\033[32myes\033[0m";
      case "no" -> "\033[31mno\033[0m";
      case "not comparable" -> "\033[33mnot comparable\033[0m";
      case "skipped" -> "\033[33mskipped\033[0m";
      default -> cell;
    };
  }

  /** Words in lines of at most this width; a word that is longer is cut. */
  static List<String> wrap(String text, int width) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (String word : text.strip().split("\\s+")) {
      String rest = word;
      if (!line.isEmpty() && length(line) + 1 + length(rest) > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      while (length(rest) > width) {
        int cut = rest.offsetByCodePoints(0, width);
        lines.add(rest.substring(0, cut));
        rest = rest.substring(cut);
      }
      line.append(line.isEmpty() ? "" : " ").append(rest);
    }
    lines.add(line.toString());
    return lines;
  }

  private static int length(CharSequence text) {
    return (int) text.codePoints().count();
  }
}
