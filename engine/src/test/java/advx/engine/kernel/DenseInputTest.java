package advx.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import advx.engine.Bits;
import advx.engine.Workers;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * The input gradient of dense layers against its twin. A row that is left out wrongly, or ends up
 * elsewhere, fails; so does one of zeros that meets a NaN of W.
 */
class DenseInputTest {
  private static final int[][] SHAPES = {{1, 3, 2}, {7, 10, 33}, {40, 70, 65}, {60, 100, 784}};

  /** Which samples carry gradient: all, none, every third, all but those, the first, the last. */
  private static boolean carries(int pattern, int sample, int samples) {
    return switch (pattern) {
      case 0 -> true;
      case 1 -> false;
      case 2 -> sample % 3 == 1;
      case 3 -> sample % 3 != 1;
      case 4 -> sample == 0;
      default -> sample == samples - 1;
    };
  }

  private static float[] gradient(int samples, int out, int pattern) {
    float[] dy = Samples.normal(samples * out, 1, 1);
    for (int s = 0; s < samples; s++) {
      if (!carries(pattern, s, samples)) {
        Arrays.fill(dy, s * out, (s + 1) * out, s % 2 == 0 ? 0 : -0f);
      } else {
        // The last number alone may be none.
        Arrays.fill(dy, s * out, (s + 1) * out - 1 - s % out, 0);
      }
    }
    return dy;
  }

  @Test
  void equalsItsTwin() {
    for (int threads = 1; threads <= 3; threads++) {
      try (Workers workers = new Workers(threads)) {
        for (int[] shape : SHAPES) {
          for (int pattern = 0; pattern < 6; pattern++) {
            int samples = shape[0];
            int out = shape[1];
            int in = shape[2];
            float[] dy = gradient(samples, out, pattern);
            float[] w = Samples.normal(out * in, 2, 1);
            float[] expected = new float[samples * in];
            DenseInput.scalar(dy, samples, out, w, in, expected);
            float[] found = Samples.normal(samples * in, 3, 1);
            DenseInput.gradient(workers, dy, samples, out, w, in, found);
            String what = Arrays.toString(shape) + " " + pattern + " on " + threads;
            Bits.assertEqualBits(expected, found, what);
            for (int i = 0; i < found.length; i++) {
              boolean carries = carries(pattern, i / in, samples);
              assertEquals(carries, found[i] != 0, what + " at " + i);
            }
          }
        }
      }
    }
  }

  @Test
  void aRowOfZerosMeetsNoWeight() {
    float[] dy = {1, 0, 0, 0, 0, 2};
    float[] w = {Float.NaN, 1, 3, Float.POSITIVE_INFINITY};
    float[] dx = new float[6];
    try (Workers workers = new Workers(1)) {
      DenseInput.gradient(workers, dy, 3, 2, w, 2, dx);
    }
    assertEquals(0, dx[2]);
    assertEquals(0, dx[3]);
    assertEquals(Float.POSITIVE_INFINITY, dx[5]);
    assertEquals(Float.NaN, dx[0]);
  }
}
