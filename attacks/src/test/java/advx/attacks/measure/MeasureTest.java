package advx.attacks.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.Fixtures;
import advx.engine.InputException;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Network;
import advx.nn.Top;
import advx.nn.data.Dataset;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasureTest {
  /** Wilson score intervals of Newcombe (1998), table I, and the mirror image of 0 of 29. */
  @Test
  void wilsonIntervals() {
    interval(81, 263, 0.2553, 0.3662);
    interval(15, 148, 0.0624, 0.1605);
    interval(0, 20, 0, 0.1611);
    interval(1, 29, 0.0061, 0.1718);
    interval(29, 29, 0.8830, 1);
  }

  private static void interval(long count, long n, double low, double high) {
    Rate rate = new Rate(count, n);
    assertEquals(low, rate.low(), 5e-5);
    assertEquals(high, rate.high(), 5e-5);
    assertEquals(1 - high, rate.complement().low(), 5e-5);
  }

  /** Each end solves |p̂ − p| = z·√(p(1−p)/n). */
  @Test
  void wilsonEndsSolveTheirEquation() {
    for (long count : new long[] {1, 37, 500, 9_990, 9_999}) {
      Rate rate = new Rate(count, 10_000);
      for (double p : new double[] {rate.low(), rate.high()}) {
        double z = Math.abs(rate.value() - p) / Math.sqrt(p * (1 - p) / 10_000);
        assertEquals(1.959963984540054, z, 1e-9);
      }
    }
  }

  @Test
  void rateOfNothing() {
    Rate rate = new Rate(0, 0);
    assertTrue(Double.isNaN(rate.value()));
    assertEquals(0, rate.low());
    assertEquals(1, rate.high());
    assertThrows(IllegalArgumentException.class, () -> new Rate(2, 1));
  }

  @Test
  void means() {
    Mean mean = Mean.of(new double[] {2, 4, 4, 4, 5, 5, 7, 9});
    assertEquals(5, mean.value());
    assertEquals(Math.sqrt(32.0 / 7), mean.deviation(), 1e-15);
    assertEquals(Math.sqrt(4.0 / 7), mean.standardError(), 1e-15);
    assertEquals(5 - 1.959963984540054 * Math.sqrt(4.0 / 7), mean.low(), 1e-14);
    assertEquals(10, mean.low() + mean.high(), 1e-14);
    assertTrue(Double.isNaN(Mean.of(new double[0]).value()));
    assertTrue(Double.isNaN(Mean.of(new double[] {3}).high()));
  }

  private static Decision decide(Top top, int label, float... logits) {
    return Decision.of(top, logits, 0, logits.length, label);
  }

  @Test
  void decisions() {
    Decision d = decide(Top.SOFTMAX, 1, 1, 2, 4);
    assertEquals(2, d.prediction());
    assertEquals(-2, d.margin());
    double e = StrictMath.exp(-3) + StrictMath.exp(-2) + 1;
    assertEquals(1 / e, d.confidence(), 1e-15);
    assertEquals(0, decide(Top.SOFTMAX, 1, 3, 3).prediction());
    assertEquals(1 / (1 + StrictMath.exp(-2)), decide(Top.SIGMOIDS, 0, -1, 2).confidence(), 1e-15);
  }

  @Test
  void withoutAPrediction() {
    float inf = Float.POSITIVE_INFINITY;
    for (float[] logits :
        new float[][] {{1, Float.NaN}, {inf, 0}, {-inf, -inf}, {Float.NaN, Float.NaN}}) {
      Decision d = decide(Top.SOFTMAX, 0, logits);
      assertEquals(-1, d.prediction());
      assertEquals(0, d.confidence());
      assertFalse(d.named());
    }
    assertEquals(1, decide(Top.SOFTMAX, 0, -inf, 0).prediction());
    assertEquals(1.0, decide(Top.SOFTMAX, 0, -inf, 0).confidence());
  }

  @Test
  void evaluation() {
    Network model = Fixtures.linear(new float[][] {{1}, {-1}}, 0, 0);
    Tensor x = Tensor.of(new float[] {1, -2, 3, Float.NaN}, 4, 1);
    try (Workers workers = new Workers(1)) {
      Evaluation e = Evaluation.of(model, x, new int[] {0, 0, 0, 1}, workers);
      assertEquals(new Rate(2, 4), e.error());
      assertEquals(1, e.unnamed());
      assertArrayEquals(new long[][] {{2, 1}, {0, 0}}, e.crossTable());
      double p1 = 1 / (1 + StrictMath.exp(-2));
      double p2 = 1 / (1 + StrictMath.exp(-4));
      double p3 = 1 / (1 + StrictMath.exp(-6));
      assertEquals((p1 + p2 + p3) / 4, e.confidence().value(), 1e-15);
      assertEquals(p2 / 2, e.confidenceOnMistakes().value(), 1e-15);
      assertEquals(2, e.confidenceOnMistakes().n());
    }
  }

  @Test
  void evaluationOfADataSet() {
    Dataset data = Fixtures.blobs(1, 1203, 4, 3);
    Network model = Fixtures.train(Fixtures.network("dense(3) softmax", 16, 1), data, 30, 0.5);
    try (Workers one = new Workers(1);
        Workers two = new Workers(2)) {
      Evaluation whole = Evaluation.of(model, data, one);
      Evaluation inputs = Evaluation.of(model, data.images(0, data.size()), data.labels(), two);
      assertEquals(whole.decisions(), inputs.decisions());
      List<Decision> some = Evaluation.of(model, data.subset(495, 505), two).decisions();
      assertEquals(whole.decisions().subList(495, 505), some);
      assertTrue(whole.error().value() < 0.4, whole.error().toString());
      Dataset wider = Fixtures.blobs(1, 10, 5, 3);
      assertThrows(InputException.class, () -> Evaluation.of(model, wider, one));
    }
  }
}
