package advx.bench.fresh;

import advx.bench.Stopwatch;
import advx.bench.work.Shapes;
import advx.bench.work.Work;
import advx.bench.work.Works;
import advx.engine.Workers;
import advx.engine.kernel.Ruler;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Times kernels in this JVM and prints a line for each: {@code timed NAME NANOSECONDS PEAK}.
 * Arguments: the number of threads, the names of the shapes.
 *
 * <p>First all are warmed up, in rounds: each called some hundred times, then the compilers left to
 * come to rest, until a round has made none much faster. One long round would not do: while the
 * second compiler has much to do, methods wait in code that does not even count their calls.
 */
public final class FreshMain {
  static final String TIMED = "timed";

  /** Code that counts its calls looks at the count every 1024 of them; long loops look sooner. */
  private static final int WARM_CALLS = 1100;

  private static final long MOST_WARM = TimeUnit.MILLISECONDS.toNanos(40);

  /** A step is made of some twenty kernels. */
  private static final long MOST_WARM_STEP = TimeUnit.MILLISECONDS.toNanos(120);

  private static final int FEWEST_WARM_ROUNDS = 6;
  private static final int MOST_WARM_ROUNDS = 12;
  private static final double FASTER = 0.6;

  /** A call of a good while has long loops: after these rounds it is fast, or will never be. */
  private static final int LONG_ROUNDS = 3;

  private static final double LONG_NANOS = 200_000;

  /** So long without anything compiled is rest. */
  private static final int REST_MILLIS = 50;

  private static final int MOST_RESTS = 40;
  private static final long RULER = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long KERNEL = TimeUnit.MILLISECONDS.toNanos(4);
  private static final int ROUNDS = 3;

  private FreshMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    int threads = Integer.parseInt(arguments[0]);
    List<String> names = Arrays.asList(arguments).subList(1, arguments.length);
    try (Workers workers = new Workers(threads)) {
      List<Work> works = new ArrayList<>();
      names.forEach(name -> works.add(Works.make(Shapes.named(name), workers)));
      warm(works);
      for (int i = 0; i < works.size(); i++) {
        time(names.get(i), works.get(i), workers);
      }
    }
  }

  private static void warm(List<Work> works) throws InterruptedException {
    double[] best = new double[works.size()];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    boolean faster = true;
    for (int round = 0;
        round < MOST_WARM_ROUNDS && (faster || round < FEWEST_WARM_ROUNDS);
        round++) {
      faster = false;
      for (int i = 0; i < best.length; i++) {
        if (round >= LONG_ROUNDS && best[i] > LONG_NANOS) {
          continue;
        }
        double nanos = warm(works.get(i));
        faster |= nanos < FASTER * best[i];
        best[i] = Math.min(best[i], nanos);
      }
      rest();
    }
  }

  /** Some hundred calls, then the nanoseconds of one. */
  private static double warm(Work work) {
    long most = work.taped() ? MOST_WARM_STEP : MOST_WARM;
    long begin = System.nanoTime();
    long now = begin;
    for (int calls = 0; calls < WARM_CALLS && now - begin < most; calls++) {
      work.warm();
      now = System.nanoTime();
    }
    return Stopwatch.best(work, TimeUnit.MILLISECONDS.toNanos(1));
  }

  private static void rest() throws InterruptedException {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    long before = -1;
    for (int i = 0; i < MOST_RESTS && compiler.getTotalCompilationTime() != before; i++) {
      before = compiler.getTotalCompilationTime();
      Thread.sleep(REST_MILLIS);
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
