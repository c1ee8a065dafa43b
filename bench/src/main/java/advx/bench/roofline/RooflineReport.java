package advx.bench.roofline;

import static advx.bench.roofline.RooflineSvg.escape;
import static advx.bench.roofline.RooflineSvg.number;
import static advx.bench.roofline.RooflineSvg.percent;

import advx.engine.InputException;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a folder: the page {@code roofline.html}, the same as {@code roofline.md} and {@code
 * roofline.json}, and a picture for each number of threads.
 *
 * @param machine processor, JDK, vectors, by name
 * @param sheets one for each number of threads
 */
record RooflineReport(Map<String, String> machine, List<Sheet> sheets) {
  /** All kernels under one roof. */
  record Sheet(Roof roof, List<Point> points) {
    String title() {
      return "Roofline on %d thread%s".formatted(roof.threads(), roof.threads() == 1 ? "" : "s");
    }

    String picture() {
      return "roofline-%d.svg".formatted(roof.threads());
    }

    String svg() {
      return RooflineSvg.draw(title(), roof, points);
    }
  }

  private static final String READ =
      "An operation is one of floating point, a multiply-add two. Traffic is compulsory: each"
          + " operand read once, each result written once. The roof is the lower of peak and"
          + " bandwidth times intensity; a kernel whose operands take less than 512 KB a thread is"
          + " held against the cache, others against the memory. Above 100 % its operands came from"
          + " a cache between the two. All times are the best of many, the peak was measured right"
          + " beside each.";

  private static final List<String> COLUMNS =
      List.of("kernel", "flop/byte", "µs", "GFLOP/s", "GB/s", "of peak", "of the roof");

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Roofline</title>
      <style>
      :root { color-scheme: light dark }
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 1040px; padding: 0 1rem; \
      background: #ffffff; color: #18202b }
      svg { max-width: 100%; height: auto }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums }
      th, td { padding: .2rem .8rem .2rem 0; text-align: right; border-bottom: 1px solid #8a95a555 }
      th:first-child, td:first-child { text-align: left }
      @media (prefers-color-scheme: dark) { body { background: #12161c; color: #e6eaf0 } }
      </style>
      </head>
      <body>
      <h1>Roofline</h1>
      """;

  void write(Path folder) {
    try {
      Files.createDirectories(folder);
      for (Sheet sheet : sheets) {
        Files.writeString(folder.resolve(sheet.picture()), sheet.svg());
      }
      Files.writeString(folder.resolve("roofline.html"), html());
      Files.writeString(folder.resolve("roofline.md"), markdown());
      Files.writeString(folder.resolve("roofline.json"), json());
    } catch (IOException e) {
      throw new InputException(
          "roofline: the folder %s cannot be written (%s): give another with --out."
              .formatted(folder, e.getMessage()));
    }
  }

  String html() {
    StringBuilder body = new StringBuilder(HEAD);
    body.append("<p>").append(escape(machineLine())).append("</p>\n");
    body.append("<p>").append(escape(READ)).append("</p>\n");
    for (Sheet sheet : sheets) {
      body.append("<h2>").append(escape(sheet.title())).append("</h2>\n").append(sheet.svg());
      body.append("<table>\n<tr>");
      COLUMNS.forEach(column -> body.append("<th>").append(escape(column)).append("</th>"));
      body.append("</tr>\n");
      for (Point p : sheet.points()) {
        body.append("<tr>");
        cells(p).forEach(cell -> body.append("<td>").append(escape(cell)).append("</td>"));
        body.append("</tr>\n");
      }
      body.append("</table>\n");
    }
    return body.append("</body>\n</html>\n").toString();
  }

  String markdown() {
    StringBuilder text = new StringBuilder("# Roofline\n\n" + machineLine() + "\n\n" + READ + "\n");
    for (Sheet sheet : sheets) {
      Roof roof = sheet.roof();
      text.append("\n## ").append(sheet.title()).append("\n\n");
      text.append(
          "Peak %s GFLOP/s, cache %s GB/s, memory %s GB/s; from %s flop/byte on the memory is no limit.\n\n"
              .formatted(
                  number(roof.peak()),
                  number(roof.cache()),
                  number(roof.memory()),
                  number(roof.ridge())));
      text.append("![").append(sheet.title()).append("](").append(sheet.picture()).append(")\n\n");
      text.append("| ").append(String.join(" | ", COLUMNS)).append(" |\n|---");
      text.append("|--:".repeat(COLUMNS.size() - 1)).append("|\n");
      for (Point p : sheet.points()) {
        text.append("| ").append(String.join(" | ", cells(p))).append(" |\n");
      }
    }
    return text.toString();
  }

  private static List<String> cells(Point p) {
    return List.of(
        p.name(),
        number(p.intensity()),
        String.format(Locale.ROOT, "%.1f", 1e-3 * p.nanos()),
        number(p.gflops()),
        number(p.gbytes()),
        percent(p.ofPeak()),
        percent(p.ofLimit()));
  }

  private String machineLine() {
    List<String> parts = new ArrayList<>();
    machine.forEach((name, value) -> parts.add(name + " " + value));
    return String.join("; ", parts) + ".";
  }

  String json() {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("schema", 1);
    page.put("machine", machine);
    List<Object> roofs = new ArrayList<>();
    for (Sheet sheet : sheets) {
      Roof roof = sheet.roof();
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("threads", roof.threads());
      one.put("peakGflops", roof.peak());
      one.put("cacheGBs", roof.cache());
      one.put("memoryGBs", roof.memory());
      List<Object> kernels = new ArrayList<>();
      for (Point p : sheet.points()) {
        Map<String, Object> kernel = new LinkedHashMap<>();
        kernel.put("name", p.name());
        kernel.put("flops", p.flops());
        kernel.put("bytes", p.bytes());
        kernel.put("flopPerByte", p.intensity());
        kernel.put("nanoseconds", p.nanos());
        kernel.put("gflops", p.gflops());
        kernel.put("ofPeak", p.ofPeak());
        kernel.put("ofRoof", p.ofLimit());
        kernels.add(kernel);
      }
      one.put("kernels", kernels);
      roofs.add(one);
    }
    page.put("roofs", roofs);
    return new GsonBuilder().setPrettyPrinting().create().toJson(page) + "\n";
  }
}
