package advx.bench.tiles;

import advx.bench.Stopwatch;
import advx.bench.work.WarmUp;
import advx.bench.work.Work;
import advx.engine.Workers;
import advx.engine.kernel.Ruler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Times works in turns, each beside a look at the peak: what drifts, drifts for all. Warms them up
 * first, and checks them before and after.
 */
final class Race {
  private static final long RULER = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long TURN = TimeUnit.MILLISECONDS.toNanos(3);
  private static final int ROUNDS = 6;

  private final List<Work> works = new ArrayList<>();
  private double[] nanos = {};
  private double peak;

  /** Lets a work take part, and returns its place. */
  int add(Work work) {
    works.add(work);
    return works.size() - 1;
  }

  void run(Workers workers) {
    works.forEach(Work::check);
    WarmUp.all(works);
    nanos = new double[works.size()];
    Arrays.fill(nanos, Double.POSITIVE_INFINITY);
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < nanos.length; i++) {
        peak = Math.max(peak, Ruler.peakGflops(workers, RULER));
        nanos[i] = Math.min(nanos[i], Stopwatch.best(works.get(i), TURN));
      }
    }
    works.forEach(Work::check);
  }

  /** GFLOP/s of independent multiply-adds, the best of all looks. */
  double peak() {
    return peak;
  }

  /** GFLOP/s of the work at this place, the best of its turns. */
  double gflops(int place) {
    return works.get(place).flops() / nanos[place];
  }

  /** The same as a share of the peak. */
  double share(int place) {
    return gflops(place) / peak;
  }
}
