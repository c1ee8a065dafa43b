package advx.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.Bits;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.engine.op.Dense;
import advx.engine.op.SoftmaxCrossEntropy;
import advx.testing.Allocation;
import org.junit.jupiter.api.Test;

/** One pass over memory has the bits of the operations; a wrong chain, label or row fails. */
class LinearSignStepTest {
  private record Model(Tensor w, Tensor b, int[] labels) {
    static Model draw(int samples, int in, int classes) {
      int[] labels = new int[samples];
      for (int i = 0; i < samples; i++) {
        labels[i] = (i * 7 + 3) % classes;
      }
      return new Model(
          Tensor.of(Samples.normal(classes * in, 11, 0.3f), classes, in),
          Tensor.of(Samples.normal(classes, 12, 0.3f), classes),
          labels);
    }

    float[] byOperations(Workers workers, Tensor x, double epsilon) {
      Tape tape = new Tape(workers);
      Var input = tape.variable(x, "x");
      Var logits = Dense.dense(input, tape.constant(w), tape.constant(b));
      tape.backward(SoftmaxCrossEntropy.softmaxCrossEntropy(logits, labels));
      float[] out = new float[x.size()];
      float[] g = input.gradient().data();
      float infinity = Float.POSITIVE_INFINITY;
      BallStep.scalarStep(x.data(), 0, g, 0, epsilon, -infinity, infinity, out, 0, out.length);
      return out;
    }

    float[] inOnePass(Workers workers, Tensor x, double epsilon, float low, float high) {
      float[] out = new float[x.size()];
      LinearSignStep.step(
          workers,
          x.data(),
          x.rows(),
          x.columns(),
          w.data(),
          b.data(),
          b.size(),
          labels,
          epsilon,
          low,
          high,
          out);
      return out;
    }
  }

  @Test
  void equalsTheOperations() {
    float infinity = Float.POSITIVE_INFINITY;
    for (int samples : new int[] {1, 3, 8, 63, 131}) {
      for (int in : new int[] {1, 17, 100, 784}) {
        for (int classes : new int[] {2, Math.min(10, RowTiles.NR), RowTiles.NR}) {
          Model model = Model.draw(samples, in, classes);
          Tensor x = Tensor.of(Samples.normal(samples * in, 13, 1), samples, in);
          for (int threads = 1; threads <= 3; threads++) {
            try (Workers workers = new Workers(threads)) {
              String what = "%d×%d×%d, %d threads".formatted(samples, in, classes, threads);
              float[] expected = model.byOperations(workers, x, -0.1);
              float[] found = model.inOnePass(workers, x, -0.1, -infinity, infinity);
              Bits.assertEqualBits(expected, found, what);
              for (int i = 0; i < expected.length; i++) {
                expected[i] = Math.min(Math.max(expected[i], 0), 1);
              }
              Bits.assertEqualBits(expected, model.inOnePass(workers, x, -0.1, 0, 1), what);
            }
          }
        }
      }
    }
  }

  @Test
  void aSampleWithoutDistributionStaysWhereItIs() {
    Model model = Model.draw(9, 40, 3);
    Tensor x = Tensor.of(Samples.normal(9 * 40, 13, 1), 9, 40);
    x.data()[5] = Float.NaN;
    x.data()[4 * 40 + 1] = Float.POSITIVE_INFINITY;
    try (Workers workers = new Workers(1)) {
      float[] found =
          model.inOnePass(workers, x, 0.25, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
      Bits.assertEqualBits(model.byOperations(workers, x, 0.25), found);
      int stays = 0;
      for (int i = 0; i < found.length; i++) {
        stays += found[i] == x.data()[i] || Float.isNaN(found[i]) ? 1 : 0;
      }
      assertEquals(2 * 40, stays);
    }
  }

  @Test
  void allocatesNothing() {
    Model model = Model.draw(70, 784, 10);
    float[] x = Samples.normal(70 * 784, 13, 1);
    float[] out = new float[x.length];
    try (Workers workers = new Workers(2)) {
      Allocation.assertNone(
          "linearSignStep",
          () ->
              LinearSignStep.step(
                  workers,
                  x,
                  70,
                  784,
                  model.w.data(),
                  model.b.data(),
                  10,
                  model.labels,
                  0.25,
                  0,
                  1,
                  out));
    }
  }

  @Test
  void fitsFewClassesAndFiniteWeights() {
    assertTrue(LinearSignStep.fits(new float[] {1, -2, 3, 4}, 2));
    assertFalse(LinearSignStep.fits(new float[] {1, Float.NaN, 3, 4}, 2));
    assertFalse(LinearSignStep.fits(new float[] {1, -1e35f, 3, 4}, 2));
    assertFalse(LinearSignStep.fits(new float[1000], 1000));
  }
}
