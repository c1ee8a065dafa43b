package advx.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.Bits;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** exp, log, tanh, sigmoid and softplus: twins, accuracy, special values. */
class FunctionKernelsTest {
  @FunctionalInterface
  interface Kernel {
    void run(float[] x, int from, float[] y, int to, int n);
  }

  /** A kernel with its formula in double and the largest error that its text admits, in ulp. */
  record Function(String name, Kernel kernel, Kernel twin, DoubleUnaryOperator exact, double ulps) {
    float of(float x) {
      float[] y = new float[16];
      float[] same = new float[16];
      Arrays.fill(same, x);
      kernel.run(same, 0, y, 0, 16);
      return y[0];
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final Function EXP =
      new Function("exp", Exp::exp, Exp::scalar, StrictMath::exp, 0.9);
  private static final Function LOG =
      new Function("log", Log::log, Log::scalar, StrictMath::log, 0.9);
  private static final Function TANH =
      new Function("tanh", Tanh::tanh, Tanh::scalar, StrictMath::tanh, 1.4);
  private static final Function SIGMOID =
      new Function(
          "sigmoid", Sigmoid::sigmoid, Sigmoid::scalar, x -> 1 / (1 + StrictMath.exp(-x)), 2.4);
  private static final Function SOFTPLUS =
      new Function(
          "softplus",
          Softplus::softplus,
          Softplus::scalar,
          x -> StrictMath.max(x, 0) + StrictMath.log1p(StrictMath.exp(-StrictMath.abs(x))),
          1.7);

  static List<Function> functions() {
    return List.of(EXP, LOG, TANH, SIGMOID, SOFTPLUS);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void twinsAgreeAndNothingElseIsWritten(Function f) {
    for (int n : Samples.SIZES) {
      for (int from = 0; from <= 3; from++) {
        int to = 5 - from;
        float[] x = Samples.withSpecial(n + 8, n, 4);
        float[] y = Samples.normal(n + 8, n + 1, 1);
        float[] z = y.clone();
        f.kernel().run(x, from, y, to, n);
        f.twin().run(x, from, z, to, n);
        Bits.assertEqualBits(z, y, f + " of " + n);

        float[] inPlace = x.clone();
        f.kernel().run(inPlace, from, inPlace, from, n);
        for (int i = 0; i < n; i++) {
          assertTrue(Bits.equal(z[to + i], inPlace[from + i]), f + " in place");
        }
      }
    }
  }

  /** A sweep over all bit patterns in steps of a prime number: a million floats of every kind. */
  @ParameterizedTest
  @MethodSource("functions")
  void accurateOverAllFloats(Function f) {
    int block = 4096;
    long steps = (1L << 32) / 4001;
    float[] x = new float[block];
    float[] y = new float[block];
    float[] z = new float[block];
    double worst = 0;
    for (long first = 0; first < steps; first += block) {
      for (int i = 0; i < block; i++) {
        x[i] = Float.intBitsToFloat((int) ((first + i) * 4001));
      }
      f.kernel().run(x, 0, y, 0, block);
      f.twin().run(x, 0, z, 0, block);
      Bits.assertEqualBits(z, y, f.toString());
      for (int i = 0; i < block; i++) {
        worst = Math.max(worst, error(f, x[i], y[i]));
      }
    }
    for (float hard :
        new float[] {-39.855408f, 0.7161202f, -0.6279505f, -3.4624777f, 0.34113142f}) {
      worst = Math.max(worst, error(f, hard, f.of(hard)));
    }
    assertTrue(worst <= f.ulps(), f + ": " + worst + " ulp");
    assertTrue(
        worst > 0.5 * f.ulps(), f + ": only " + worst + " ulp, so the stated limit is stale");
  }

  private static double error(Function f, float x, float y) {
    double exact = f.exact().applyAsDouble(x);
    float rounded = (float) exact;
    if (Float.isNaN(rounded) || Float.isInfinite(rounded) || !Float.isFinite(y)) {
      assertEquals(rounded, y, f + " of " + x);
      return 0;
    }
    return Math.abs(y - exact) / Math.ulp(rounded);
  }

  @Test
  void specialValues() {
    float infinity = Float.POSITIVE_INFINITY;
    float nan = Float.NaN;
    float[] at = {0f, -0f, infinity, -infinity, nan, Float.MIN_VALUE, -Float.MIN_VALUE};
    check(EXP, at, 1, 1, infinity, 0, nan, 1, 1);
    check(LOG, at, -infinity, -infinity, infinity, nan, nan, -103.27893f, nan);
    check(TANH, at, 0, 0, 1, -1, nan, Float.MIN_VALUE, -Float.MIN_VALUE);
    check(SIGMOID, at, 0.5f, 0.5f, 1, 0, nan, 0.5f, 0.5f);
    float ln2 = (float) StrictMath.log(2);
    check(SOFTPLUS, at, ln2, ln2, infinity, 0, nan, ln2, ln2);

    check(
        EXP,
        new float[] {89, 1e30f, -88, -103.97f, -104.5f},
        infinity,
        infinity,
        (float) StrictMath.exp(-88),
        Float.MIN_VALUE,
        0);
    check(LOG, new float[] {1, Float.MAX_VALUE, -1}, 0, 88.72284f, nan);
    check(TANH, new float[] {10, -10, 3e38f}, 1, -1, 1);
    check(SIGMOID, new float[] {40, -100, 200, -200}, 1, (float) StrictMath.exp(-100), 1, 0);
    check(SOFTPLUS, new float[] {50, 3e38f, -90}, 50, 3e38f, (float) StrictMath.exp(-90));
    assertEquals(-0f, TANH.of(-0f));
  }

  private static void check(Function f, float[] x, float... expected) {
    for (int i = 0; i < x.length; i++) {
      Bits.assertEqualBits(expected[i], f.of(x[i]), f + " of " + x[i]);
    }
  }
}
