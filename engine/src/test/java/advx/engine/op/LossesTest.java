package advx.engine.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import org.junit.jupiter.api.Test;

/** Losses where others round to 0 or overflow: very large logits, very confident models. */
class LossesTest {
  private static final double DIGITS = 2e-6;

  private final Tape tape = new Tape(new Workers(1));

  private Var logits(float... z) {
    return tape.variable(Tensor.of(z, 1, z.length), "z");
  }

  private float loss(int label, float... z) {
    return SoftmaxCrossEntropy.softmaxCrossEntropy(logits(z), new int[] {label}).data()[0];
  }

  private static void close(double expected, double actual, String what) {
    assertEquals(expected, actual, DIGITS * Math.abs(expected), what);
  }

  @Test
  void hugeLogitsHaveFiniteLosses() {
    assertEquals(20_000, loss(1, 1e4f, -1e4f), 0);
    assertEquals(0, loss(0, 1e4f, -1e4f), 0);
    close(StrictMath.log(2), loss(0, 1e4f, 1e4f), "equal logits of 10⁴");
    close(StrictMath.log(2), loss(0, -1e4f, -1e4f), "equal logits of −10⁴");
    close(1 + StrictMath.log1p(StrictMath.exp(-1)), loss(0, 1e4f, 1e4f + 1), "10⁴ and 10⁴+1");
    assertArrayEquals(new float[] {0, -20_000}, LogSoftmax.logSoftmax(logits(1e4f, -1e4f)).data());
  }

  @Test
  void confidentModelsHaveExactLossesAndGradients() {
    for (int margin = 1; margin <= 80; margin++) {
      double others = 2 * StrictMath.exp(-margin);
      close(StrictMath.log1p(others), loss(0, 3 + margin, 3, 3), "loss at margin " + margin);
      close(
          -StrictMath.log1p(others),
          LogSoftmax.logSoftmax(logits(margin, 0, 0)).data()[0],
          "log-softmax at margin " + margin);

      Var z = logits(margin, 0, 0);
      tape.backward(SoftmaxCrossEntropy.softmaxCrossEntropy(z, new int[] {0}));
      float[] dz = z.gradient().data();
      close(-others / (1 + others), dz[0], "gradient at the label, margin " + margin);
      close(others / 2 / (1 + others), dz[1], "gradient elsewhere, margin " + margin);
      tape.rewind();
    }
  }

  /**
   * d/dz of ⟨v, ∂loss/∂z⟩: p_j·(d_j − t), d = v − v[label], t = Σ d·p. Without the shift it fails.
   */
  @Test
  void confidentModelsHaveExactSecondDerivatives() {
    float[] v = {3, 1, -2};
    for (int margin = 1; margin <= 80; margin++) {
      Var z = logits(margin, 0, 0);
      Var loss = SoftmaxCrossEntropy.softmaxCrossEntropy(z, new int[] {0});
      tape.backward(loss, tape.constant(Tensor.of(new float[] {1}, 1)), true);
      Var slope = z.gradient();
      tape.clearGradients();
      tape.backward(slope, tape.constant(Tensor.of(v, 1, 3)), false);
      double p = StrictMath.exp(-margin) / (1 + 2 * StrictMath.exp(-margin));
      double t = p * (1 - 3) + p * (-2 - 3);
      float[] found = z.gradient().data();
      close((1 - 2 * p) * -t, found[0], "at the label, margin " + margin);
      close(p * (1 - 3 - t), found[1], "second class, margin " + margin);
      close(p * (-2 - 3 - t), found[2], "third class, margin " + margin);
      tape.rewind();
    }
  }

  @Test
  void lossesAgreeWithDoublesOverManyRows() {
    var random = new RandomStream(3, Purpose.TEST, 0, 0, 0);
    for (int trial = 0; trial < 1000; trial++) {
      float[] z = new float[10];
      double sum = 0;
      for (int j = 0; j < z.length; j++) {
        z[j] = random.normal() * (1 + trial % 20);
      }
      int label = trial % 10;
      for (int j = 0; j < z.length; j++) {
        sum += j == label ? 0 : StrictMath.exp((double) z[j] - z[label]);
      }
      assertEquals(StrictMath.log1p(sum), loss(label, z), 1e-6 + DIGITS * StrictMath.log1p(sum));
      tape.rewind();
    }
  }

  @Test
  void binaryCrossEntropyKeepsItsDigits() {
    for (int z = 1; z <= 80; z++) {
      double small = StrictMath.log1p(StrictMath.exp(-z));
      close(small, binary(z, 1), "right, z = " + z);
      close(small, binary(-z, 0), "right, z = −" + z);
      close(z + small, binary(z, 0), "wrong, z = " + z);
      close(z + small, binary(-z, 1), "wrong, z = −" + z);
      double sigmoid = 1 / (1 + StrictMath.exp(z));
      close(-sigmoid, binarySlope(z, 1), "gradient, z = " + z);
      close(sigmoid, binarySlope(-z, 0), "gradient, z = −" + z);
    }
    assertEquals(10_000, binary(1e4f, 0), 0);
    assertEquals(0, binary(1e4f, 1), 0);
  }

  private float binary(float z, float t) {
    return BinaryCrossEntropy.binaryCrossEntropy(logits(z), Tensor.of(new float[] {t}, 1, 1))
        .data()[0];
  }

  private float binarySlope(float logit, float t) {
    Var z = logits(logit);
    tape.backward(BinaryCrossEntropy.binaryCrossEntropy(z, Tensor.of(new float[] {t}, 1, 1)));
    return z.gradient().data()[0];
  }

  @Test
  void saturatedSigmoidsKeepTheirGradient() {
    for (int z = 1; z <= 80; z++) {
      double e = StrictMath.exp(-z);
      for (int sign = -1; sign <= 1; sign += 2) {
        Var x = logits(sign * z);
        tape.backward(Sigmoid.sigmoid(x));
        close(e / ((1 + e) * (1 + e)), x.gradient().data()[0], "z = " + sign * z);
      }
    }
  }

  @Test
  void dropoutKeepsTheShareItIsToldTo() {
    int n = 100_000;
    for (float keep : new float[] {0.5f, 0.8f, 1}) {
      Var x = tape.variable(Tensor.zeros(1, n).fill(3), "x");
      Var y = Dropout.dropout(x, keep, 1 / keep, 11, 2, 1, new int[] {42});
      int kept = 0;
      for (float v : y.data()) {
        assertTrue(v == 0 || v == 3 * (1 / keep), "a kept number is " + v);
        kept += v == 0 ? 0 : 1;
      }
      // Four standard deviations of a binomial share.
      assertEquals(keep, (double) kept / n, 4 * Math.sqrt(keep * (1 - keep) / n));
      tape.backward(y);
      for (int i = 0; i < n; i++) {
        assertEquals(y.data()[i] / 3, x.gradient().data()[i], 0);
      }
    }
  }

  @Test
  void dropoutMaskBelongsToTheSample() {
    int n = 207;
    Var batch = tape.constant(Tensor.zeros(3, n).fill(1));
    float[] all = Dropout.dropout(batch, 0.5f, 2, 9, 4, 1, new int[] {7, 5, 6}).data();
    Var alone = tape.constant(Tensor.zeros(1, n).fill(1));
    float[] five = Dropout.dropout(alone, 0.5f, 2, 9, 4, 1, new int[] {5}).data();
    assertArrayEquals(java.util.Arrays.copyOfRange(all, n, 2 * n), five);
    int[][] others = {{10, 4, 1, 5}, {9, 5, 1, 5}, {9, 4, 2, 5}, {9, 4, 1, 8}};
    for (int[] o : others) {
      float[] mask = Dropout.dropout(alone, 0.5f, 2, o[0], o[1], o[2], new int[] {o[3]}).data();
      int equal = 0;
      for (int i = 0; i < n; i++) {
        equal += mask[i] == five[i] ? 1 : 0;
      }
      // Independent masks agree on half of 207 places, give or take four standard deviations.
      assertEquals(n / 2.0, equal, 4 * Math.sqrt(n / 4.0));
    }
  }
}
