package advx.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TensorTest {
  @Test
  void rowMajor() {
    Tensor t = Tensor.of(new float[] {0, 1, 2, 3, 4, 5}, 2, 3);
    assertEquals(5, t.get(1, 2));
    assertEquals(2, t.get(0, 2));
    assertEquals(2, t.rank());
    assertEquals(6, t.size());
    assertEquals(3, t.dim(1));
    Tensor cube = Tensor.of(new float[24], 2, 3, 4);
    cube.data()[1 * 12 + 2 * 4 + 3] = 9;
    assertEquals(9, cube.get(1, 2, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> t.get(0, 3));
  }

  @Test
  void rowsAndColumnsOfEveryRank() {
    assertEquals(1, Tensor.zeros().rows());
    assertEquals(1, Tensor.zeros().columns());
    assertEquals(1, Tensor.zeros().size());
    assertEquals(5, Tensor.zeros(5).rows());
    assertEquals(1, Tensor.zeros(5).columns());
    assertEquals(12, Tensor.zeros(2, 3, 4).columns());
    assertEquals(0, Tensor.zeros(0, 4).size());
  }

  @Test
  void ownership() {
    float[] data = {1, 2, 3, 4};
    Tensor t = Tensor.of(data, 2, 2);
    assertSame(data, t.data());
    assertSame(data, t.view(4, 1).data());
    Tensor copy = t.copy();
    assertNotSame(data, copy.data());
    t.fill(9);
    assertEquals(1, copy.get(0, 0));
    copy.set(t.view(4));
    assertArrayEquals(data, copy.data());
    int[] shape = {2, 2};
    Tensor u = Tensor.of(data, shape);
    shape[0] = 7;
    u.shape()[1] = 8;
    assertArrayEquals(new int[] {2, 2}, u.shape());
    assertTrue(t.sameShape(u));
    assertFalse(t.sameShape(u.view(1, 4)));
  }

  @Test
  void printed() {
    assertEquals("Tensor[2][1.0, 2.0]", Tensor.of(new float[] {1, 2}, 2).toString());
    String first = "Tensor[13][0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, …]";
    assertEquals(first, Tensor.zeros(13).toString());
  }

  @Test
  void sentences() {
    fails(
        "Tensor.of: shape [2, 3] needs 6 numbers, but the array holds 5",
        () -> Tensor.of(new float[5], 2, 3));
    fails("Tensor: negative size in [2, -1]", () -> Tensor.zeros(2, -1));
    fails("Tensor: too large: [65536, 65536]", () -> Tensor.zeros(65536, 65536));
    fails(
        "Tensor.of: shape [7] needs 7 numbers, but the array holds 6",
        () -> Tensor.zeros(2, 3).view(7));
    fails(
        "set: got shapes [2, 3] and [5], expected the same number of elements",
        () -> Tensor.zeros(2, 3).set(Tensor.zeros(5)));
    fails(
        "Add: got shapes [2, 3] and [3, 2], expected two equal shapes",
        () -> Shapes.same("Add", Tensor.zeros(2, 3), Tensor.zeros(3, 2)));
    fails("Dense: got shape [4], expected 2 axes", () -> Shapes.rank("Dense", Tensor.zeros(4), 2));
  }

  private static void fails(String sentence, Executable call) {
    assertEquals(sentence, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
