package advx.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.InputException;
import advx.engine.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  private static final int SIDE = 5;
  private static final int N = 2 * SIDE * SIDE;
  private static final Dataset.Info INFO =
      new Dataset.Info("numbered", 2, SIDE, SIDE, 2, 0, N + 1, false);

  /** Pixels numbered from 1, so that each is known again. */
  private static Tensor numbered(int samples) {
    Tensor x = Tensor.zeros(samples, N);
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = 1 + i % N;
    }
    return x;
  }

  private static float[] one(Augmentation augmentation, long seed, int epoch, int sample) {
    Tensor x = numbered(1);
    augmentation.apply(x, INFO, seed, epoch, new int[] {sample}, new float[N]);
    return x.data();
  }

  /** Every image is one of the 2·(2·2+1)² windows, and all of them come about equally often. */
  @Test
  void everyWindowComesEquallyOften() {
    Augmentation augmentation = new Augmentation(2, true);
    Map<String, Integer> seen = new HashMap<>();
    int draws = 5000;
    for (int sample = 0; sample < draws; sample++) {
      seen.merge(Arrays.toString(one(augmentation, 3, 1, sample)), 1, Integer::sum);
    }
    assertEquals(50, seen.size());
    for (int down = -2; down <= 2; down++) {
      for (int right = -2; right <= 2; right++) {
        for (boolean mirrored : new boolean[] {false, true}) {
          int count = seen.getOrDefault(Arrays.toString(window(down, right, mirrored)), 0);
          assertTrue(count > 55 && count < 145, down + " " + right + ": " + count);
        }
      }
    }
  }

  private static float[] window(int down, int right, boolean mirrored) {
    float[] y = new float[N];
    for (int i = 0; i < N; i++) {
      int r = i / SIDE % SIDE + down;
      int c = (mirrored ? SIDE - 1 - i % SIDE : i % SIDE) + right;
      boolean inside = r >= 0 && r < SIDE && c >= 0 && c < SIDE;
      y[i] = inside ? 1 + i / (SIDE * SIDE) * SIDE * SIDE + r * SIDE + c : 0;
    }
    return y;
  }

  @Test
  void whatBecomesOfASampleDependsOnSeedEpochAndIndexAlone() {
    Augmentation augmentation = new Augmentation(2, true);
    int[] samples = {7, 3, 11, 7};
    Tensor x = numbered(4);
    augmentation.apply(x, INFO, 5, 2, samples, new float[N]);
    for (int row = 0; row < 4; row++) {
      float[] alone = one(augmentation, 5, 2, samples[row]);
      assertArrayEquals(alone, Arrays.copyOfRange(x.data(), row * N, (row + 1) * N));
    }
    int epochs = 0;
    int seeds = 0;
    for (int sample = 0; sample < 20; sample++) {
      float[] first = one(augmentation, 5, 2, sample);
      epochs += Arrays.equals(first, one(augmentation, 5, 3, sample)) ? 0 : 1;
      seeds += Arrays.equals(first, one(augmentation, 6, 2, sample)) ? 0 : 1;
    }
    assertTrue(epochs > 10 && seeds > 10, epochs + " " + seeds);
  }

  @Test
  void withoutBorderAndFlipNothingHappens() {
    assertArrayEquals(numbered(1).data(), one(new Augmentation(0, false), 1, 1, 1));
    assertEquals("crop border=2 flip", new Augmentation(2, true).describe());
    assertThrows(InputException.class, () -> new Augmentation(-1, true));
  }
}
