package advx.engine.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import advx.engine.Op;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.engine.kernel.ConvShape;
import advx.engine.kernel.PoolShape;
import advx.engine.kernel.Window;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Operations with settings: a step that has those of the step before records the same object, a
 * step with others never does. Each line differs in one setting alone.
 */
class SettingsTest {
  private static final int[] SOME = {0, 1, 2, 0};
  private static final int[] OTHERS = {2, 0, 1, 1};

  /** An operation of a shape's numbers, with two settings. */
  private record Line(
      String name, int[] shape, UnaryOperator<Var> first, UnaryOperator<Var> second) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Line line(UnaryOperator<Var> first, UnaryOperator<Var> second, int... shape) {
    String name = first.apply(leaf(new Tape(new Workers(1)), shape)).op().name();
    return new Line(name, shape, first, second);
  }

  static Stream<Line> lines() {
    return Stream.of(
        line(x -> Scale.scale(x, 2), x -> Scale.scale(x, 3), 4),
        line(x -> Shift.shift(x, 2), x -> Shift.shift(x, 3), 4),
        line(x -> DivideBy.divideBy(x, 0), x -> DivideBy.divideBy(x, -0f), 4),
        line(x -> LeakyRelu.leakyRelu(x, 0.5f), x -> LeakyRelu.leakyRelu(x, 0.25f), 4),
        line(x -> Gate.gate(x, x, 0.5f), x -> Gate.gate(x, x, 0.25f), 4),
        line(x -> Clamp.clamp(x, -1, 1), x -> Clamp.clamp(x, 0, 1), 4),
        line(x -> Clamp.clamp(x, -1, 1), x -> Clamp.clamp(x, -1, 0), 4),
        line(x -> Pick.pick(x, 1, SOME), x -> Pick.pick(x, 1, OTHERS), 4, 4),
        line(x -> Pick.pick(x, 1, SOME), x -> Pick.pick(x, 0, SOME), 4, 4),
        line(x -> Scatter.scatter(x, 1, 3, SOME), x -> Scatter.scatter(x, 1, 3, OTHERS), 4),
        line(x -> Scatter.scatter(x, 1, 4, SOME), x -> Scatter.scatter(x, 0, 4, SOME), 4),
        line(x -> Maximum.maximum(x, 1), x -> Maximum.maximum(x, 0), 4, 4),
        line(x -> Slice.slice(x, 1, 0, 2), x -> Slice.slice(x, 1, 1, 3), 4, 4),
        line(x -> Slice.slice(x, 1, 1, 4), x -> Slice.slice(x, 0, 1, 4), 4, 4),
        line(x -> Pad.pad(x, 1, 0, 6), x -> Pad.pad(x, 1, 1, 6), 4, 4),
        line(x -> Pad.pad(x, 1, 1, 6), x -> Pad.pad(x, 0, 1, 6), 4, 4),
        line(x -> Concat.concat(1, x, x), x -> Concat.concat(0, x, x), 4, 4),
        line(x -> Transpose.transpose(x, 0, 1), x -> Transpose.transpose(x, 0, 2), 2, 2, 2),
        line(x -> Transpose.transpose(x, 0, 2), x -> Transpose.transpose(x, 1, 2), 2, 2, 2),
        line(x -> last(x, 2, 3, 1), x -> last(x, 1, 3, 2), 4, 6),
        line(x -> last(x, 2, 3, 1), x -> last(x, 2, 1, 3), 4, 6),
        line(x -> last(x, 2, 3, 1), x -> last(x, 3, 2, 1), 4, 6),
        line(x -> loss(x, SOME), x -> loss(x, OTHERS), 4, 3),
        line(
            x -> AveragePool.averagePool(x, pool(1)),
            x -> AveragePool.averagePool(x, pool(2)),
            IMAGE),
        line(x -> MaxPool.maxPool(x, pool(1)), x -> MaxPool.maxPool(x, pool(2)), IMAGE),
        line(x -> convolution(x, 1), x -> convolution(x, 2), IMAGE),
        line(x -> maxout(x, 2), x -> maxout(x, 3), 4, 4));
  }

  private static final int[] IMAGE = {2, 5, 5, 1};

  private static PoolShape pool(int stride) {
    return new PoolShape(5, 5, 1, new Window(1, 1, stride, stride, 0, 0, 0, 0));
  }

  private static Var convolution(Var x, int stride) {
    var shape = ConvShape.plain(5, 5, 1, 2, 1, new Window(1, 1, stride, stride, 0, 0, 0, 0));
    Tape tape = x.tape();
    return Conv2d.conv2d(x, leaf(tape, 2, 1, 1, 1), leaf(tape, 2), shape);
  }

  private static Var maxout(Var x, int pieces) {
    return Maxout.maxout(x, leaf(x.tape(), 6, 4), leaf(x.tape(), 6), pieces);
  }

  private static Var last(Var x, int height, int width, int channels) {
    return ChannelsLast.channelsLast(x, height, width, channels);
  }

  private static Var loss(Var x, int[] labels) {
    return SoftmaxCrossEntropy.softmaxCrossEntropy(x, labels);
  }

  /** Numbers from −1 up, none of them equal. */
  private static Var leaf(Tape tape, int... shape) {
    Tensor x = Tensor.zeros(shape);
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = (float) (i * 7 % 53) / 20 - 1;
    }
    return tape.variable(x, "x");
  }

  /** What a step leaves: the operations of its value and its gradient, and that gradient. */
  private record Step(Op forward, Op backward, float[] gradient) {
    static Step of(Tape tape, Line line, UnaryOperator<Var> op) {
      tape.rewind();
      Var x = leaf(tape, line.shape());
      Var y = op.apply(x);
      tape.backward(y);
      return new Step(y.op(), x.gradient().op(), x.gradient().data().clone());
    }
  }

  @ParameterizedTest
  @MethodSource("lines")
  void equalSettingsAreUsedAgainAndOthersAreNot(Line line) {
    var tape = new Tape(new Workers(1));
    Step first = Step.of(tape, line, line.first());
    Step again = Step.of(tape, line, line.first());
    assertSame(first.forward(), again.forward());
    assertSame(first.backward(), again.backward());
    Step other = Step.of(tape, line, line.second());
    assertNotSame(first.forward(), other.forward());
    Step fresh = Step.of(new Tape(new Workers(1)), line, line.second());
    assertArrayEquals(fresh.gradient(), other.gradient());
  }

  /** A mask is another buffer where the step before had another shape. */
  @Test
  void masksAreUsedAgain() {
    var tape = new Tape(new Workers(1));
    List<Op> ops =
        Stream.of(4, 4, 8)
            .map(
                columns -> {
                  tape.rewind();
                  Var x = leaf(tape, 2, columns);
                  return Dropout.dropout(x, 0.5f, 2, 1, 0, 0, new int[] {0, 1}).op();
                })
            .toList();
    assertSame(ops.get(0), ops.get(1));
    assertNotSame(ops.get(1), ops.get(2));
  }
}
