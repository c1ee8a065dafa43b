package advx.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.Bits;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExtremesTest {
  @Test
  void twinsAgree() {
    for (int n : Samples.SIZES) {
      for (int at = 0; at < 3; at++) {
        for (float[] x :
            new float[][] {Samples.normal(n + 3, n, 2), Samples.withSpecial(n + 3, n, 2)}) {
          float twin = Extremes.scalarMax(x, at, n);
          Bits.assertEqualBits(twin, Extremes.max(x, at, n), "max of " + n);
          assertEquals(Extremes.scalarArgmax(x, at, n), Extremes.argmax(x, at, n));
        }
      }
    }
  }

  /** The largest number at every single place of 300, so that no lane and no tail is forgotten. */
  @Test
  void foundWhereverItStands() {
    for (int i = 0; i < 300; i++) {
      float[] x = Samples.normal(300, 5, 1);
      x[i] = 50;
      assertEquals(50, Extremes.max(x, 0, 300));
      assertEquals(i, Extremes.argmax(x, 0, 300));
      x[i] = Float.NaN;
      assertEquals(Float.NaN, Extremes.max(x, 0, 300));
      assertEquals(i, Extremes.argmax(x, 0, 300));
      assertEquals(Float.NaN, Extremes.scalarMax(x, 0, 300));
    }
  }

  @Test
  void tiesGoToTheLowestIndex() {
    float[] x = new float[200];
    assertEquals(0, Extremes.argmax(x, 0, 200));
    x[70] = 3;
    x[150] = 3;
    assertEquals(70, Extremes.argmax(x, 0, 200));
    assertEquals(20, Extremes.argmax(x, 50, 150));
    x[160] = Float.NaN;
    x[170] = Float.NaN;
    assertEquals(160, Extremes.argmax(x, 0, 200));
    assertEquals(0, Extremes.argmax(new float[] {-0f, 0f}, 0, 2));
    Arrays.fill(x, Float.NEGATIVE_INFINITY);
    assertEquals(0, Extremes.argmax(x, 0, 200));
    assertEquals(Float.NEGATIVE_INFINITY, Extremes.max(x, 0, 200));
  }

  @Test
  void nothing() {
    assertEquals(Float.NEGATIVE_INFINITY, Extremes.max(new float[3], 1, 0));
    assertEquals(-1, Extremes.argmax(new float[3], 1, 0));
  }

  /** One number outside, or a NaN, wherever it stands; and the magnitude of the others. */
  @Test
  void withinAndMagnitude() {
    for (int n : Samples.SIZES) {
      float[] x = new float[n + 2];
      Arrays.fill(x, 1, n + 1, 0.5f);
      x[0] = -9;
      x[n + 1] = 9;
      assertTrue(Extremes.within(x, 1, n, 0.5f, 0.5f), "all of " + n);
      assertEquals(n == 0 ? 0 : 0.5f, Extremes.magnitude(x, 1, n));
      for (int i = 1; i <= n; i += 1 + n / 50) {
        for (float odd : new float[] {0.75f, -1, Float.NaN}) {
          x[i] = odd;
          assertFalse(Extremes.within(x, 1, n, 0.5f, 0.7f), odd + " at " + i + " of " + n);
          float expected = Float.isNaN(odd) ? odd : Math.max(n == 1 ? 0 : 0.5f, Math.abs(odd));
          assertEquals(expected, Extremes.magnitude(x, 1, n), odd + " at " + i + " of " + n);
          x[i] = 0.5f;
        }
      }
    }
  }
}
