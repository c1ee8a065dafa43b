package advx.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.Bits;
import advx.engine.Workers;
import org.junit.jupiter.api.Test;

/** The sign step, Adam, and the ruler. */
class StepKernelsTest {
  @Test
  void signStep() {
    float nan = Float.NaN;
    float[] x = {1, 1, 1, 1, 0.1f, 0.9f, nan, 1};
    float[] g = {3, -1e-45f, 0, -0f, -2, Float.POSITIVE_INFINITY, 1, nan};
    float[] out = new float[8];
    SignStep.step(x, 0, g, 0, 0.25f, out, 0, 8);
    Bits.assertEqualBits(
        new float[] {1.25f, 0.75f, 1, 1, 0.1f - 0.25f, 0.9f + 0.25f, nan, nan}, out);
    SignStep.clippedStep(x, 0, g, 0, 0.25f, 0, 1, out, 0, 8);
    Bits.assertEqualBits(new float[] {1, 0.75f, 1, 1, 0, 1, nan, nan}, out);
  }

  @Test
  void signStepAtEverySize() {
    for (int n : Samples.SIZES) {
      float[] x = Samples.withSpecial(n + 6, n, 1);
      float[] g = Samples.withSpecial(n + 6, n + 1, 1);
      float[] free = Samples.normal(n + 6, n, 1);
      float[] clipped = free.clone();
      float[] freeExpected = free.clone();
      float[] clippedExpected = free.clone();
      for (int i = 0; i < n; i++) {
        float sign = g[2 + i] > 0 ? 1 : g[2 + i] < 0 ? -1 : g[2 + i];
        float moved = x[1 + i] + 0.1f * sign;
        freeExpected[3 + i] = moved;
        clippedExpected[3 + i] = moved < -0.5f ? -0.5f : moved > 0.5f ? 0.5f : moved;
      }
      SignStep.step(x, 1, g, 2, 0.1f, free, 3, n);
      SignStep.clippedStep(x, 1, g, 2, 0.1f, -0.5f, 0.5f, clipped, 3, n);
      Bits.assertEqualBits(freeExpected, free, "step of " + n);
      Bits.assertEqualBits(clippedExpected, clipped, "clipped step of " + n);
    }
  }

  @Test
  void boundedStep() {
    float nan = Float.NaN;
    float[] x = {1, 1, 1, 1, 1, nan, 1};
    float[] g = {3, 3, -2, -2, 0, 1, nan};
    float[] low = {0, 0, 0.9f, 0, 2, 0, 0};
    float[] high = {2, 1.1f, 2, 2, 3, 1, 1};
    BoundedStep.step(x, g, 0.25f, low, high, 0, 7);
    Bits.assertEqualBits(new float[] {1.25f, 1.1f, 0.9f, 0.75f, 2, nan, nan}, x);
  }

  @Test
  void boundedStepAtEverySize() {
    for (int n : Samples.SIZES) {
      float[] x = Samples.withSpecial(n + 6, n, 1);
      float[] g = Samples.withSpecial(n + 6, n + 1, 1);
      float[] low = Samples.normal(n + 6, n + 2, 1);
      float[] high = low.clone();
      float[] expected = x.clone();
      for (int i = 0; i < high.length; i++) {
        high[i] += 0.3f;
      }
      for (int i = 2; i < 2 + n; i++) {
        float moved = x[i] + 0.1f * (g[i] > 0 ? 1 : g[i] < 0 ? -1 : g[i]);
        expected[i] = moved < low[i] ? low[i] : moved > high[i] ? high[i] : moved;
      }
      BoundedStep.step(x, g, 0.1f, low, high, 2, n);
      Bits.assertEqualBits(expected, x, "bounded step of " + n);
    }
  }

  @Test
  void adamInTheStatedOrder() {
    float rate = 1e-3f;
    float beta1 = 0.9f;
    float beta2 = 0.999f;
    float epsilon = 1e-8f;
    for (int n : Samples.SIZES) {
      float[] w = Samples.normal(n + 5, n, 1);
      float[] m = Samples.normal(n + 5, n + 1, 0.1f);
      float[] v = Samples.normal(n + 5, n + 2, 0.1f);
      float[] g = Samples.normal(n + 5, n + 3, 1);
      for (int i = 0; i < v.length; i++) {
        v[i] *= v[i];
      }
      float[] w2 = w.clone();
      float[] m2 = m.clone();
      float[] v2 = v.clone();
      Adam.step(w, m, v, g, 2, 2 + n, rate, beta1, beta2, epsilon, 0.271f, 0.003f);
      for (int i = 2; i < 2 + n; i++) {
        double exactM = (double) beta1 * m2[i] + (1.0 - beta1) * g[i];
        double exactV = (double) beta2 * v2[i] + (1.0 - beta2) * g[i] * g[i];
        double exact =
            w2[i] - rate * (exactM / 0.271f) / (StrictMath.sqrt(exactV / 0.003f) + epsilon);
        assertEquals(exact, w[i], 1e-6);

        m2[i] = Math.fma(beta1, m2[i], (1 - beta1) * g[i]);
        v2[i] = Math.fma(beta2, v2[i], (1 - beta2) * g[i] * g[i]);
        float root = (float) StrictMath.sqrt(v2[i] / 0.003f);
        w2[i] = w2[i] - rate * (m2[i] / 0.271f) / (root + epsilon);
      }
      Bits.assertEqualBits(m2, m, "first moment of " + n);
      Bits.assertEqualBits(v2, v, "second moment of " + n);
      Bits.assertEqualBits(w2, w, "weights of " + n);
    }
  }

  /** From zero moments the first step is rate·sign(g), whatever the size of the gradient. */
  @Test
  void adamsFirstStep() {
    float[] w = {1, 1, 1};
    float[] g = {5, -1e-3f, 300};
    Adam.step(
        w, new float[3], new float[3], g, 0, 3, 0.01f, 0.9f, 0.999f, 1e-8f, 1 - 0.9f, 1 - 0.999f);
    assertEquals(0.99f, w[0], 1e-6);
    assertEquals(1.01f, w[1], 1e-6);
    assertEquals(0.99f, w[2], 1e-6);
  }

  @Test
  void theRulerMeasuresSomething() {
    try (Workers workers = new Workers(2)) {
      double gflops = Ruler.peakGflops(workers);
      double bandwidth = Ruler.bandwidthGBs(workers);
      assertTrue(gflops > 0 && gflops < 1e6, gflops + " GFLOP/s");
      assertTrue(bandwidth > 0 && bandwidth < 1e5, bandwidth + " GB/s");
    }
  }
}
