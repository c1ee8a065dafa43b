package advx.bench.fresh;

import advx.bench.Options;
import advx.bench.work.Shape;
import advx.bench.work.Shapes;
import advx.bench.work.Works;
import advx.engine.InputException;
import advx.engine.Workers;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code fresh}: starts JVMs one after another, lets each time every kernel, and prints the slowest
 * over the fastest. Exit code 1 if a kernel's reaches {@link FreshResult#LIMIT}.
 *
 * <p>A neighbour that makes a shared machine slow for a minute makes whole JVMs look slow. So all
 * stay alive, and where a kernel was slow it is timed again, later, by the code that the compiler
 * made then: a bad draw stays one.
 */
public final class FreshCommand {
  private static final int UNSTEADY = 1;

  /** How often the JVMs in which a kernel was slow are asked once more. */
  private static final int AGAIN = 20;

  private static final Duration PAUSE = Duration.ofSeconds(5);

  private FreshCommand() {}

  /** Runs it and returns the exit code. */
  public static int run(String[] arguments, PrintStream out) {
    Options options = new Options("fresh", List.of("jvms", "only", "threads", "json"), arguments);
    int jvms = options.number("jvms", 20, 2, 1000);
    int threads = options.number("threads", 1, 1, 1024);
    String only = options.word("only", "");
    List<Shape> shapes =
        Shapes.of("fresh").stream().filter(shape -> shape.name().contains(only)).toList();
    if (shapes.isEmpty()) {
      throw new InputException(
          "fresh: no kernel has '%s' in its name: leave out --only to see all names."
              .formatted(only));
    }
    List<FreshResult> results = measure(shapes, jvms, threads, out);
    print(results, jvms, out);
    if (options.has("json")) {
      write(Path.of(options.word("json", "")), results, threads);
    }
    return steady(results) ? 0 : UNSTEADY;
  }

  private static List<FreshResult> measure(
      List<Shape> shapes, int jvms, int threads, PrintStream out) {
    Map<String, FreshResult> results = new LinkedHashMap<>();
    try (Workers one = new Workers(1)) {
      for (Shape shape : shapes) {
        double flops = Works.make(shape, one).flops();
        results.put(shape.name(), new FreshResult(shape.name(), flops, jvms));
      }
    }
    List<FreshJvm> started = new ArrayList<>();
    try {
      for (int jvm = 0; jvm < jvms; jvm++) {
        long start = System.nanoTime();
        started.add(new FreshJvm(List.copyOf(results.keySet()), threads));
        time(started, jvm, results, List.copyOf(results.keySet()));
        double seconds = 1e-9 * (System.nanoTime() - start);
        out.printf(Locale.ROOT, "JVM %d of %d, %.1f s%n", jvm + 1, jvms, seconds);
      }
      for (int again = 1; again <= AGAIN && !steady(results.values()); again++) {
        pause();
        again(started, results, again, out);
      }
    } finally {
      started.forEach(FreshJvm::close);
    }
    return List.copyOf(results.values());
  }

  private static void time(
      List<FreshJvm> started, int jvm, Map<String, FreshResult> results, List<String> names) {
    started.get(jvm).time(names, (name, nanos, peak) -> results.get(name).add(jvm, nanos, peak));
  }

  private static void again(
      List<FreshJvm> started, Map<String, FreshResult> results, int again, PrintStream out) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int i = 0; i < started.size(); i++) {
      int jvm = i;
      List<String> slow =
          results.values().stream().filter(r -> r.slow(jvm)).map(FreshResult::name).toList();
      if (!slow.isEmpty()) {
        time(started, jvm, results, slow);
        slow.forEach(name -> counts.merge(name, 1, Integer::sum));
      }
    }
    List<String> words = new ArrayList<>();
    counts.forEach((name, count) -> words.add(name + " in " + count));
    out.printf("again %d of %d, JVMs: %s%n", again, AGAIN, String.join(", ", words));
  }

  private static boolean steady(Collection<FreshResult> results) {
    return results.stream().allMatch(FreshResult::steady);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static void print(List<FreshResult> results, int jvms, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%nslowest over fastest of %d JVMs; steady: times the peak beside it; one below %.2f"
            + " wanted%n%n",
        jvms,
        FreshResult.LIMIT);
    out.printf(
        Locale.ROOT,
        "%-24s %8s %8s %12s %10s%n",
        "kernel",
        "clock",
        "steady",
        "best µs",
        "GFLOP/s");
    for (FreshResult r : results) {
      out.printf(
          Locale.ROOT,
          "%-24s %8.2f %8.2f %12.2f %10.2f%s%n",
          r.name(),
          r.spread(),
          r.steadySpread(),
          1e-3 * r.flops() / r.bestGflops(),
          r.bestGflops(),
          r.steady() ? "" : "  UNSTEADY");
    }
    List<String> unsteady =
        results.stream().filter(r -> !r.steady()).map(FreshResult::name).toList();
    out.println();
    out.println(
        unsteady.isEmpty()
            ? "Every kernel is as fast in one JVM as in another."
            : "Not as fast in one JVM as in another: " + String.join(", ", unsteady) + ".");
  }

  private static void write(Path file, List<FreshResult> results, int threads) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("schema", 1);
    page.put("threads", threads);
    page.put("limit", FreshResult.LIMIT);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (FreshResult r : results) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", r.name());
      row.put("spread", r.spread());
      row.put("steadySpread", r.steadySpread());
      row.put("bestGflops", r.bestGflops());
      row.put("nanoseconds", r.nanos());
      row.put("peaks", r.peaks());
      rows.add(row);
    }
    page.put("kernels", rows);
    try {
      Files.writeString(file, new GsonBuilder().setPrettyPrinting().create().toJson(page) + "\n");
    } catch (IOException e) {
      throw new InputException(
          "fresh: %s could not be written: %s; give --json a file in a folder that exists."
              .formatted(file, e.getMessage()));
    }
  }
}
