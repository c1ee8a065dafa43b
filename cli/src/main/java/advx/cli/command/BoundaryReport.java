package advx.cli.command;

import advx.attacks.boundary.BoundaryProfile;
import advx.attacks.boundary.BoundaryProfile.Neighbour;
import advx.attacks.boundary.BoundarySettings;
import advx.attacks.region.Votes;
import advx.cli.Machine;
import advx.cli.report.Numbers;
import advx.nn.Trained;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What {@code advx boundary} prints, and its file for programs. */
final class BoundaryReport {
  private static final int SCHEMA = 1;

  private final BoundaryCommand.Found found;
  private final BoundaryProfile profile;
  private final List<String> classes;

  private BoundaryReport(BoundaryCommand.Found found) {
    this.found = found;
    this.profile = found.profile();
    this.classes = found.subject().classes();
  }

  static String text(BoundaryCommand.Found found) {
    return new BoundaryReport(found).text();
  }

  static String json(BoundaryCommand.Found found) {
    return new BoundaryReport(found).json();
  }

  private String text() {
    BoundarySettings s = profile.settings();
    StringBuilder text = new StringBuilder();
    if (!found.subject().note().isEmpty()) {
      text.append(found.subject().note()).append('\n');
    }
    text.append(found.trained().network().architecture()).append('\n');
    text.append(found.subject().name()).append(": ").append(answer()).append('\n');
    text.append(
        "%s directions of RMS 1%s, steps of %s up to %s, seed %d\n\n"
            .formatted(
                Numbers.count(s.ways()),
                s.negatives()
                    ? ": %s orthogonal ones and their negatives"
                        .formatted(Numbers.count(s.directions()))
                    : ", orthogonal",
                number(s.step()),
                number(s.reach()),
                s.seed()));
    distances(text, s);
    neighbours(text);
    region(text);
    return text.toString();
  }

  private String answer() {
    String truth =
        found.subject().label() < 0 ? "" : ", truly " + classes.get(found.subject().label());
    return found.clean().named()
        ? "taken for %s%s, confidence %s"
            .formatted(
                classes.get(found.clean().prediction()),
                truth,
                Numbers.percent(found.clean().confidence()))
        : "given no class%s".formatted(truth);
  }

  private void distances(StringBuilder text, BoundarySettings s) {
    double[] sorted = profile.sortedDistances();
    text.append("distance to the boundary\n");
    line(text, "nearest", shown(sorted[0]));
    line(text, "a quarter", shown(sorted[(sorted.length - 1) / 4]));
    line(text, "median", shown(profile.median()));
    line(text, "three quarters", shown(sorted[3 * (sorted.length - 1) / 4]));
    int never = profile.ways() - profile.crossings();
    line(
        text,
        "none in reach",
        "%s of %s directions, %s"
            .formatted(
                Numbers.count(never),
                Numbers.count(s.ways()),
                Numbers.percent((double) never / s.ways())));
  }

  /** A distance, or that there is none within the limit. */
  private String shown(double distance) {
    BoundarySettings s = profile.settings();
    double limit = s.reach();
    return distance > limit * (1 + 1e-9) ? "above " + number(limit) : number(distance);
  }

  private void neighbours(StringBuilder text) {
    Neighbour[] neighbours = profile.neighbours();
    if (neighbours.length == 0) {
      text.append("\nno adjacent class\n");
      return;
    }
    int named = 0;
    for (Neighbour n : neighbours) {
      named += n.ways();
    }
    text.append('\n').append(row("adjacent class", "directions", "share", "purity of the top"));
    for (int k = 0; k < neighbours.length; k++) {
      text.append(
          row(
              classes.get(neighbours[k].label()),
              Numbers.count(neighbours[k].ways()),
              Numbers.percent((double) neighbours[k].ways() / named),
              (k + 1) + ": " + Numbers.percent(profile.purity(k + 1))));
    }
  }

  private void region(StringBuilder text) {
    Votes votes = found.votes();
    int winner = votes.winner();
    text.append('\n');
    line(
        text,
        "region ±" + number(found.region().radius()),
        winner < 0
            ? "no point is given a class"
            : "%s, %s of %s points%s"
                .formatted(
                    classes.get(winner),
                    Numbers.count(votes.counts()[winner]),
                    Numbers.count(votes.points()),
                    votes.tied() ? ", a tie that the lower class wins" : ""));
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "  %-16s%s%n", name, value));
  }

  private static String row(String... cells) {
    return String.format(Locale.ROOT, "%14s  %10s  %7s  %17s%n", (Object[]) cells);
  }

  /** As people write it, without what doubles add: 0.07. */
  private static String number(double value) {
    return new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
  }

  private String json() {
    var text = new StringWriter();
    try (var json = new JsonWriter(text)) {
      json.setStrictness(Strictness.STRICT);
      json.setHtmlSafe(false);
      json.setIndent("  ");
      json.beginObject();
      json.name("schema").value(SCHEMA);
      json.name("version").value(Machine.version());
      json.name("model").value(found.model().toString());
      json.name("architecture").value(found.trained().network().architecture().toString());
      json.name("weights").value(Trained.fingerprint(found.trained().network()));
      subject(json);
      settings(json);
      profile(json);
      votes(json);
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }

  private void subject(JsonWriter json) throws IOException {
    json.name("image").value(found.subject().name());
    json.name("label").value(orNull(found.subject().label()));
    json.name("prediction").value(orNull(found.clean().prediction()));
    json.name("confidence").value(found.clean().confidence());
    json.name("classes").jsonValue(texts());
  }

  private String texts() {
    StringBuilder list = new StringBuilder("[");
    for (String name : classes) {
      list.append(list.length() == 1 ? "\"" : ", \"").append(name).append('"');
    }
    return list.append(']').toString();
  }

  private static Integer orNull(int label) {
    return label < 0 ? null : Integer.valueOf(label);
  }

  private void settings(JsonWriter json) throws IOException {
    BoundarySettings s = profile.settings();
    json.name("settings").beginObject();
    json.name("directions").value(s.directions());
    json.name("negatives").value(s.negatives());
    json.name("step").value(s.step());
    json.name("steps").value(s.steps());
    json.name("never").value(s.never());
    json.name("low").value(s.box().low());
    json.name("high").value(s.box().high());
    json.name("seed").value(s.seed());
    json.endObject();
  }

  private void profile(JsonWriter json) throws IOException {
    int ways = profile.ways();
    json.name("distances").jsonValue(list(IntStream.range(0, ways).mapToDouble(profile::distance)));
    json.name("adjacent").jsonValue(java.util.Arrays.toString(profile.adjacent()));
    json.name("crossings").value(profile.crossings());
    json.name("median").value(profile.median());
    int k = profile.neighbours().length;
    json.name("purity").jsonValue(list(IntStream.rangeClosed(1, k).mapToDouble(profile::purity)));
  }

  private static String list(DoubleStream values) {
    return java.util.Arrays.toString(values.toArray());
  }

  private void votes(JsonWriter json) throws IOException {
    json.name("region").beginObject();
    json.name("radius").value(found.region().radius());
    json.name("points").value(found.region().points());
    json.name("distance").value(found.region().distance());
    json.name("votes").jsonValue(java.util.Arrays.toString(found.votes().counts()));
    json.name("unnamed").value(found.votes().unnamed());
    json.name("winner").value(orNull(found.votes().winner()));
    json.name("tied").value(found.votes().tied());
    json.endObject();
  }
}
