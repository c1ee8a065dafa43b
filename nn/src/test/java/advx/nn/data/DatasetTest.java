package advx.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import advx.engine.InputException;
import advx.engine.Tensor;
import org.junit.jupiter.api.Test;

class DatasetTest {
  private static final Dataset.Info INFO = new Dataset.Info("six", 3, 1, 2, 1, 0, 1, false);

  /** Sample i has pixels i, i + ½ and label i mod 3. */
  private static Dataset six() {
    float[] pixels = new float[12];
    int[] labels = new int[6];
    for (int i = 0; i < 6; i++) {
      pixels[2 * i] = i;
      pixels[2 * i + 1] = i + 0.5f;
      labels[i] = i % 3;
    }
    return new Dataset(INFO, Tensor.of(pixels, 6, 2), labels);
  }

  @Test
  void partsKeepTheIndicesOfTheWhole() {
    Dataset part = six().subset(2, 6).subset(1, 4);
    assertEquals(3, part.size());
    for (int i = 0; i < 3; i++) {
      assertEquals(i + 3, part.index(i));
      assertEquals(i, part.label(i));
    }
    assertArrayEquals(new float[] {4, 4.5f, 5, 5.5f}, part.images(1, 3).data());
    assertThrows(IndexOutOfBoundsException.class, () -> part.subset(1, 4));
  }

  @Test
  void aBatchFollowsTheOrder() {
    Dataset part = six().subset(1, 6);
    Tensor batch = Tensor.zeros(2, 2);
    part.batch(new int[] {4, 2, 0, 1}, 1, 3, batch);
    assertArrayEquals(new float[] {3, 3.5f, 1, 1.5f}, batch.data());
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> part.batch(new int[] {0, 1, 2}, 0, 3, batch));
    assertEquals("Dataset.batch: got a tensor [2, 2], expected [3, 2]", e.getMessage());
  }

  @Test
  void filteringMakesTheKeptLabelsClasses() {
    Dataset two = six().filterLabels(2, 0);
    assertEquals("six 2-0", two.name());
    assertEquals(2, two.classes());
    assertArrayEquals(new int[] {1, 0, 1, 0}, two.labels());
    assertArrayEquals(new int[] {2, 2}, two.labelCounts());
    assertEquals(2, two.index(1));
    assertEquals(5, two.index(3));
    assertFalse(two.info().comparable());
    assertThrows(IllegalArgumentException.class, () -> six().filterLabels(1, 1));
    assertThrows(IllegalArgumentException.class, () -> six().filterLabels(3));
  }

  @Test
  void theChecksumIsOfTheContent() {
    String whole = six().checksum();
    assertEquals(64, whole.length());
    assertEquals(whole, six().checksum());
    assertEquals(whole, six().subset(0, 6).checksum());
    assertNotEquals(whole, six().subset(0, 5).checksum());
    assertNotEquals(six().subset(0, 3).checksum(), six().subset(3, 6).checksum());
    Tensor pixels = six().images(0, 6);
    assertEquals(whole, new Dataset(INFO, pixels, six().labels()).checksum());
    pixels.data()[11] = Math.nextUp(pixels.data()[11]);
    assertNotEquals(whole, new Dataset(INFO, pixels, six().labels()).checksum());
    int[] labels = six().labels();
    labels[0] = 1;
    assertNotEquals(whole, new Dataset(INFO, six().images(0, 6), labels).checksum());
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThrows(
        IllegalArgumentException.class, () -> new Dataset(INFO, Tensor.zeros(2, 3), new int[2]));
    assertThrows(
        IllegalArgumentException.class, () -> new Dataset(INFO, Tensor.zeros(2, 2), new int[3]));
    var e =
        assertThrows(
            InputException.class, () -> new Dataset(INFO, Tensor.zeros(2, 2), new int[] {0, 3}));
    assertEquals(
        "six: sample 1 has label 3, but labels go from 0 to 2; check the label file.",
        e.getMessage());
  }

  @Test
  void splitsCutValidationOffTheEnd() {
    Splits splits = Splits.of(six(), 2, six());
    assertEquals(6, splits.full().size());
    assertEquals(4, splits.train().size());
    assertEquals(4, splits.validation().index(0));
    assertEquals(2, splits.validation().size());
    assertThrows(IllegalArgumentException.class, () -> Splits.of(six(), 7, six()));
  }
}
