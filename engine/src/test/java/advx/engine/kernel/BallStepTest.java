package advx.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.Bits;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import org.junit.jupiter.api.Test;

/** The step that stays in its ball. Rounding to nearest fails the first and the last test. */
class BallStepTest {
  /** Floats, which take the short way, and numbers that are none. */
  private static final double[] EPSILONS = {
    0.25, -0.25, 1, 64, 0x1.8p-7, 0x1p-30, 0.1, -0.1, 8 / 255.0, 0.007, 0, 1e-25, 1e30, 0x1p60
  };

  @Test
  void staysInTheBallAndGoesAsFarAsItCan() {
    float[] x = Samples.normal(4096, 3, 0.3f);
    float[] g = Samples.normal(x.length, 4, 1);
    float[] out = new float[x.length];
    for (double epsilon : new double[] {0.25, 0.1}) {
      BallStep.step(x, 0, g, 0, epsilon, out, 0, x.length);
      int rounded = 0;
      for (int i = 0; i < x.length; i++) {
        double moved = Math.abs((double) out[i] - x[i]);
        assertTrue(moved <= epsilon && moved >= epsilon - 1.3e-7, x[i] + " moved by " + moved);
        assertEquals(Math.signum(g[i]), Math.signum(out[i] - x[i]));
        rounded += out[i] != (float) (x[i] + epsilon * Math.signum(g[i])) ? 1 : 0;
      }
      assertTrue(rounded > 100, "rounding to nearest left the ball only " + rounded + " times");
    }
  }

  @Test
  void noSlopeNoStep() {
    float nan = Float.NaN;
    float[] x = {1, 1, 1, nan, 1, Float.POSITIVE_INFINITY, Float.MAX_VALUE, 0};
    float[] g = {0, -0f, nan, 1, -1e-45f, 1, 1, -1};
    float[] out = new float[8];
    BallStep.step(x, 0, g, 0, 0.25, out, 0, 8);
    float[] expected = {1, 1, 1, nan, 0.75f, x[5], x[6], -0.25f};
    Bits.assertEqualBits(expected, out);
    BallStep.clippedStep(x, 0, g, 0, -0.25, 0.5f, 1, out, 0, 8);
    Bits.assertEqualBits(new float[] {1, 1, 1, nan, 1, 1, 1, 0.5f}, out);
  }

  /** Vectors and twin, at every size and offset, and for floats of all exponents. */
  @Test
  void equalsItsTwin() {
    for (double epsilon : EPSILONS) {
      for (int n : Samples.SIZES) {
        compare(Samples.withSpecial(n + 6, n, 1), Samples.withSpecial(n + 6, n + 1, 1), epsilon, n);
      }
      int n = 20_000;
      float[] x = new float[n + 6];
      RandomStream random = new RandomStream(7, Purpose.TEST, 0, 0, 0);
      for (int i = 0; i < x.length; i++) {
        x[i] = Float.intBitsToFloat(random.nextInt());
        if (i % 2 == 0) {
          // Within 2^±60 of ε, where rounding matters.
          int exponent = Math.getExponent((float) epsilon) + random.nextInt(120) - 60;
          x[i] = Math.scalb(1 + (random.nextInt() >>> 9) * 0x1p-23f, exponent);
          x[i] *= random.nextInt() < 0 ? -1 : 1;
        } else if (i % 5 == 0) {
          // A step to 0, whose sign is that of the sum and not of the turned one.
          x[i] = (float) (i % 3 == 0 ? epsilon : -epsilon);
        }
      }
      compare(x, Samples.normal(n + 6, 5, 1), epsilon, n);
    }
  }

  private static void compare(float[] x, float[] g, double epsilon, int n) {
    float[] expected = Samples.normal(n + 6, n, 1);
    float[] free = expected.clone();
    float infinity = Float.POSITIVE_INFINITY;
    BallStep.scalarStep(x, 1, g, 2, epsilon, -infinity, infinity, expected, 3, n);
    BallStep.step(x, 1, g, 2, epsilon, free, 3, n);
    Bits.assertEqualBits(expected, free, "step of " + n + " by " + epsilon);
    for (float[] box : new float[][] {{-0.5f, 0.75f}, {0, 1}, {-1, 0}}) {
      float[] clipped = expected.clone();
      float[] bounded = expected.clone();
      for (int i = 3; i < 3 + n; i++) {
        float v = expected[i];
        bounded[i] = v <= box[0] ? box[0] : v >= box[1] ? box[1] : v;
      }
      BallStep.clippedStep(x, 1, g, 2, epsilon, box[0], box[1], clipped, 3, n);
      Bits.assertEqualBits(bounded, clipped, "clipped step of " + n + " by " + epsilon);
    }
  }
}
