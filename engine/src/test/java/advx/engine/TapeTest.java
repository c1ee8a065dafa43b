package advx.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.op.Add;
import advx.engine.op.Cube;
import advx.engine.op.Exp;
import advx.engine.op.Expand;
import advx.engine.op.Multiply;
import advx.engine.op.Reshape;
import advx.engine.op.Scale;
import advx.engine.op.Square;
import advx.engine.op.Sum;
import org.junit.jupiter.api.Test;

class TapeTest {
  private final Tape tape = new Tape(new Workers(1));

  private Var variable(float... numbers) {
    return tape.variable(Tensor.of(numbers, numbers.length), "x");
  }

  private Var ones(Var y) {
    return tape.constant(Tensor.zeros(y.value().shape()).fill(1));
  }

  private static float[] gradient(Var x) {
    return x.gradient().data();
  }

  /** x³ → 3x² → 6x → 6. */
  @Test
  void derivativesOfDerivatives() {
    Var x = variable(2, -1);
    Var y = Cube.cube(x);
    float[][] expected = {{12, 3}, {12, -6}, {6, 6}};
    for (float[] derivative : expected) {
      tape.clearGradients();
      tape.backward(y, ones(y), true);
      y = x.gradient();
      assertArrayEquals(derivative, y.data());
    }
  }

  @Test
  void withoutCreateGraphTheGradientIsAConstant() {
    Var x = variable(2);
    tape.backward(Cube.cube(x));
    Var slope = x.gradient();
    assertEquals(false, slope.needsGradient());
    tape.clearGradients();
    tape.backward(slope);
    assertNull(x.gradient());
  }

  @Test
  void valueUsedTwiceGetsBothShares() {
    Var x = variable(3);
    Var y = Square.square(x);
    tape.backward(Add.add(Multiply.multiply(y, x), y)); // x³ + x²
    assertArrayEquals(new float[] {27 + 6}, gradient(x));
  }

  @Test
  void backwardSumsOverElements() {
    Var x = variable(1, 2, 3);
    tape.backward(Square.square(x));
    assertArrayEquals(new float[] {2, 4, 6}, gradient(x));
  }

  @Test
  void seedWeighsTheElements() {
    Var x = variable(1, 2, 3);
    Var y = Square.square(x);
    tape.backward(y, tape.constant(Tensor.of(new float[] {1, 0, -1}, 3)), false);
    assertArrayEquals(new float[] {2, 0, -6}, gradient(x));
  }

  @Test
  void leavesAccumulateOverPassesAndInnerValuesDoNot() {
    Var x = variable(3);
    Var inner = Scale.scale(x, 2);
    Var y = Square.square(inner);
    tape.backward(y);
    assertArrayEquals(new float[] {24}, gradient(x));
    tape.backward(y);
    assertArrayEquals(new float[] {48}, gradient(x));
    assertArrayEquals(new float[] {12}, gradient(inner));
  }

  @Test
  void clearGradientsStartsAfresh() {
    Var x = variable(3);
    Var y = Square.square(x);
    tape.backward(y);
    tape.clearGradients();
    assertNull(x.gradient());
    assertNull(y.gradient());
    tape.backward(y);
    assertArrayEquals(new float[] {6}, gradient(x));
  }

  @Test
  void constantsGetNoGradient() {
    Var x = variable(3);
    Var c = tape.constant(Tensor.of(new float[] {5}, 1));
    tape.backward(Multiply.multiply(x, c));
    assertArrayEquals(new float[] {5}, gradient(x));
    assertNull(c.gradient());
  }

  @Test
  void rewindForgetsGradientsAndUsesBuffersAgain() {
    float[] first = null;
    for (int step = 1; step <= 3; step++) {
      tape.rewind();
      Var x = variable(step, 1);
      assertNull(x.gradient());
      Var y = Square.square(x);
      assertNull(y.gradient());
      tape.backward(y);
      assertArrayEquals(new float[] {2 * step, 2}, gradient(x));
      first = first == null ? y.data() : first;
      assertSame(first, y.data());
    }
    tape.rewind();
    assertEquals(0, tape.size());
  }

  /** A step of other shapes in between: buffers change, results do not. */
  @Test
  void stepsMayDiffer() {
    float[] before = reshapedSquares(6, 2);
    reshapedSquares(12, 3);
    Var x = tape.variable(Tensor.zeros(2, 3).fill(1), "x");
    tape.backward(Square.square(x));
    tape.rewind();
    assertArrayEquals(before, reshapedSquares(6, 2));
  }

  private float[] reshapedSquares(int size, int rows) {
    tape.rewind();
    Tensor numbers = Tensor.zeros(size);
    for (int i = 0; i < size; i++) {
      numbers.data()[i] = i;
    }
    Var x = tape.variable(numbers, "x");
    Var y = Square.square(Reshape.reshape(x, rows, size / rows));
    tape.backward(Sum.sum(y, 1));
    float[] result = gradient(x).clone();
    tape.rewind();
    return result;
  }

  /** What a view shows is never handed out as a buffer. */
  @Test
  void viewsAreNoBuffers() {
    for (int step = 0; step < 3; step++) {
      tape.rewind();
      Var x = tape.variable(Tensor.zeros(2, 3).fill(step), "x");
      Var view = Reshape.reshape(x, 3, 2);
      Var y = Exp.exp(view);
      assertSame(x.data(), view.data());
      assertTrue(y.data() != x.data());
      assertEquals(step, x.data()[0]);
    }
  }

  @Test
  void valueOfAnotherTapeIsRefused() {
    Var mine = variable(1);
    Var other = new Tape(new Workers(1)).variable(Tensor.of(new float[] {1}, 1), "x");
    var add = assertThrows(IllegalArgumentException.class, () -> Add.add(mine, other));
    assertEquals("Add: an input belongs to another tape", add.getMessage());
    var result = assertThrows(IllegalArgumentException.class, () -> tape.backward(other));
    assertEquals("backward: the result or its seed is on another tape", result.getMessage());
    assertThrows(IllegalArgumentException.class, () -> tape.backward(mine, other, false));
  }

  @Test
  void seedOfAnotherShapeIsRefused() {
    Var x = variable(1, 2);
    Var seed = tape.constant(Tensor.zeros(3));
    var error = assertThrows(IllegalArgumentException.class, () -> tape.backward(x, seed, false));
    assertEquals("backward: got shapes [2] and [3], expected two equal shapes", error.getMessage());
  }

  @Test
  void gradientOfWrongShapeIsRefused() {
    Var x = variable(1, 2);
    Op wrong = (y, dy) -> y.input(0).addGradient(Expand.expand(Sum.sum(dy), 0, 3));
    Var y = tape.record(wrong, Tensor.zeros(2), x);
    var error = assertThrows(IllegalArgumentException.class, () -> tape.backward(y));
    assertEquals(
        "gradient of x: got shapes [2] and [3], expected two equal shapes", error.getMessage());
  }

  @Test
  void printsOneLineAnOperation() {
    Var x = variable(1, 2);
    Sum.sum(Multiply.multiply(x, tape.constant(Tensor.zeros(2))));
    assertEquals(
        """
        %0 x [2]
        %1 constant [2]
        %2 Multiply(%0, %1) [2]
        %3 Sum(%2) []
        """,
        tape.toString());
  }
}
