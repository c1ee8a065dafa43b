package advx.engine.op;

import advx.engine.RandomStream;
import advx.engine.Var;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * One operation as the generic tests see it: its inputs, how it is called on a tape, and its
 * formula in double precision.
 *
 * @param name begins with the class name of the operation
 * @param refused input shapes that must be refused with a sentence; empty if all shapes are fine
 */
record OpCase(String name, List<Input> inputs, OnTape tape, Formula formula, List<int[]> refused) {

  /** The operation on a tape; {@code first} is the number of the first row, for labels. */
  @FunctionalInterface
  interface OnTape {
    Var apply(Var[] x, int first);
  }

  /** The same in double precision, at size n. */
  @FunctionalInterface
  interface Formula {
    double[] apply(int n, double[][] x);
  }

  /** A formula of one input. */
  @FunctionalInterface
  interface Formula1 {
    double[] apply(int n, double[] x);
  }

  /** A shape that depends on the awkward size n. */
  @FunctionalInterface
  interface Shape {
    int[] of(int n);
  }

  /** Numbers that suit an operation. */
  @FunctionalInterface
  interface Draw {
    float[] numbers(int size, RandomStream random);
  }

  /** An input; a batched one holds one sample a row along axis 0. */
  record Input(Shape shape, Draw draw, boolean batched) {}

  static final Shape ROWS = n -> new int[] {3, n};

  static Input batch(Shape shape, Draw draw) {
    return new Input(shape, draw, true);
  }

  static Input whole(Shape shape, Draw draw) {
    return new Input(shape, draw, false);
  }

  static OpCase op(String name, List<Input> inputs, OnTape tape, Formula formula) {
    return new OpCase(name, inputs, tape, formula, List.of());
  }

  /** An operation of one input. */
  static OpCase op(String name, Input input, UnaryOperator<Var> tape, Formula1 formula) {
    return op(
        name, List.of(input), (x, first) -> tape.apply(x[0]), (n, x) -> formula.apply(n, x[0]));
  }

  /** Element by element. */
  static OpCase unary(
      String name, Draw draw, UnaryOperator<Var> tape, DoubleUnaryOperator formula) {
    return op(name, batch(ROWS, draw), tape, (n, x) -> Formulas.map(x, formula));
  }

  /** Element by element, two of equal shape. */
  static OpCase binary(
      String name, Draw a, Draw b, BinaryOperator<Var> tape, DoubleBinaryOperator formula) {
    return op(
            name,
            List.of(batch(ROWS, a), batch(ROWS, b)),
            (x, first) -> tape.apply(x[0], x[1]),
            (n, x) -> Formulas.zip(x[0], x[1], formula))
        .refuses(new int[] {3, 4}, new int[] {3, 5});
  }

  OpCase refuses(int[]... shapes) {
    return new OpCase(name, inputs, tape, formula, List.of(shapes));
  }

  /** Whether each row of the result belongs to one sample. */
  boolean hasBatch() {
    return inputs.stream().anyMatch(Input::batched);
  }

  /** The class name of the operation. */
  String opName() {
    return name.split(" ", 2)[0];
  }

  @Override
  public String toString() {
    return name;
  }
}
