package advx.bench.roofline;

import advx.bench.Options;
import advx.bench.Stopwatch;
import advx.bench.work.Shape;
import advx.bench.work.Shapes;
import advx.bench.work.WarmUp;
import advx.bench.work.Work;
import advx.bench.work.Works;
import advx.cli.Machine;
import advx.engine.Workers;
import advx.engine.kernel.Ruler;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * {@code roofline}: measures peak, bandwidths and kernels, and writes the report. On one thread and
 * on as many as the machine has processors, unless a number is asked for.
 */
public final class RooflineCommand {
  private static final long KERNEL = TimeUnit.MILLISECONDS.toNanos(60);
  private static final long RULER = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int ROUNDS = 4;

  private RooflineCommand() {}

  /** Runs it and returns the exit code. */
  public static int run(String[] arguments, PrintStream out) {
    Options options = new Options("roofline", List.of("out", "threads"), arguments);
    Path folder = Path.of(options.word("out", "roofline"));
    int processors = Runtime.getRuntime().availableProcessors();
    List<Integer> threads =
        options.has("threads")
            ? List.of(options.number("threads", 1, 1, 1024))
            : processors == 1 ? List.of(1) : List.of(1, processors);
    List<RooflineReport.Sheet> sheets = new ArrayList<>();
    for (int count : threads) {
      try (Workers workers = new Workers(count)) {
        sheets.add(measure(workers, out));
      }
    }
    RooflineReport report = new RooflineReport(machine(), sheets);
    report.write(folder);
    out.println("Written to " + folder.resolve("roofline.html") + ".");
    return 0;
  }

  private static Map<String, String> machine() {
    Map<String, String> machine = new TreeMap<>();
    try (Workers one = new Workers(1)) {
      machine.putAll(Machine.describe(one));
    }
    machine.remove("threads");
    return machine;
  }

  private static RooflineReport.Sheet measure(Workers workers, PrintStream out) {
    double memory = Ruler.bandwidthGBs(workers);
    double cache = Ruler.cacheBandwidthGBs(workers, TimeUnit.MILLISECONDS.toNanos(400));
    double peak = Ruler.peakGflops(workers);
    List<Shape> shapes = Shapes.of("roofline");
    List<Work> works = shapes.stream().map(shape -> Works.make(shape, workers)).toList();
    out.println("warming up");
    works.forEach(Work::check);
    WarmUp.all(works);
    double[] nanos = new double[works.size()];
    double[] beside = new double[works.size()];
    for (int i = 0; i < nanos.length; i++) {
      Work work = works.get(i);
      nanos[i] = Double.POSITIVE_INFINITY;
      for (int round = 0; round < ROUNDS; round++) {
        beside[i] = Math.max(beside[i], Ruler.peakGflops(workers, RULER));
        nanos[i] = Math.min(nanos[i], Stopwatch.best(work, KERNEL));
      }
      work.check();
      peak = Math.max(peak, beside[i]);
      out.printf("%d of %d  %s%n", i + 1, nanos.length, shapes.get(i).name());
    }
    Roof roof = new Roof(workers.threads(), peak, cache, memory);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < works.size(); i++) {
      Work work = works.get(i);
      double limit = roof.limit(work.intensity(), work.bytes());
      String name = shapes.get(i).name();
      points.add(new Point(name, work.bytes(), work.flops(), nanos[i], beside[i], limit));
    }
    return new RooflineReport.Sheet(roof, points);
  }
}
