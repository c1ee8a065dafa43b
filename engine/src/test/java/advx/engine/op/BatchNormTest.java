package advx.engine.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.Bits;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Batch normalisation's kernels against the operations that stand for them in second order. */
class BatchNormTest {
  static Stream<int[]> shapes() {
    return Stream.of(
        new int[] {5, 3},
        new int[] {4, 70, 2},
        new int[] {3, 7, 9, 20},
        new int[] {2, 16, 16, 17},
        new int[] {2, 8, 8, 200},
        new int[] {40, 12, 12, 16});
  }

  private static Tensor random(int which, int... shape) {
    Tensor x = Tensor.zeros(shape);
    RandomStream random = new RandomStream(3, Purpose.TEST, 5, which, 0);
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = random.uniform(-1, 2);
    }
    return x;
  }

  /** y and the gradients of x, γ and β. */
  private static float[][] computed(int[] shape, int threads, boolean createGraph) {
    try (Workers workers = new Workers(threads)) {
      Tape tape = new Tape(workers);
      int channels = shape[shape.length - 1];
      Var x = tape.variable(random(1, shape), "x");
      Var gamma = tape.variable(random(2, channels), "gamma");
      Var beta = tape.variable(random(3, channels), "beta");
      Var y = BatchNorm.training(x, gamma, beta, 0.01f);
      tape.backward(y, tape.constant(random(4, shape)), createGraph);
      return new float[][] {
        y.data(), x.gradient().data(), gamma.gradient().data(), beta.gradient().data()
      };
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void kernelsAndOperationsGiveTheSameBitsOnAnyThreads(int[] shape) {
    float[][] expected = computed(shape, 1, true);
    for (int threads = 1; threads <= 3; threads++) {
      float[][] found = computed(shape, threads, false);
      for (int i = 0; i < found.length; i++) {
        Bits.assertEqualBits(expected[i], found[i], "result " + i + " on " + threads);
      }
    }
  }

  /** A mean that moves changes nothing. Kills a gradient that forgets the way through it. */
  @ParameterizedTest
  @MethodSource("shapes")
  void gradientsOfAChannelAddUpToNothing(int[] shape) {
    float[] dx = computed(shape, 2, false)[1];
    double sum = 0;
    double size = 0;
    for (int i = 0; i < dx.length; i += shape[shape.length - 1]) {
      sum += dx[i];
      size += Math.abs(dx[i]);
    }
    assertTrue(size > 0);
    assertEquals(0, sum / size, 1e-5);
  }
}
