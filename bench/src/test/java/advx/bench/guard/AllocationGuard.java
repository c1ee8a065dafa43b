package advx.bench.guard;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import advx.bench.Stopwatch;
import advx.bench.work.Shape;
import advx.bench.work.Shapes;
import advx.bench.work.WarmUp;
import advx.bench.work.Work;
import advx.bench.work.Works;
import advx.engine.Workers;
import advx.engine.kernel.Lanes;
import canary.species.BoxedKernel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No kernel allocates, and no step more than the records of its operations. */
class AllocationGuard {
  /** A few records of some sixteen bytes each: the settings of a step's operations. */
  private static final double STEP_BYTES = 1024;

  private static volatile Object sink;

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void nothing(int threads) {
    List<String> violations = new ArrayList<>();
    try (Workers workers = new Workers(threads)) {
      List<Shape> shapes = Shapes.of("guard");
      List<Work> works = shapes.stream().map(shape -> Works.make(shape, workers)).toList();
      WarmUp.all(works);
      for (int i = 0; i < works.size(); i++) {
        double limit = works.get(i).taped() ? STEP_BYTES : 0;
        double slope = Slope.of(works.get(i), limit);
        System.out.printf("%-24s %6.1f bytes a call%n", shapes.get(i).name(), slope);
        if (slope > limit) {
          violations.add(
              "%s on %d threads allocates %.0f bytes a call, at most %.0f are allowed."
                  .formatted(shapes.get(i).name(), threads, slope, limit));
        }
      }
    }
    assertTrue(violations.isEmpty(), String.join("\n", violations));
  }

  @Test
  void theCanaryOfSixteenBytesIsFound() {
    assertTrue(Slope.of(() -> sink = new Object(), 0) >= 8);
    assertTrue(sink != null);
  }

  /** Accumulators in an array are objects, however often they are compiled. */
  @Test
  void theCanaryOfVectorsOnTheHeapIsFound() {
    assumeTrue(Lanes.VECTOR, "no vectors: " + Lanes.describe());
    float[] x = new float[1000];
    BoxedKernel kernel = new BoxedKernel();
    Stopwatch.warm(() -> kernel.sum(x), 300_000_000L);
    assertTrue(Slope.of(() -> kernel.sum(x), 0) > 0);
  }
}
