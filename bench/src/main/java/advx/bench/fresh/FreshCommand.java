package advx.bench.fresh;

import static java.nio.charset.StandardCharsets.UTF_8;

import advx.bench.Options;
import advx.bench.work.Shape;
import advx.bench.work.Shapes;
import advx.bench.work.Works;
import advx.engine.InputException;
import advx.engine.Workers;
import com.google.gson.GsonBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code fresh}: starts JVMs one after another, lets each time every kernel, and prints the slowest
 * over the fastest. Exit code 1 if a kernel's reaches {@link FreshResult#LIMIT}.
 */
public final class FreshCommand {
  private static final int UNSTEADY = 1;

  /**
   * Where arrays begin makes short kernels up to a third faster or slower, by no decision of the
   * compiler: in these JVMs they all begin at the same place of a cache line.
   */
  private static final String ALIGNED = "-XX:ObjectAlignmentInBytes=64";

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
    return results.stream().allMatch(FreshResult::steady) ? 0 : UNSTEADY;
  }

  private static List<FreshResult> measure(
      List<Shape> shapes, int jvms, int threads, PrintStream out) {
    List<FreshResult> results = new ArrayList<>();
    try (Workers one = new Workers(1)) {
      for (Shape shape : shapes) {
        double flops = Works.make(shape, one).flops();
        results.add(new FreshResult(shape.name(), flops, new double[jvms], new double[jvms]));
      }
    }
    for (int jvm = 0; jvm < jvms; jvm++) {
      long start = System.nanoTime();
      Map<String, double[]> timed = fork(shapes, threads);
      for (FreshResult result : results) {
        double[] pair = timed.get(result.name());
        if (pair == null) {
          throw new IllegalStateException("a JVM did not time " + result.name());
        }
        result.nanos()[jvm] = pair[0];
        result.peaks()[jvm] = pair[1];
      }
      out.printf(
          Locale.ROOT, "JVM %d of %d, %.1f s%n", jvm + 1, jvms, 1e-9 * (System.nanoTime() - start));
    }
    return results;
  }

  /** One JVM with the options of this one, its errors where ours go. */
  private static Map<String, double[]> fork(List<Shape> shapes, int threads) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add(ALIGNED);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(FreshMain.class.getName());
    command.add(Integer.toString(threads));
    shapes.forEach(shape -> command.add(shape.name()));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      Thread end = new Thread(process::destroy, "fresh-end");
      Runtime.getRuntime().addShutdownHook(end);
      Map<String, double[]> timed = new LinkedHashMap<>();
      try (BufferedReader lines = process.inputReader(UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          String[] words = line.split(" ", -1);
          if (words.length == 4 && words[0].equals(FreshMain.TIMED)) {
            timed.put(
                words[1],
                new double[] {Double.parseDouble(words[2]), Double.parseDouble(words[3])});
          }
        }
      }
      int code = process.waitFor();
      Runtime.getRuntime().removeShutdownHook(end);
      if (code != 0) {
        throw new IllegalStateException("a JVM ended with exit code " + code);
      }
      return timed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
