package advx.attacks.boundary;

import static org.junit.jupiter.api.Assertions.assertThrows;

import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.engine.kernel.Extremes;
import advx.nn.Classifier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.AssertionFailedError;

/** The analysis passes the checks, and each likely mistake fails at least one of them. */
class BoundaryMutantsTest {
  /** Mistakes that are easily made. */
  enum Fault {
    LENGTH_ONE_IN_PLACE_OF_RMS_ONE,
    NEGATIVES_ARE_THE_SAME_WAYS,
    DOES_NOT_CLIP,
    CLIPS_THE_DIRECTION,
    LAST_CHANGE,
    BISECTS,
    DISTANCE_OF_THE_POINT_BEFORE,
    ADJACENT_IS_THE_OLD_CLASS,
    NAN_IS_A_CLASS
  }

  private static BoundaryChecks.Check noticedBy(Fault fault) {
    return switch (fault) {
      case LENGTH_ONE_IN_PLACE_OF_RMS_ONE,
          NEGATIVES_ARE_THE_SAME_WAYS,
          DISTANCE_OF_THE_POINT_BEFORE,
          ADJACENT_IS_THE_OLD_CLASS ->
          BoundaryChecks::linear;
      case DOES_NOT_CLIP, CLIPS_THE_DIRECTION -> BoundaryChecks::clipped;
      case LAST_CHANGE, BISECTS -> BoundaryChecks::firstChange;
      case NAN_IS_A_CLASS -> BoundaryChecks::unnamed;
    };
  }

  @Test
  void theAnalysisPasses() {
    try (Workers workers = new Workers(1)) {
      for (BoundaryChecks.Check check : BoundaryChecks.ALL) {
        check.on(
            (classifier, settings, u, x) ->
                new BoundaryAnalysis(
                        classifier, settings, Directions.of(u, settings.negatives()), workers)
                    .of(x)
                    .getFirst());
      }
    }
  }

  /** Without a fault, the mutant's own code passes too: what fails is the fault. */
  @Test
  void soundMutantPasses() {
    BoundaryChecks.ALL.forEach(check -> check.on(new Mutant(null)));
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyMutantFails(Fault fault) {
    assertThrows(AssertionFailedError.class, () -> noticedBy(fault).on(new Mutant(fault)));
  }

  /** The analysis written once more, one point at a time, with at most one fault. */
  private record Mutant(Fault fault) implements BoundaryChecks.Analyser {
    @Override
    public BoundaryProfile of(
        Classifier classifier, BoundarySettings settings, float[][] u, Tensor x) {
      int ways = settings.ways();
      int[] steps = new int[ways];
      int[] adjacent = new int[ways];
      int prediction = answer(classifier, x.data());
      for (int way = 0; way < ways; way++) {
        adjacent[way] = -1;
        for (int step : steps(settings, classifier, x, u, way, prediction)) {
          int answer = answer(classifier, point(settings, x, u, way, step));
          if (answer != prediction && (steps[way] == 0 || fault == Fault.LAST_CHANGE)) {
            steps[way] = fault == Fault.DISTANCE_OF_THE_POINT_BEFORE ? step - 1 : step;
            adjacent[way] = fault == Fault.ADJACENT_IS_THE_OLD_CLASS ? prediction : answer;
          }
        }
      }
      return new BoundaryProfile(settings, prediction, steps, adjacent);
    }

    /** The steps to try: all, or the end of a bisection. */
    private List<Integer> steps(
        BoundarySettings s, Classifier classifier, Tensor x, float[][] u, int way, int prediction) {
      if (fault != Fault.BISECTS) {
        return java.util.stream.IntStream.rangeClosed(1, s.steps()).boxed().toList();
      }
      int low = 0;
      int high = s.steps();
      while (high - low > 1) {
        int middle = (low + high) / 2;
        boolean same = answer(classifier, point(s, x, u, way, middle)) == prediction;
        low = same ? middle : low;
        high = same ? high : middle;
      }
      return List.of(high);
    }

    private float[] point(BoundarySettings s, Tensor x, float[][] u, int way, int step) {
      int k = way % u.length;
      int n = u[k].length;
      boolean back = way >= u.length && fault != Fault.NEGATIVES_ARE_THE_SAME_WAYS;
      double length = s.step() * step * (back ? -1 : 1);
      double scale = fault == Fault.LENGTH_ONE_IN_PLACE_OF_RMS_ONE ? 1 : Math.sqrt(n);
      float[] point = new float[n];
      for (int i = 0; i < n; i++) {
        float moved = (float) (length * scale * u[k][i]);
        moved = fault == Fault.CLIPS_THE_DIRECTION ? s.box().clip(moved) : moved;
        point[i] = x.data()[i] + moved;
        boolean clips = fault != Fault.DOES_NOT_CLIP && fault != Fault.CLIPS_THE_DIRECTION;
        point[i] = clips ? s.box().clip(point[i]) : point[i];
      }
      return point;
    }

    private int answer(Classifier classifier, float[] x) {
      try (Workers workers = new Workers(1)) {
        Tape tape = new Tape(workers);
        float[] z = classifier.logits(tape, tape.constant(Tensor.of(x, 1, x.length))).data();
        boolean named = Float.isFinite(Extremes.max(z, 0, z.length));
        return named || fault == Fault.NAN_IS_A_CLASS ? Extremes.argmax(z, 0, z.length) : -1;
      }
    }
  }
}
