package advx.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import advx.engine.Bits;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The rule of 64 lanes, its twins, and that the rule is kept at every size. */
class SumsTest {
  private final float[] lanes = new float[64];

  @FunctionalInterface
  interface Step {
    float add(float sum, float x, float y);
  }

  /** The rule, as the text states it: all 64 lanes, each pair of the tree. */
  private static float rule(float[] x, int xAt, float[] y, int yAt, int n, Step step) {
    float[] s = new float[64];
    for (int i = 0; i < n; i++) {
      s[i % 64] = step.add(s[i % 64], x[xAt + i], y[yAt + i]);
    }
    for (int half : new int[] {32, 16, 8, 4, 2, 1}) {
      for (int j = 0; j < half; j++) {
        s[j] = s[j] + s[j + half];
      }
    }
    return s[0];
  }

  @Test
  void followTheRuleAtEverySize() {
    for (int n : Samples.SIZES) {
      for (int at = 0; at < 4; at++) {
        int to = 3 - at;
        checkAll(Samples.normal(n + 4, n, 3), at, Samples.normal(n + 4, n + 1, 3), to, n);
        checkAll(Samples.withSpecial(n + 4, n, 3), at, Samples.withSpecial(n + 4, 7, 3), to, n);
      }
    }
  }

  private void checkAll(float[] x, int at, float[] y, int to, int n) {
    check(
        rule(x, at, x, at, n, (s, a, b) -> s + a),
        Sums.sum(x, at, n, dirty()),
        Sums.scalarSum(x, at, n, dirty()),
        "sum",
        n);
    check(
        rule(x, at, x, at, n, (s, a, b) -> s + Math.abs(a)),
        Sums.absolutes(x, at, n, dirty()),
        Sums.scalarAbsolutes(x, at, n, dirty()),
        "absolutes",
        n);
    check(
        rule(x, at, x, at, n, (s, a, b) -> Math.fma(a, a, s)),
        Sums.squares(x, at, n, dirty()),
        Sums.scalarDot(x, at, x, at, n, dirty()),
        "squares",
        n);
    check(
        rule(x, at, y, to, n, (s, a, b) -> Math.fma(a, b, s)),
        Sums.dot(x, at, y, to, n, dirty()),
        Sums.scalarDot(x, at, y, to, n, dirty()),
        "dot",
        n);
    check(
        rule(x, at, y, to, n, (s, a, b) -> Math.fma(a - b, a - b, s)),
        Sums.squaredDistance(x, at, y, to, n, dirty()),
        Sums.scalarSquaredDistance(x, at, y, to, n, dirty()),
        "squaredDistance",
        n);
  }

  private static void check(float rule, float kernel, float twin, String what, int n) {
    Bits.assertEqualBits(rule, kernel, what + " of " + n);
    Bits.assertEqualBits(rule, twin, "twin of " + what + " of " + n);
  }

  /** Scratch as a caller may leave it. */
  private float[] dirty() {
    Arrays.fill(lanes, Float.NaN);
    return lanes;
  }

  @Test
  void stridedSumsEqualThoseOfACopy() {
    for (int n : new int[] {0, 1, 3, 64, 65, 300}) {
      for (int stride : new int[] {1, 2, 10}) {
        float[] x = Samples.normal(2 + n * stride, n, 3);
        float[] copy = new float[n];
        for (int i = 0; i < n; i++) {
          copy[i] = x[2 + i * stride];
        }
        float expected = Sums.sum(copy, 0, n, dirty());
        Bits.assertEqualBits(expected, Sums.strided(x, 2, n, stride, dirty()), "strided " + n);
      }
    }
  }

  /** One after the other gives 2²⁴, 8 lanes 2²⁴ + 112, 16 lanes 2²⁴ + 120, 64 lanes this. */
  @Test
  void theOrderIsSeen() {
    float[] x = new float[128];
    Arrays.fill(x, 1);
    x[0] = 0x1p24f;
    float oneByOne = 0;
    for (float xi : x) {
      oneByOne += xi;
    }
    assertEquals(0x1p24f, oneByOne);
    assertEquals(0x1p24f + 126, Sums.sum(x, 0, 128, lanes));
    assertEquals(0x1p24f + 126, Sums.absolutes(x, 0, 128, lanes));
    assertEquals(0x1p24f + 126, Sums.strided(x, 0, 128, 1, lanes));
    float[] ones = new float[128];
    Arrays.fill(ones, 1);
    assertEquals(0x1p24f + 126, Sums.dot(x, 0, ones, 0, 128, lanes));
  }

  /** Lane 0 meets lane 32 before lane 1: (2²⁴ + 1) + 1 is 2²⁴, (2²⁴ − 2²⁴) + (1 + 1) is 2. */
  @Test
  void theTreeIsSeen() {
    float[] x = new float[64];
    x[0] = 0x1p24f;
    x[32] = -0x1p24f;
    x[1] = 1;
    x[33] = 1;
    assertEquals(2f, Sums.sum(x, 0, 64, lanes));
    x[32] = 1;
    x[33] = -0x1p24f;
    assertEquals(1f, Sums.sum(x, 0, 64, lanes));
  }

  @Test
  void productsAreFused() {
    float[] x = {1 + 0x1p-12f};
    float[] y = new float[65];
    Arrays.fill(y, 0);
    y[0] = -(1 + 0x1p-11f);
    y[64] = 1 + 0x1p-12f;
    float[] z = new float[65];
    z[0] = 1;
    z[64] = x[0];
    // −(1 + 2⁻¹¹) + (1 + 2⁻¹²)²: the square's last bit, 2⁻²⁴, lives only in a fused step.
    assertEquals(0x1p-24f, Sums.dot(y, 0, z, 0, 65, lanes));
  }

  @Test
  void closeToDouble() {
    float[] x = Samples.normal(4098, 1, 2);
    float[] y = Samples.normal(4098, 2, 2);
    double sum = 0;
    double dot = 0;
    double distance = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i];
      dot += (double) x[i] * y[i];
      distance += ((double) x[i] - y[i]) * ((double) x[i] - y[i]);
    }
    assertEquals(sum, Sums.sum(x, 0, x.length, lanes), 1e-3);
    assertEquals(dot, Sums.dot(x, 0, y, 0, x.length, lanes), 1e-2);
    assertEquals(distance, Sums.squaredDistance(x, 0, y, 0, x.length, lanes), 1e-6 * distance);
  }
}
