package advx.engine.warm;

import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.engine.kernel.Adam;
import advx.engine.kernel.ConvShape;
import advx.engine.kernel.Extremes;
import advx.engine.kernel.Gemm;
import advx.engine.kernel.Lanes;
import advx.engine.kernel.SgdStep;
import advx.engine.kernel.SignStep;
import advx.engine.kernel.Sums;
import advx.engine.kernel.Window;
import advx.engine.op.Conv2d;
import advx.engine.op.Dense;
import advx.engine.op.Dropout;
import advx.engine.op.Exp;
import advx.engine.op.Log;
import advx.engine.op.Maxout;
import advx.engine.op.Rbf;
import advx.engine.op.Relu;
import advx.engine.op.Reshape;
import advx.engine.op.Sigmoid;
import advx.engine.op.SoftmaxCrossEntropy;
import advx.engine.op.Softplus;
import advx.engine.op.Tanh;
import java.util.ArrayList;
import java.util.List;

/** Short calls of all kernels, on operands of their own, with every branch that real sizes take. */
final class Rehearsal {
  private static final int LANES = Lanes.COUNT;

  /** Inputs of layers: two whole blocks of columns, and some more that fill half of a block. */
  private static final int IN = 16 * LANES + 45;

  /** One whole block, and some more that fill little of one. */
  private static final int FEW_IN = 9 * LANES + 3;

  private static final int UNITS = 24;

  /** Rows that leave some over, whatever the height of a tile. */
  private static final int ROWS = 29;

  /** Depth of a product of two blocks. */
  private static final int DEEP = 810;

  private static final int PIECES = 5;
  private static final int CLASSES = 10;
  private static final int NUMBERS = 271;
  private static final int SIDE = 12;

  private final Workers workers;
  private final Tape tape;
  private final float[] lanes = new float[Lanes.LOGICAL];
  private int step;
  private float sink;

  private Rehearsal(Workers workers) {
    this.workers = workers;
    tape = new Tape(workers);
  }

  /** One call each; together they are a few milliseconds when all is compiled. */
  static List<Runnable> calls(Workers workers) {
    Rehearsal rehearsal = new Rehearsal(workers);
    List<Runnable> calls = new ArrayList<>();
    // Four vectors of columns, and one to three more, and a half: every tile has its turn.
    for (int rest = 1; rest <= 3; rest++) {
      int columns = (4 + rest) * LANES;
      calls.add(rehearsal.products(UNITS, columns));
      calls.add(rehearsal.products(ROWS, columns - 3));
      calls.add(rehearsal.maxout(columns, IN));
      calls.add(rehearsal.maxout(columns - LANES / 2 - 1, FEW_IN));
    }
    calls.add(rehearsal.deepProduct(10 * LANES + 5));
    calls.add(rehearsal.deepProduct(256));
    calls.add(rehearsal.dense());
    calls.add(rehearsal.convolution(1, 32));
    calls.add(rehearsal.convolution(32, 32));
    calls.add(rehearsal.functions());
    calls.add(rehearsal.reductions());
    calls.add(rehearsal.steps());
    return calls;
  }

  private static float[] numbers(int n) {
    RandomStream random = new RandomStream(1, Purpose.TEST, 5, n, 0);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.uniform(-1, 1);
    }
    return x;
  }

  private static Tensor tensor(int... sizes) {
    Tensor tensor = Tensor.zeros(sizes);
    System.arraycopy(numbers(tensor.size()), 0, tensor.data(), 0, tensor.size());
    return tensor;
  }

  private static int[] indices(int n, int bound) {
    int[] x = new int[n];
    for (int i = 0; i < n; i++) {
      x[i] = i % bound;
    }
    return x;
  }

  private Runnable products(int rows, int columns) {
    int k = 32;
    float[] a = numbers(rows * k);
    float[] b = numbers(columns * k);
    float[] c = new float[rows * columns];
    return () -> {
      int n = columns;
      Gemm.product(workers, false, false, rows, n, k, a, k, b, n, c, n);
      Gemm.product(workers, true, false, rows, n, k, a, rows, b, n, c, n);
      Gemm.gemm(workers, false, true, rows, n, k, a, k, b, k, c, n);
      Gemm.gemm(workers, true, false, rows, n, k, a, rows, b, n, c, n);
      Gemm.product(workers, true, false, CLASSES, n, k, a, CLASSES, b, n, c, n);
      Gemm.product(workers, false, true, n, CLASSES, k, b, k, a, k, c, CLASSES);
      Gemm.product(workers, false, true, n, rows, k, b, k, a, k, c, rows);
    };
  }

  /** Two blocks deep, with more numbers in B than a second cache is to hold: read, or packed. */
  private Runnable deepProduct(int n) {
    float[] a = numbers(ROWS * DEEP);
    float[] b = numbers(DEEP * n);
    float[] c = new float[ROWS * n];
    return () -> {
      Gemm.product(workers, false, false, ROWS, n, DEEP, a, DEEP, b, n, c, n);
      Gemm.product(workers, true, false, ROWS, n, DEEP, a, ROWS, b, n, c, n);
    };
  }

  private Runnable maxout(int samples, int in) {
    Tensor x = tensor(samples, in);
    Tensor w = tensor(UNITS * PIECES, in);
    Tensor b = tensor(UNITS * PIECES);
    Tensor top = tensor(CLASSES, UNITS);
    Tensor bias = tensor(CLASSES);
    float[] velocity = new float[w.size()];
    int[] labels = indices(samples, CLASSES);
    int[] which = indices(samples, samples);
    return () -> {
      tape.rewind();
      Var weight = tape.variable(w, "w");
      Var y = Maxout.maxout(tape.variable(x, "x"), weight, tape.variable(b, "b"), PIECES);
      y = Dropout.dropout(y, 0.5f, 2, 1, step++, 0, which);
      Var z = Dense.dense(y, tape.variable(top, "top"), tape.variable(bias, "bias"));
      tape.backward(SoftmaxCrossEntropy.softmaxCrossEntropy(z, labels));
      Maxout.step(weight.gradient(), w.data(), velocity, 0.001f, 0.5f, 1);
    };
  }

  private Runnable dense() {
    Tensor x = tensor(100, IN);
    Tensor w = tensor(UNITS, IN);
    Tensor b = tensor(UNITS);
    Tensor centres = tensor(CLASSES, IN);
    Tensor scales = tensor(CLASSES, IN);
    return () -> {
      tape.rewind();
      Var in = tape.variable(x, "x");
      Var y = Dense.dense(in, tape.variable(w, "w"), tape.variable(b, "b"));
      tape.backward(Relu.relu(y), tape.constant(y.value()), false);
      Rbf.rbf(in, tape.constant(centres), tape.constant(scales));
    };
  }

  private Runnable convolution(int channels, int units) {
    int samples = 2;
    int kernel = 5;
    Window same = Window.same(kernel, kernel, 1, 1, SIDE, SIDE);
    ConvShape shape = new ConvShape(SIDE, SIDE, channels, units, 1, 1, same, Window.of(2, 2, 0));
    Tensor x = tensor(samples, SIDE, SIDE, channels);
    Tensor w = tensor(units, channels, kernel, kernel);
    Tensor b = tensor(units);
    Tensor dy = tensor(samples, shape.outputs());
    return () -> {
      tape.rewind();
      Var y =
          Conv2d.conv2d(tape.variable(x, "x"), tape.variable(w, "w"), tape.variable(b, "b"), shape);
      Var flat = Reshape.reshape(Relu.relu(y), samples, shape.outputs());
      tape.backward(flat, tape.constant(dy), false);
    };
  }

  private Runnable functions() {
    Tensor x = Tensor.of(numbers(NUMBERS), NUMBERS);
    Tensor positive = Tensor.zeros(NUMBERS).fill(0.7f);
    return () -> {
      tape.rewind();
      Var in = tape.constant(x);
      Exp.exp(in);
      Log.log(tape.constant(positive));
      Tanh.tanh(in);
      Sigmoid.sigmoid(in);
      Softplus.softplus(in);
    };
  }

  private Runnable reductions() {
    float[] x = numbers(NUMBERS);
    float[] y = numbers(NUMBERS + 1);
    return () -> {
      sink +=
          Sums.sum(x, 0, NUMBERS, lanes)
              + Sums.absolutes(x, 0, NUMBERS, lanes)
              + Sums.squares(x, 0, NUMBERS, lanes)
              + Sums.dot(x, 0, y, 1, NUMBERS, lanes)
              + Sums.squaredDistance(x, 0, y, 1, NUMBERS, lanes)
              + Extremes.max(x, 0, NUMBERS)
              + Extremes.argmax(x, 0, NUMBERS);
    };
  }

  private Runnable steps() {
    int rows = 8;
    float[] w = numbers(rows * NUMBERS);
    float[] g = numbers(rows * NUMBERS + 1);
    float[] v = new float[w.length];
    float[] m = new float[w.length];
    return () -> {
      SgdStep.step(workers, w, v, g, rows, NUMBERS, 0.001f, 0.5f, 1);
      Adam.step(w, m, v, g, 0, w.length, 0.001f, 0.9f, 0.999f, 1e-8f, 1, 1);
      SignStep.step(w, 0, g, 1, 0.001f, m, 0, NUMBERS);
      SignStep.clippedStep(w, 0, g, 1, 0.001f, -1, 1, m, 0, NUMBERS);
    };
  }
}
