package advx.engine.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.engine.kernel.ConvShape;
import advx.engine.kernel.PoolShape;
import advx.engine.kernel.Window;
import org.junit.jupiter.api.Test;

/** Where the operations on images end: ties, borders, empty batches. */
class ImageEdgesTest {
  private final Tape tape = new Tape(new Workers(1));

  private Var image(int height, int width, float... x) {
    return tape.variable(Tensor.of(x, 1, height, width, x.length / (height * width)), "x");
  }

  @Test
  void aTieOfThePoolGoesToTheLowestPixel() {
    Var x = image(2, 2, 1, 7, 7, 7);
    Var y = MaxPool.maxPool(x, new PoolShape(2, 2, 1, Window.of(2, 2, 0)));
    tape.backward(y);
    assertArrayEquals(new float[] {7}, y.data());
    assertArrayEquals(new float[] {0, 1, 0, 0}, x.gradient().data());
  }

  @Test
  void aBorderNeverWinsAndIsNotCounted() {
    Var x = image(2, 2, -1, -2, -3, -4);
    PoolShape p = new PoolShape(2, 2, 1, Window.of(2, 2, 1));
    assertArrayEquals(new float[] {-1, -2, -3, -4}, MaxPool.maxPool(x, p).data());
    assertArrayEquals(new float[] {-1, -2, -3, -4}, AveragePool.averagePool(x, p).data());
  }

  @Test
  void windowsThatOverlapAddUpAtACommonWinner() {
    Var x = image(1, 3, 0, 5, 1);
    Var y = MaxPool.maxPool(x, new PoolShape(1, 3, 1, new Window(1, 2, 1, 1, 0, 0, 0, 0)));
    tape.backward(y);
    assertArrayEquals(new float[] {0, 2, 0}, x.gradient().data());
  }

  @Test
  void aTieOfAFusedConvolutionGoesToTheLowestPositionThenPiece() {
    ConvShape c = new ConvShape(1, 2, 1, 1, 2, 1, Window.ONE, new Window(1, 2, 1, 1, 0, 0, 0, 0));
    Var x = image(1, 2, 3, 3);
    Var w = tape.variable(Tensor.of(new float[] {2, 2}, 2, 1, 1, 1), "w");
    Var b = tape.variable(Tensor.zeros(2), "b");
    tape.backward(Conv2d.conv2d(x, w, b, c));
    assertArrayEquals(new float[] {2, 0}, x.gradient().data());
    assertArrayEquals(new float[] {3, 0}, w.gradient().data());
    assertArrayEquals(new float[] {1, 0}, b.gradient().data());
  }

  @Test
  void anEmptyBatchHasZeroWeightGradients() {
    ConvShape c = ConvShape.plain(3, 3, 2, 4, 1, Window.of(2, 1, 0));
    Var x = tape.variable(Tensor.zeros(0, 3, 3, 2), "x");
    Var w = tape.variable(Tensor.zeros(4, 2, 2, 2).fill(1), "w");
    Var b = tape.variable(Tensor.zeros(4), "b");
    Var y = Conv2d.conv2d(x, w, b, c);
    tape.backward(y);
    assertEquals("[0, 2, 2, 4]", y.value().shapeString());
    assertArrayEquals(new float[32], w.gradient().data());
    assertEquals(0, x.gradient().value().size());
  }

  @Test
  void aRadialFunctionIsOneAndFlatAtItsCentre() {
    Var x = tape.variable(Tensor.of(new float[] {0.3f, -2}, 1, 2), "x");
    Var centre = tape.variable(Tensor.of(new float[] {0.3f, -2}, 1, 2), "centre");
    Var scale = tape.variable(Tensor.of(new float[] {-5, 5}, 1, 2), "scale");
    Var y = Rbf.rbf(x, centre, scale);
    tape.backward(y);
    assertArrayEquals(new float[] {1}, y.data());
    assertArrayEquals(new float[2], x.gradient().data(), 1e-5f);
  }

  @Test
  void mistakesAreNamed() {
    Var x = image(2, 2, 1, 2, 3, 4);
    var wrong = new PoolShape(3, 2, 1, Window.of(2, 2, 0));
    var e = assertThrows(IllegalArgumentException.class, () -> MaxPool.maxPool(x, wrong));
    assertTrue(e.getMessage().startsWith("MaxPool: got shape [1, 2, 2, 1]"), e.getMessage());
    e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new PoolShape(3, 2, 1, new Window(2, 2, 1, 1, 2, 0, 0, 0)));
    assertTrue(e.getMessage().startsWith("Pooling: got window"), e.getMessage());
    e =
        assertThrows(
            IllegalArgumentException.class,
            () -> ChannelsLast.channelsLast(tape.constant(Tensor.zeros(2, 5)), 2, 2, 1));
    assertTrue(e.getMessage().startsWith("ChannelsLast: got shape [2, 5]"), e.getMessage());
  }
}
