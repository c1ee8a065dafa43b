package advx.bench.fresh;

import advx.bench.Stopwatch;
import advx.bench.work.Shapes;
import advx.bench.work.WarmUp;
import advx.bench.work.Work;
import advx.bench.work.Works;
import advx.engine.Workers;
import advx.engine.kernel.Ruler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Warms all kernels up, then times each in this JVM and prints a line for each: {@code timed NAME
 * NANOSECONDS PEAK}. Arguments: the number of threads, the names of the shapes.
 */
public final class FreshMain {
  static final String TIMED = "timed";

  private static final long RULER = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long KERNEL = TimeUnit.MILLISECONDS.toNanos(4);
  private static final int ROUNDS = 3;

  private FreshMain() {}

  public static void main(String[] arguments) {
    int threads = Integer.parseInt(arguments[0]);
    List<String> names = Arrays.asList(arguments).subList(1, arguments.length);
    try (Workers workers = new Workers(threads)) {
      List<Work> works = new ArrayList<>();
      names.forEach(name -> works.add(Works.make(Shapes.named(name), workers)));
      WarmUp.all(works);
      for (int i = 0; i < works.size(); i++) {
        time(names.get(i), works.get(i), workers);
      }
    }
  }

  private static void time(String name, Work work, Workers workers) {
    double nanos = Double.POSITIVE_INFINITY;
    double peak = 0;
    for (int round = 0; round < ROUNDS; round++) {
      peak = Math.max(peak, Ruler.peakGflops(workers, RULER));
      nanos = Math.min(nanos, Stopwatch.best(work, KERNEL));
    }
    work.check();
    System.out.println(TIMED + " " + name + " " + nanos + " " + peak);
  }
}
