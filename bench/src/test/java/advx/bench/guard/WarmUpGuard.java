package advx.bench.guard;

import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.bench.Stopwatch;
import advx.bench.work.Shapes;
import advx.bench.work.Work;
import advx.bench.work.Works;
import advx.engine.Workers;
import advx.engine.warm.WarmUp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** After the engine's own warm-up the kernels are about as fast as they will ever be. */
class WarmUpGuard {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final long FIRST_NANOS = 20_000_000L;
  private static final long LATER_NANOS = 60_000_000L;
  private static final int ROUNDS = 3;

  /** Kernels; a step of a network is made of more code than the engine's. */
  private static final List<String> NAMES =
      List.of(
          "product-512",
          "product-784x1200",
          "product-784x1200-dw",
          "product-784x1200-dx",
          "maxout-784x240",
          "winner-input-784x240",
          "winner-weight-784x240",
          "exp-1000",
          "dot-784");

  @Test
  void theKernelsAreFastAfterwards() {
    Referee.wantVectors();
    List<String> violations = new ArrayList<>();
    try (Workers workers = new Workers(1)) {
      long begin = System.nanoTime();
      assertTrue(WarmUp.run(workers, LIMIT), "the kernels do not come to rest in " + LIMIT);
      System.out.printf("warm after %.1f s%n", 1e-9 * (System.nanoTime() - begin));
      Referee referee = new Referee(workers);
      List<Work> works = NAMES.stream().map(n -> Works.make(Shapes.named(n), workers)).toList();
      double[] first = new double[NAMES.size()];
      for (int i = 0; i < first.length; i++) {
        referee.peak();
        first[i] = Stopwatch.best(works.get(i), FIRST_NANOS);
      }
      advx.bench.work.WarmUp.all(works);
      for (int i = 0; i < first.length; i++) {
        double later = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
          referee.peak();
          later = Math.min(later, Stopwatch.best(works.get(i), LATER_NANOS));
        }
        double share = later / first[i];
        System.out.printf("%-24s %.2f of its warm speed at once%n", NAMES.get(i), share);
        if (share < Floors.WARMED_UP) {
          violations.add(
              "%s has %.2f of its warm speed after the warm-up, %.2f are wanted."
                  .formatted(NAMES.get(i), share, Floors.WARMED_UP));
        }
      }
      referee.judge(violations);
    }
  }
}
