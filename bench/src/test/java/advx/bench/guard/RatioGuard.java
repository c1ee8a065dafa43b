package advx.bench.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import advx.bench.Stopwatch;
import advx.bench.work.Shape;
import advx.bench.work.Shapes;
import advx.bench.work.WarmUp;
import advx.bench.work.Work;
import advx.bench.work.Works;
import advx.engine.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each vector kernel against its scalar twin, in turns in one JVM; steps too. */
class RatioGuard {
  private static final int ROUNDS = 4;
  private static final long VECTOR_NANOS = 15_000_000L;
  private static final long SCALAR_NANOS = 20_000_000L;

  @Test
  void everyKernelHasAFloor() {
    assertEquals(
        Shapes.of("guard").stream().map(Shape::name).collect(Collectors.toCollection(TreeSet::new)),
        new TreeSet<>(Floors.OVER_SCALAR.keySet()));
  }

  @Test
  void vectorsArePaid() throws ReflectiveOperationException {
    Referee.wantVectors();
    ScalarTwins twins = new ScalarTwins();
    List<String> violations = new ArrayList<>();
    try (Workers workers = new Workers(1)) {
      Referee referee = new Referee(workers);
      List<Shape> shapes = Shapes.of("guard");
      List<Work> works = shapes.stream().map(shape -> Works.make(shape, workers)).toList();
      WarmUp.all(works);
      for (int i = 0; i < works.size(); i++) {
        String name = shapes.get(i).name();
        Runnable twin = twins.twin(name);
        double vector = Double.POSITIVE_INFINITY;
        double scalar = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
          referee.peak();
          vector = Math.min(vector, Stopwatch.best(works.get(i), VECTOR_NANOS));
          scalar = Math.min(scalar, Stopwatch.best(twin, SCALAR_NANOS));
        }
        double floor = Floors.OVER_SCALAR.getOrDefault(name, 0.0);
        System.out.printf(
            "%-24s %6.2f times its scalar twin (floor %.2f)%n", name, scalar / vector, floor);
        if (scalar / vector < floor) {
          violations.add(
              "%s is %.2f times as fast as its scalar twin, %.2f are wanted."
                  .formatted(name, scalar / vector, floor));
        }
      }
      referee.judge(violations);
    }
  }
}
