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

  /**
   * Rounds over all kernels: whoever else makes the machine slow for a second does so in some
   * rounds, and the best of all is none of those.
   */
  private static final int ROUNDS = 8;

  private FreshMain() {}

  public static void main(String[] arguments) {
    int threads = Integer.parseInt(arguments[0]);
    List<String> names = Arrays.asList(arguments).subList(1, arguments.length);
    try (Workers workers = new Workers(threads)) {
      List<Work> works = new ArrayList<>();
      names.forEach(name -> works.add(Works.make(Shapes.named(name), workers)));
      WarmUp.all(works);
      double[] nanos = new double[works.size()];
      double[] peaks = new double[works.size()];
      Arrays.fill(nanos, Double.POSITIVE_INFINITY);
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < nanos.length; i++) {
          peaks[i] = Math.max(peaks[i], Ruler.peakGflops(workers, RULER));
          nanos[i] = Math.min(nanos[i], Stopwatch.best(works.get(i), KERNEL));
        }
      }
      for (int i = 0; i < nanos.length; i++) {
        works.get(i).check();
        System.out.println(TIMED + " " + names.get(i) + " " + nanos[i] + " " + peaks[i]);
      }
    }
  }
}
