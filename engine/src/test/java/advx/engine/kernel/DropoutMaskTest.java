package advx.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import advx.engine.Bits;
import advx.engine.Philox;
import advx.engine.Purpose;
import advx.engine.Workers;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DropoutMaskTest {
  private static final long SEED = 0x123456789ABCDEFL;

  @Test
  void drawsComeFromPhiloxLowHalfFirst() {
    int[] words = new int[4];
    for (int n : Samples.SIZES) {
      float[] mask = new float[3 * n + 2];
      Arrays.fill(mask, 7);
      float[] expected = mask.clone();
      DropoutMask.mask(mask, 1, n, SEED, -5, 1_000_000, 3, 0.3f, 2.5f);
      for (int e = 0; e < n; e++) {
        Philox.block(e / 8, -5, 1_000_000, Philox.stream(Purpose.DROPOUT, 3), SEED, words, 0);
        int word = words[e / 2 % 4];
        int draw = e % 2 == 0 ? word & 0xFFFF : word >>> 16;
        expected[n + e] = draw < 19661 ? 2.5f : 0;
      }
      Bits.assertEqualBits(expected, mask, "mask of " + n);

      float[] twin = new float[n];
      int stream = Philox.stream(Purpose.DROPOUT, 3);
      DropoutMask.scalar(twin, 0, 0, n, SEED, -5, 1_000_000, stream, 19661, 2.5f);
      Bits.assertEqualBits(Arrays.copyOfRange(mask, n, 2 * n), twin, "twin of " + n);
    }
  }

  @Test
  void aBatchHasTheMasksOfItsSamples() {
    int[] samples = new int[37];
    Arrays.setAll(samples, i -> 7 * i);
    float[] alone = new float[37 * 50];
    for (int row = 0; row < samples.length; row++) {
      DropoutMask.mask(alone, row, 50, SEED, samples[row], 2, 1, 0.5f, 2);
    }
    for (int threads = 1; threads <= 3; threads++) {
      try (Workers workers = new Workers(threads)) {
        float[] batch = new float[alone.length];
        DropoutMask.masks(workers, batch, 50, SEED, samples, 2, 1, 0.5f, 2);
        Bits.assertEqualBits(alone, batch);
      }
    }
  }

  /** 100,000 draws: five standard deviations are 800. */
  @Test
  void keepsTheGivenShare() {
    for (float keep : new float[] {0.5f, 0.8f}) {
      int kept = 0;
      float[] mask = new float[1000];
      for (int sample = 0; sample < 100; sample++) {
        DropoutMask.mask(mask, 0, 1000, 1, sample, 0, 0, keep, 1);
        for (float m : mask) {
          kept += m == 1 ? 1 : 0;
        }
      }
      assertEquals(100_000 * keep, kept, 800);
    }
  }

  @Test
  void allOrNone() {
    float[] mask = new float[200];
    DropoutMask.mask(mask, 0, 200, 1, 2, 3, 4, 1, 3);
    for (float m : mask) {
      assertEquals(3, m);
    }
    DropoutMask.mask(mask, 0, 200, 1, 2, 3, 4, 0, 3);
    for (float m : mask) {
      assertEquals(0, m);
    }
  }

  /** Kept means strictly below: at keep = draw/65536 the element is dropped, one step up kept. */
  @Test
  void theEdgeIsDropped() {
    int[] words = new int[4];
    Philox.block(0, 2, 3, Philox.stream(Purpose.DROPOUT, 4), SEED, words, 0);
    int draw = words[0] & 0xFFFF;
    for (int n : new int[] {1, 200}) {
      float[] mask = new float[n];
      DropoutMask.mask(mask, 0, n, SEED, 2, 3, 4, draw / 65536f, 1);
      assertEquals(0, mask[0]);
      DropoutMask.mask(mask, 0, n, SEED, 2, 3, 4, (draw + 1) / 65536f, 1);
      assertEquals(1, mask[0]);
    }
  }

  @Test
  void everyPartOfTheCounterMatters() {
    float[] base = mask(1, 2, 3, 4);
    assertFalse(Arrays.equals(base, mask(9, 2, 3, 4)));
    assertFalse(Arrays.equals(base, mask(1L << 32 | 1, 2, 3, 4)));
    assertFalse(Arrays.equals(base, mask(1, 9, 3, 4)));
    assertFalse(Arrays.equals(base, mask(1, 2, 9, 4)));
    assertFalse(Arrays.equals(base, mask(1, 2, 3, 9)));
    Bits.assertEqualBits(base, mask(1, 2, 3, 4));
  }

  private static float[] mask(long seed, int sample, int step, int layer) {
    float[] mask = new float[100];
    DropoutMask.mask(mask, 0, 100, seed, sample, step, layer, 0.5f, 1);
    return mask;
  }

  @Test
  void wrongProbability() {
    for (float keep : new float[] {-0.1f, 1.1f, Float.NaN}) {
      var e =
          assertThrows(
              IllegalArgumentException.class,
              () -> DropoutMask.mask(new float[8], 0, 8, 0, 0, 0, 0, keep, 1));
      assertEquals(
          "DropoutMask: got keep probability " + keep + ", expected 0 to 1", e.getMessage());
    }
  }
}
