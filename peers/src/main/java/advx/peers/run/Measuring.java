package advx.peers.run;

import advx.peers.table.Results;
import advx.peers.work.Subject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures a group of subjects: starts all peers, lets each warm up, then goes round them several
 * times, so that what drifts drifts for all.
 */
final class Measuring {
  private static final double WARM_SLICE = 0.2;

  /** Two seconds: a compiler at work on the code of a training step shows no gain for one. */
  private static final int WARM_FEWEST = 10;

  private static final double WARM_SECONDS = 12;

  /** A call this long has warmed up by itself. */
  private static final double WARM_CALL = 1.5;

  /** Warm when the last slices are no better than the best before them by more than this. */
  private static final double WARM_GAIN = 1.03;

  /** Calls this much longer than a slice are measured in three rounds. */
  private static final double LONG = 4;

  private static final int FEWER_ROUNDS = 3;

  /** How a peer's process is started: its command for a number of threads. */
  interface Starter {
    PeerClient start(PeerDefinition peer, int threads)
        throws IOException, Unavailable, InterruptedException;
  }

  private final Results results;
  private final Path file;
  private final Starter starter;
  private final int rounds;
  private final double seconds;
  private final PrintStream out;

  Measuring(
      Results results, Path file, Starter starter, int rounds, double seconds, PrintStream out) {
    this.results = results;
    this.file = file;
    this.starter = starter;
    this.rounds = rounds;
    this.seconds = seconds;
    this.out = out;
  }

  /** Measures the subjects, all of one group, and writes the file after each. */
  void group(List<PeerDefinition> peers, List<Subject> subjects, int threads)
      throws IOException, InterruptedException {
    Map<String, PeerClient> clients = new LinkedHashMap<>();
    results.settings().put("every process, threads " + threads, PeerDefinition.common(threads));
    try {
      for (PeerDefinition peer : peers) {
        try {
          PeerClient client = starter.start(peer, threads);
          clients.put(peer.id(), client);
          Map<String, String> settings = new TreeMap<>(client.settings());
          settings.putAll(peer.variables());
          results.settings().put(peer.id() + ", threads " + threads, settings);
          results.leftOut().remove(peer.id());
        } catch (Unavailable e) {
          leaveOut(peer.id(), e.getMessage());
        }
      }
      for (Subject subject : subjects) {
        results.put(subject(clients, subject, threads));
        results.write(file);
      }
    } finally {
      clients.values().forEach(PeerClient::close);
    }
  }

  private void leaveOut(String peer, String why) {
    results.leftOut().put(peer, why);
    out.printf("  %s is left out: %s%n", peer, why);
  }

  private Results.Item subject(Map<String, PeerClient> clients, Subject subject, int threads)
      throws InterruptedException {
    out.printf("%s, threads %d%n", subject.key(), threads);
    Map<String, String> refused = new TreeMap<>();
    Map<String, Double> differences = new LinkedHashMap<>();
    Map<String, List<Double>> rates = new TreeMap<>();
    float[] reference = null;
    double peak = 0;
    Map<String, PeerClient> ready = new LinkedHashMap<>();
    for (Map.Entry<String, PeerClient> entry : clients.entrySet()) {
      String peer = entry.getKey();
      PeerClient client = entry.getValue();
      if (!client.alive()) {
        refused.put(peer, "its process has ended");
        continue;
      }
      try {
        if (peer.equals(PeerDefinition.OWN)) {
          peak = Double.parseDouble(client.ask("limit peak"));
        }
        float[] result = numbers(client.ask("check " + subject.key()));
        if (reference == null) {
          reference = result;
        }
        double difference = difference(reference, result);
        if (difference > subject.tolerance() || !finite(result)) {
          throw new Unavailable(
              String.format(
                  Locale.ROOT, "its result differs from the first one by %.2e", difference));
        }
        client.ask("open " + subject.key());
        warm(client);
        client.settle();
        differences.put(peer, difference);
        rates.put(peer, new ArrayList<>());
        ready.put(peer, client);
      } catch (Unavailable e) {
        refused.put(peer, e.getMessage());
        out.printf("  %s: %s%n", peer, e.getMessage());
      }
    }
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, PeerClient> entry : List.copyOf(ready.entrySet())) {
        String peer = entry.getKey();
        try {
          Run run = run(entry.getValue(), seconds);
          rates.get(peer).add(run.rate() * subject.amount());
          entry.getValue().settle();
          if (round + 1 >= FEWER_ROUNDS && run.secondsOfCall() > LONG * seconds) {
            ready.remove(peer);
          }
        } catch (Unavailable e) {
          refused.put(peer, e.getMessage());
          rates.remove(peer);
          ready.remove(peer);
        }
      }
    }
    clients.forEach((peer, client) -> quietly(client, c -> c.ask("close")));
    Map<String, Results.Rates> all = new TreeMap<>();
    rates.forEach((peer, list) -> all.put(peer, new Results.Rates(list, differences.get(peer))));
    Results.Item item =
        new Results.Item(subject.key(), threads, subject.unit(), peak, all, refused);
    all.forEach(
        (peer, r) ->
            out.printf(
                "  %-16s %10.2f (median %.2f) %s%n", peer, r.best(), r.median(), item.unit()));
    return item;
  }

  private interface Asking {
    void ask(PeerClient client) throws Unavailable, InterruptedException;
  }

  private static void quietly(PeerClient client, Asking asking) {
    try {
      asking.ask(client);
    } catch (Unavailable e) {
      // It has ended: the next subject says so.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Run(long calls, double seconds) {
    double rate() {
      return calls / seconds;
    }

    double secondsOfCall() {
      return seconds / calls;
    }
  }

  private static Run run(PeerClient client, double seconds)
      throws Unavailable, InterruptedException {
    String[] words = client.ask("run " + seconds).split(" ", -1);
    return new Run(Long.parseLong(words[0]), Double.parseDouble(words[1]));
  }

  /** Runs slices until they stop getting faster. */
  private static void warm(PeerClient client) throws Unavailable, InterruptedException {
    double before = 0;
    double total = 0;
    do {
      double last = 0;
      for (int i = 0; i < WARM_FEWEST && total < WARM_SECONDS; i++) {
        Run run = run(client, WARM_SLICE);
        total += run.seconds();
        if (run.secondsOfCall() > WARM_CALL) {
          return;
        }
        last = Math.max(last, run.rate());
      }
      if (last <= before * WARM_GAIN) {
        return;
      }
      before = last;
    } while (total < WARM_SECONDS);
  }

  static float[] numbers(String text) {
    String[] words = text.split(" ", -1);
    float[] numbers = new float[words.length];
    for (int i = 0; i < words.length; i++) {
      numbers[i] = Float.parseFloat(words[i]);
    }
    return numbers;
  }

  private static boolean finite(float[] x) {
    for (float f : x) {
      if (!Float.isFinite(f)) {
        return false;
      }
    }
    return true;
  }

  /** The root mean square of the difference over that of ours; 1 if they cannot be compared. */
  static double difference(float[] ours, float[] theirs) {
    if (ours.length != theirs.length) {
      return 1;
    }
    double difference = 0;
    double size = 0;
    for (int i = 0; i < ours.length; i++) {
      double d = theirs[i] - ours[i];
      difference += d * d;
      size += (double) ours[i] * ours[i];
    }
    return difference == 0 ? 0 : Math.sqrt(difference / size);
  }
}
