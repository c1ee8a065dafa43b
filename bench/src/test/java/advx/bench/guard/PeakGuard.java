package advx.bench.guard;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import advx.bench.Stopwatch;
import advx.bench.work.Shape;
import advx.bench.work.Shapes;
import advx.bench.work.WarmUp;
import advx.bench.work.Work;
import advx.bench.work.Works;
import advx.engine.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Products and whole steps as a share of the peak measured beside them, the best of several over
 * the best of several: on a busy machine the medians say little.
 */
class PeakGuard {
  private static final int ROUNDS = 8;
  private static final long NANOS = 25_000_000L;

  /** Two hardware threads of one core bring the ruler little. */
  private static final double FEWEST_CORES = 1.6;

  @Test
  void productsAndStepsReachTheirShare() {
    Referee.wantVectors();
    List<String> violations = new ArrayList<>();
    try (Workers workers = new Workers(1)) {
      Referee referee = new Referee(workers);
      List<Shape> shapes = Floors.OF_PEAK.keySet().stream().sorted().map(Shapes::named).toList();
      List<Work> works = shapes.stream().map(shape -> Works.make(shape, workers)).toList();
      WarmUp.all(works);
      double[] nanos = new double[works.size()];
      Arrays.fill(nanos, Double.POSITIVE_INFINITY);
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < nanos.length; i++) {
          referee.peak();
          nanos[i] = Math.min(nanos[i], Stopwatch.best(works.get(i), NANOS));
        }
      }
      for (int i = 0; i < nanos.length; i++) {
        String name = shapes.get(i).name();
        double share = works.get(i).flops() / nanos[i] / referee.best();
        double floor = Floors.OF_PEAK.get(name);
        System.out.printf(
            "%-24s %5.1f %% of the peak (floor %.0f)%n", name, 100 * share, 100 * floor);
        if (share < floor) {
          violations.add(
              "%s reaches %.1f %% of the peak beside it, %.0f %% are wanted."
                  .formatted(name, 100 * share, 100 * floor));
        }
      }
      referee.judge(violations);
    }
  }

  @Test
  void anAdversarialStepIsWorthItsPasses() {
    Referee.wantVectors();
    try (Workers workers = new Workers(1)) {
      Referee referee = new Referee(workers);
      Work clean = Works.make(Shapes.named("clean-240"), workers);
      Work adversarial = Works.make(Shapes.named("adversarial-240"), workers);
      WarmUp.all(List.of(clean, adversarial));
      double ratio = best(referee, adversarial) / best(referee, clean);
      System.out.printf("an adversarial step is %.2f clean ones%n", ratio);
      referee.judge(
          ratio <= Floors.MOST_ADVERSARIAL_OVER_CLEAN
              ? List.of()
              : List.of(
                  "adversarial-240 takes %.2f times as long as clean-240, %.1f are allowed."
                      .formatted(ratio, Floors.MOST_ADVERSARIAL_OVER_CLEAN)));
    }
  }

  @Test
  void aSecondThreadHelps() {
    Referee.wantVectors();
    Shape shape = Shapes.named("clean-1600");
    try (Workers one = new Workers(1);
        Workers two = new Workers(2)) {
      Referee alone = new Referee(one);
      Referee both = new Referee(two);
      Work slow = Works.make(shape, one);
      Work fast = Works.make(shape, two);
      WarmUp.all(List.of(slow, fast));
      double steps = best(alone, slow) / best(both, fast);
      double ruler = both.best() / alone.best();
      System.out.printf("a second thread: clean-1600 %.2f, the ruler %.2f%n", steps, ruler);
      assumeTrue(
          ruler > FEWEST_CORES,
          "this machine cannot decide: a second thread brings the ruler from 1 to " + ruler);
      both.judge(
          steps >= Floors.SECOND_THREAD * ruler
              ? List.of()
              : List.of(
                  "clean-1600 is %.2f times as fast on two threads, the ruler %.2f times."
                      .formatted(steps, ruler)));
    }
  }

  private static double best(Referee referee, Work work) {
    double nanos = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
      referee.peak();
      nanos = Math.min(nanos, Stopwatch.best(work, NANOS));
    }
    return nanos;
  }
}
