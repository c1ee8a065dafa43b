package advx.peers.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** The table, for people. */
public final class Markdown {
  /** A product of this size should come near the peak; if none does, the peers are set up badly. */
  private static final String SANITY = "sgemm/nn/1024x1024x1024";

  private static final double SANE = 0.6;

  private final Results results;
  private final List<Line> lines;
  private final StringBuilder text = new StringBuilder();

  private Markdown(Results results, List<Line> lines) {
    this.results = results;
    this.lines = lines;
  }

  /** The page with all that is known of these lines. */
  public static String of(Results results, List<Line> lines) {
    return new Markdown(results, lines).page();
  }

  private String page() {
    text.append("# This engine and its peers\n\n");
    results
        .machine()
        .forEach(
            (name, value) -> text.append(String.format(Locale.ROOT, "- %s: %s\n", name, value)));
    text.append(
        "\n"
            + "Rates are the best of all rounds; GFLOP/s count a multiply-add twice, all others are"
            + " calls a second. The ratio is ours over the best peer's.\n");
    for (int threads :
        new TreeSet<>(results.items().stream().map(Results.Item::threads).toList())) {
      table(threads);
    }
    sanity();
    leftOut();
    settings();
    rounds();
    return text.toString();
  }

  private List<String> peers(int threads) {
    Set<String> there = new TreeSet<>();
    results.items().stream()
        .filter(item -> item.threads() == threads)
        .forEach(item -> there.addAll(item.rates().keySet()));
    there.removeIf(peer -> peer.startsWith(Rule.OWN));
    return List.copyOf(there);
  }

  private void table(int threads) {
    List<String> peers = peers(threads);
    text.append(
        String.format(
            Locale.ROOT, "\n## %s\n\n", threads == 1 ? "1 thread" : threads + " threads"));
    row(
        join(
            List.of("work", "unit", "ours"), peers, List.of("best peer", "ratio", "must", "goal")));
    List<String> dashes = new ArrayList<>();
    for (int i = 0; i < peers.size() + 7; i++) {
      dashes.add("---");
    }
    row(dashes);
    for (Line line : lines) {
      for (String subject : line.subjects()) {
        results.item(subject, threads).ifPresent(item -> row(cells(line, item, peers)));
      }
    }
  }

  private List<String> cells(Line line, Results.Item item, List<String> peers) {
    List<String> cells = new ArrayList<>();
    cells.add(line.subjects().size() == 1 ? line.title() : line.title() + ": " + item.subject());
    cells.add(item.unit());
    Optional<Double> own = item.best(Rule.OWN);
    cells.add(own.map(Markdown::number).orElse("–") + packed(item));
    for (String peer : peers) {
      cells.add(item.best(peer).map(Markdown::number).orElse("–"));
    }
    OptionalDouble best = Rule.bestPeer(item);
    cells.add(
        best.isEmpty()
            ? "–"
            : item.rates().entrySet().stream()
                    .filter(e -> e.getValue().best() == best.getAsDouble())
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow()
                + " "
                + number(best.getAsDouble()));
    cells.add(
        own.isPresent() && best.isPresent()
            ? String.format(Locale.ROOT, "%.2f", own.get() / best.getAsDouble())
            : "–");
    cells.add(verdict(line.must(), item));
    cells.add(verdict(line.goal(), item));
    return cells;
  }

  private static String packed(Results.Item item) {
    return item.best("advx-packed").map(rate -> " (packed " + number(rate) + ")").orElse("");
  }

  /** All rules of a kind: met, or what share of each is reached. */
  static String verdict(List<Rule> rules, Results.Item item) {
    List<String> parts = new ArrayList<>();
    for (Rule rule : rules) {
      OptionalDouble reached = rule.reached(item);
      String word =
          reached.isEmpty()
              ? "not measured"
              : reached.getAsDouble() >= 1
                  ? "met"
                  : String.format(Locale.ROOT, "**missed**, %.2f of it", reached.getAsDouble());
      parts.add(rule.text(item.threads()) + ": " + word);
    }
    return String.join("; ", parts);
  }

  private void sanity() {
    text.append("\n## Are the peers set up well?\n\n");
    for (Results.Item item : results.items()) {
      if (item.subject().equals(SANITY)) {
        OptionalDouble best = Rule.bestPeer(item);
        if (best.isPresent()) {
          double share = best.getAsDouble() / item.peak();
          text.append(
              String.format(
                  Locale.ROOT,
                  "- sgemm 1024³, threads %d: the best peer reaches %.2f of the peak of %.1f"
                      + " GFLOP/s%s\n",
                  item.threads(),
                  share,
                  item.peak(),
                  share < SANE ? ": **a broken set-up, not a win**" : ""));
        }
      }
    }
    results.items().stream()
        .flatMap(
            item ->
                item.rates().entrySet().stream()
                    .filter(e -> e.getValue().difference() > 0)
                    .map(
                        e ->
                            Map.entry(
                                e.getValue().difference(), e.getKey() + " on " + item.subject())))
        .max(Map.Entry.comparingByKey())
        .ifPresent(
            worst ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "- every result was compared with ours; the largest difference, %.1e of the"
                            + " root mean square, is %s's\n",
                        worst.getKey(),
                        worst.getValue())));
  }

  private void leftOut() {
    if (results.leftOut().isEmpty()
        && results.items().stream().allMatch(i -> i.refused().isEmpty())) {
      return;
    }
    text.append("\n## Left out\n\n");
    results
        .leftOut()
        .forEach((peer, why) -> text.append(String.format(Locale.ROOT, "- %s: %s\n", peer, why)));
    for (Results.Item item : results.items()) {
      item.refused()
          .forEach(
              (peer, why) ->
                  text.append(
                      String.format(
                          Locale.ROOT,
                          "- %s on %s, threads %d: %s\n",
                          peer,
                          item.subject(),
                          item.threads(),
                          why)));
    }
  }

  private void settings() {
    text.append("\n## How each peer ran\n\n");
    results
        .settings()
        .forEach(
            (peer, settings) -> {
              List<String> parts = new ArrayList<>();
              settings.forEach((name, value) -> parts.add(name + "=" + value));
              text.append(String.format(Locale.ROOT, "- %s: %s\n", peer, String.join("; ", parts)));
            });
  }

  private void rounds() {
    text.append("\n## All rates: best (median), and the peak measured beside them\n\n");
    for (Results.Item item : results.items()) {
      List<String> parts = new ArrayList<>();
      item.rates()
          .forEach(
              (peer, rates) ->
                  parts.add(
                      String.format(
                          Locale.ROOT,
                          "%s %s (%s)",
                          peer,
                          number(rates.best()),
                          number(rates.median()))));
      text.append(
          String.format(
              Locale.ROOT,
              "- %s, threads %d, %s: %s; peak %s GFLOP/s\n",
              item.subject(),
              item.threads(),
              item.unit(),
              String.join(", ", parts),
              number(item.peak())));
    }
  }

  private void row(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  @SafeVarargs
  private static List<String> join(List<String>... parts) {
    List<String> all = new ArrayList<>();
    for (List<String> part : parts) {
      all.addAll(part);
    }
    return all;
  }

  /** Three digits are more than such a figure is worth. */
  static String number(double x) {
    return String.format(Locale.ROOT, x >= 100 ? "%.0f" : x >= 10 ? "%.1f" : "%.2f", x);
  }
}
