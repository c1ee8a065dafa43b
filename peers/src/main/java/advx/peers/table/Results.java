package advx.peers.table;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that is known: what earlier runs measured of the same engine on the same machine, and what
 * this one adds.
 *
 * @param schema the number of this format
 * @param engine a checksum of this engine's classes
 * @param machine what it was measured on, by name
 * @param settings what each peer said of itself, by "peer, threads"
 * @param leftOut why a peer is not there, by peer
 * @param items the measured subjects
 */
public record Results(
    int schema,
    String engine,
    Map<String, String> machine,
    Map<String, Map<String, String>> settings,
    Map<String, String> leftOut,
    List<Item> items) {
  public static final int SCHEMA = 1;

  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  /**
   * A subject measured with a number of threads, all peers in turn.
   *
   * @param unit of the rates
   * @param peak of multiply-adds, GFLOP/s, measured beside it
   * @param rates by peer
   * @param refused why a peer has none, by peer
   */
  public record Item(
      String subject,
      int threads,
      String unit,
      double peak,
      Map<String, Rates> rates,
      Map<String, String> refused) {
    public Optional<Double> best(String peer) {
      return Optional.ofNullable(rates.get(peer)).map(Rates::best);
    }
  }

  /**
   * A peer's rates, one a round.
   *
   * @param difference of its result from ours: root mean square over that of ours
   */
  public record Rates(List<Double> rounds, double difference) {
    public double best() {
      return rounds.stream().mapToDouble(r -> r).max().orElseThrow();
    }

    public double median() {
      double[] sorted = rounds.stream().mapToDouble(r -> r).sorted().toArray();
      int half = sorted.length / 2;
      return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
  }

  /** Nothing measured yet. */
  public static Results none(String engine, Map<String, String> machine) {
    return new Results(
        SCHEMA, engine, machine, new TreeMap<>(), new TreeMap<>(), new ArrayList<>());
  }

  /**
   * What the file holds, if that is of this engine on this machine; else nothing yet. A file that
   * cannot be read counts as none.
   */
  public static Results read(Path file, String engine, Map<String, String> machine)
      throws IOException {
    if (Files.exists(file)) {
      try {
        Results old = GSON.fromJson(Files.readString(file), Results.class);
        if (old != null
            && old.schema == SCHEMA
            && engine.equals(old.engine)
            && machine.equals(old.machine)
            && old.settings != null
            && old.leftOut != null
            && old.items != null) {
          return new Results(
              SCHEMA,
              engine,
              machine,
              new TreeMap<>(old.settings),
              new TreeMap<>(old.leftOut),
              new ArrayList<>(old.items));
        }
      } catch (JsonParseException e) {
        return none(engine, machine);
      }
    }
    return none(engine, machine);
  }

  public Optional<Item> item(String subject, int threads) {
    return items.stream()
        .filter(item -> item.subject().equals(subject) && item.threads() == threads)
        .findFirst();
  }

  /** Puts an item in the place of an older one of the same subject and number of threads. */
  public void put(Item item) {
    items.removeIf(old -> old.subject().equals(item.subject()) && old.threads() == item.threads());
    items.add(item);
    items.sort(Comparator.comparing(Item::subject).thenComparing(Item::threads));
  }

  /** The file is whole at every moment: written beside it, then moved. */
  public void write(Path file) throws IOException {
    Path made = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(made, GSON.toJson(this) + "\n");
    Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
