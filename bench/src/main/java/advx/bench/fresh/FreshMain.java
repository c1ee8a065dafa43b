package advx.bench.fresh;

import static java.nio.charset.StandardCharsets.UTF_8;

import advx.bench.Stopwatch;
import advx.bench.work.Shapes;
import advx.bench.work.WarmUp;
import advx.bench.work.Work;
import advx.bench.work.Works;
import advx.engine.Workers;
import advx.engine.kernel.Ruler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Warms all kernels up. Then, for each line of standard input, which names shapes, times those in
 * this JVM and prints a line for each, {@code timed NAME NANOSECONDS PEAK}, and {@code done}.
 * Arguments: the number of threads, the names of all shapes.
 */
public final class FreshMain {
  static final String TIMED = "timed";
  static final String DONE = "done";

  private static final long RULER = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long KERNEL = TimeUnit.MILLISECONDS.toNanos(4);

  /**
   * Rounds over all kernels: whoever else makes the machine slow for a second does so in some
   * rounds, and the best of all is none of those.
   */
  private static final int ROUNDS = 8;

  private FreshMain() {}

  public static void main(String[] arguments) throws IOException {
    int threads = Integer.parseInt(arguments[0]);
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    try (Workers workers = new Workers(threads)) {
      WarmUp.all(works(workers, Arrays.asList(arguments).subList(1, arguments.length)));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        time(workers, List.of(line.split(" ", -1)));
        System.out.println(DONE);
      }
    }
  }

  /**
   * The works, with arrays of their own each time: where the system puts those in its caches is no
   * draw of the compiler, and costs a kernel that fills the second cache up to two fifths.
   */
  private static List<Work> works(Workers workers, List<String> names) {
    return names.stream().map(name -> Works.make(Shapes.named(name), workers)).toList();
  }

  private static void time(Workers workers, List<String> names) {
    List<Work> works = works(workers, names);
    works.forEach(work -> Stopwatch.warm(work, KERNEL));
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
