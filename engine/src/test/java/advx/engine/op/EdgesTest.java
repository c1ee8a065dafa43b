package advx.engine.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Where formulas end: kinks, ties, zeros, infinities, NaN, empty batches. */
class EdgesTest {
  private static final float INF = Float.POSITIVE_INFINITY;
  private static final float NAN = Float.NaN;

  private final Tape tape = new Tape(new Workers(1));

  private Var rows(int rows, float... x) {
    return tape.variable(Tensor.of(x, rows, x.length / rows), "x");
  }

  private Var row(float... x) {
    return rows(1, x);
  }

  /** The value of the operation; leaves its gradient in x. */
  private float[] run(UnaryOperator<Var> op, Var x) {
    Var y = op.apply(x);
    tape.backward(y);
    return y.data();
  }

  private float[] gradient(UnaryOperator<Var> op, float... numbers) {
    Var x = row(numbers);
    run(op, x);
    return x.gradient() == null ? new float[numbers.length] : x.gradient().data();
  }

  /** −0 equals +0. */
  private static void equal(float[] expected, float[] actual, String what) {
    assertArrayEquals(expected, plusZero(actual), what);
  }

  private static float[] plusZero(float[] x) {
    float[] y = new float[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = x[i] + 0f;
    }
    return y;
  }

  @Test
  void derivativesAtKinks() {
    equal(new float[] {0, 0, 1}, gradient(Relu::relu, -1, 0, 1), "relu");
    equal(
        new float[] {0.1f, 0.1f, 1},
        gradient(x -> LeakyRelu.leakyRelu(x, 0.1f), -1, 0, 1),
        "leaky relu");
    equal(new float[] {-1, 0, 0, 1}, gradient(Abs::abs, -1, 0, -0f, 1), "abs");
    equal(new float[] {0, 0, 0}, gradient(Sign::sign, -1, 0, 1), "sign");
    equal(
        new float[] {0, 1, 1, 1, 0},
        gradient(x -> Clamp.clamp(x, -1, 1), -2, -1, 0, 1, 2),
        "clamp");
    equal(new float[] {0, 0, 0}, gradient(L1Norm::l1Norm, 0, 0, 0), "L1 norm of 0");
    equal(new float[] {-1, 0, 1}, gradient(L1Norm::l1Norm, -2, 0, 3), "L1 norm");
    equal(new float[] {0, 0, 0}, gradient(L2Norm::l2Norm, 0, 0, 0), "L2 norm of 0");
  }

  @Test
  void signOfZeroIsZero() {
    equal(new float[] {-1, 0, 0, 1}, Sign.sign(row(-3, -0f, 0, 3)).data(), "sign");
  }

  @Test
  void secondDerivativeOfTheNormAtZeroIsZero() {
    Var x = rows(2, 0, 0, 3, 4);
    Var y = L2Norm.l2Norm(x);
    tape.backward(y, tape.constant(Tensor.zeros(2).fill(1)), true);
    Var slope = x.gradient();
    equal(new float[] {0, 0, 0.6f, 0.8f}, slope.data(), "first");
    tape.clearGradients();
    tape.backward(slope);
    // (I − x xᵀ/‖x‖²)/‖x‖ of (3, 4), its columns summed: (1 − .36 − .48, 1 − .48 − .64)/5
    assertArrayEquals(new float[] {0, 0, 0.032f, -0.024f}, x.gradient().data(), 1e-7f);
  }

  @Test
  void quotientByZeroIsZeroWithAllDerivatives() {
    Var x = row(5, 6);
    Var y = row(0, 2);
    Var z = DivideOrZero.divideOrZero(x, y);
    equal(new float[] {0, 3}, z.data(), "value");
    tape.backward(z);
    equal(new float[] {0, 0.5f}, x.gradient().data(), "dx");
    equal(new float[] {0, -1.5f}, y.gradient().data(), "dy");
  }

  @Test
  void maximumTakesTheLowestOfEquals() {
    Var x = rows(3, 1, 5, 5, -0f, 0, -0f, -INF, -INF, -INF);
    float[] y = run(v -> Maximum.maximum(v, 1), x);
    equal(new float[] {5, 0, -INF}, y, "along a row");
    equal(new float[] {0, 1, 0, 1, 0, 0, 1, 0, 0}, x.gradient().data(), "gradient");

    Var columns = rows(3, 1, 7, 4, 7, 4, 0);
    equal(new float[] {4, 7}, run(v -> Maximum.maximum(v, 0), columns), "along a column");
    equal(new float[] {0, 1, 1, 0, 0, 0}, columns.gradient().data(), "gradient");
  }

  @Test
  void notANumberIsTheMaximum() {
    Var x = rows(2, 1, NAN, 3, NAN, 2, NAN);
    equal(new float[] {NAN, NAN}, run(v -> Maximum.maximum(v, 1), x), "along a row");
    equal(new float[] {0, 1, 0, 1, 0, 0}, x.gradient().data(), "gradient");
    equal(new float[] {NAN, NAN, NAN}, Maximum.maximum(x, 0).data(), "along a column");
  }

  @Test
  void notANumberStaysNotANumber() {
    Map<String, UnaryOperator<Var>> ops = new LinkedHashMap<>();
    ops.put("Relu", Relu::relu);
    ops.put("LeakyRelu", x -> LeakyRelu.leakyRelu(x, 0.1f));
    ops.put("Abs", Abs::abs);
    ops.put("Sign", Sign::sign);
    ops.put("Clamp", x -> Clamp.clamp(x, -1, 1));
    ops.put("Square", Square::square);
    ops.put("Sqrt", Sqrt::sqrt);
    ops.put("Exp", Exp::exp);
    ops.put("Log", Log::log);
    ops.put("Tanh", Tanh::tanh);
    ops.put("Sigmoid", Sigmoid::sigmoid);
    ops.put("Softplus", Softplus::softplus);
    ops.put("Sum", x -> Sum.sum(x, 1));
    ops.put("L1Norm", L1Norm::l1Norm);
    ops.put("L2Norm", L2Norm::l2Norm);
    ops.put("Softmax", Softmax::softmax);
    ops.put("LogSoftmax", LogSoftmax::logSoftmax);
    ops.put("SoftmaxCrossEntropy", x -> SoftmaxCrossEntropy.softmaxCrossEntropy(x, new int[1]));
    ops.put(
        "BinaryCrossEntropy",
        x -> BinaryCrossEntropy.binaryCrossEntropy(x, Tensor.zeros(x.value().shape())));
    ops.forEach(
        (name, op) -> {
          float[] y = op.apply(row(NAN, NAN, NAN)).data();
          for (float v : y) {
            assertTrue(Float.isNaN(v), name + " of NaN gave " + v);
          }
          float[] mixed = op.apply(row(0.5f, NAN, 0.25f)).data();
          boolean any = false;
          for (float v : mixed) {
            any |= Float.isNaN(v);
          }
          assertTrue(any, name + " lost a NaN");
        });
  }

  @Test
  void closedGateLetsNothingThrough() {
    Var x = row(-1, 0, 1);
    Var y = row(NAN, INF, 2);
    equal(new float[] {0, 0, 2}, Gate.gate(x, y, 0).data(), "gate");
  }

  @Test
  void infinities() {
    equal(new float[] {0, INF}, Relu.relu(row(-INF, INF)).data(), "relu");
    equal(new float[] {-1, 1}, Clamp.clamp(row(-INF, INF), -1, 1).data(), "clamp");
    equal(new float[] {-1, 1}, Sign.sign(row(-INF, INF)).data(), "sign");
    equal(new float[] {0, INF}, Exp.exp(row(-INF, INF)).data(), "exp");
    equal(new float[] {NAN, -INF, -INF, INF}, Log.log(row(-1, 0, -0f, INF)).data(), "log");
    equal(new float[] {NAN, 0, INF}, Sqrt.sqrt(row(-1, 0, INF)).data(), "sqrt");
    equal(new float[] {-1, 1}, Tanh.tanh(row(-INF, INF)).data(), "tanh");
    equal(new float[] {0, 1}, Sigmoid.sigmoid(row(-INF, INF)).data(), "sigmoid");
    equal(new float[] {0, INF}, Softplus.softplus(row(-INF, INF)).data(), "softplus");
    equal(new float[] {INF, -INF, NAN}, Divide.divide(row(1, -1, 0), row(0, 0, 0)).data(), "/");
    equal(new float[] {INF}, L2Norm.l2Norm(row(1, -INF)).data(), "L2 norm");
    equal(new float[] {INF}, L1Norm.l1Norm(row(1, -INF)).data(), "L1 norm");
    equal(new float[] {0.5f, 0, 0.5f}, Softmax.softmax(row(0, -INF, 0)).data(), "softmax");
  }

  @Test
  void normsOfTinyAndHugeRows() {
    float[] y = L2Norm.l2Norm(rows(4, 3e-30f, 4e-30f, 3e30f, 4e30f, 3e-42f, 4e-42f, 0, 0)).data();
    assertEquals(5e-30f, y[0], 5e-36f);
    assertEquals(5e30f, y[1], 5e24f);
    assertEquals(5e-42f, y[2], 3e-45f);
    assertEquals(0, y[3]);
    assertArrayEquals(new float[] {0.6f, 0.8f}, gradient(L2Norm::l2Norm, 3e-30f, 4e-30f), 1e-6f);
  }

  @Test
  void emptyBatches() {
    Var x = tape.variable(Tensor.zeros(0, 3), "x");
    assertEquals("[0, 3]", Softmax.softmax(x).value().shapeString());
    assertEquals(
        "[0]", SoftmaxCrossEntropy.softmaxCrossEntropy(x, new int[0]).value().shapeString());
    assertEquals("[0]", Maximum.maximum(x, 1).value().shapeString());
    assertEquals("[0]", L2Norm.l2Norm(x).value().shapeString());
    assertEquals("[3, 0]", Transpose.transpose(x).value().shapeString());
    assertEquals("[0, 5, 3]", Expand.expand(x, 1, 5).value().shapeString());
    assertArrayEquals(new float[3], Sum.sum(x, 0).data());
    assertArrayEquals(new float[1], Sum.sum(x).data());
    Var b = tape.variable(Tensor.zeros(3), "b");
    tape.backward(Bias.bias(x, b));
    assertArrayEquals(new float[3], b.gradient().data());
  }

  @Test
  void wrongIndicesAndSettings() {
    Var x = rows(2, 1, 2, 3, 4, 5, 6);
    refused("Pick: got index 3 at position 1", () -> Pick.pickLabel(x, new int[] {0, 3}));
    refused(
        "Pick: got 1 indices for shape [2, 3], expected 2", () -> Pick.pickLabel(x, new int[1]));
    refused(
        "SoftmaxCrossEntropy: got index -1 at position 0",
        () -> SoftmaxCrossEntropy.softmaxCrossEntropy(x, new int[] {-1, 0}));
    refused("Scatter: got index 7", () -> Scatter.scatter(x, 2, 7, sevens()));
    refused("Sum: got axis 2 of shape [2, 3], expected 0 to 1", () -> Sum.sum(x, 2));
    refused("Maximum: got axis -1", () -> Maximum.maximum(x, -1));
    refused("Slice: got 1 to 4 on axis 1 of shape [2, 3]", () -> Slice.slice(x, 1, 1, 4));
    refused("Pad: got shape [2, 3] at 1 of an axis of size 3", () -> Pad.pad(x, 1, 1, 3));
    refused("Expand: got shape [2, 3], new axis 3", () -> Expand.expand(x, 3, 2));
    refused("Clamp: got low 1.0 and high 0.0", () -> Clamp.clamp(x, 1, 0));
    refused("Concat: got no tensor", () -> Concat.concat(0));
    refused(
        "Dropout: got 1 samples for shape [2, 3]",
        () -> Dropout.dropout(x, 0.5f, 2, 1, 0, 0, new int[1]));
    refused("Dropout: got keep 0.0", () -> Dropout.dropout(x, 0, 2, 1, 0, 0, new int[2]));
  }

  private static int[] sevens() {
    int[] index = new int[6];
    Arrays.fill(index, 7);
    return index;
  }

  private static void refused(String sentence, org.junit.jupiter.api.function.Executable call) {
    var error = assertThrows(IllegalArgumentException.class, call);
    assertTrue(error.getMessage().startsWith(sentence), error.getMessage());
  }
}
