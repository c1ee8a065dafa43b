package advx.bench.work;

import advx.engine.InputException;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.engine.kernel.SoftmaxRows;
import advx.engine.op.SoftmaxCrossEntropy;

/** Softmax of rows, the logarithm of its denominator, or the cross-entropy with its gradient. */
abstract class SoftmaxWork extends Work {
  final int rows;
  final int columns;
  final float[] z;

  /** A number's share of a row: a difference, an exponential, a sum. */
  private static final double EACH = 2 + FunctionWork.EXP_FLOPS;

  private SoftmaxWork(Shape shape, double more, double bytes) {
    super(
        (EACH + more) * shape.size("rows") * shape.size("columns"),
        bytes * shape.size("rows") * shape.size("columns"));
    rows = shape.size("rows");
    columns = shape.size("columns");
    z = Numbers.uniform(rows * columns, 0, -4, 4);
  }

  static Work of(Shape shape, Workers workers) {
    return switch (shape.word("op")) {
      case "softmax" -> new Probabilities(shape);
      case "logsumexp" -> new LogSumExp(shape);
      case "loss" -> new Loss(shape, workers);
      default ->
          throw new InputException(
              "shapes.txt: '%s' has op=%s: give softmax, logsumexp or loss."
                  .formatted(shape.name(), shape.word("op")));
    };
  }

  /** Σ e^z over a row. */
  final double denominator(int row) {
    double sum = 0;
    for (int i = 0; i < columns; i++) {
      sum += StrictMath.exp(z[row * columns + i]);
    }
    return sum;
  }

  private static final class Probabilities extends SoftmaxWork {
    private final float[] y = new float[rows * columns];
    private final float[] lanes = new float[64];

    Probabilities(Shape shape) {
      super(shape, 1, 8);
    }

    @Override
    public void run() {
      SoftmaxRows.softmax(z, y, rows, columns, lanes);
    }

    @Override
    public void check() {
      run();
      for (int at = 0; at < y.length; at += Numbers.stride(y.length)) {
        double expected = StrictMath.exp(z[at]) / denominator(at / columns);
        Numbers.expect("softmax", at, expected, y[at], 1e-6);
      }
    }
  }

  private static final class LogSumExp extends SoftmaxWork {
    private final float[] out = new float[rows];
    private final float[] lanes = new float[64];
    private final float[] scratch = new float[rows * columns];

    LogSumExp(Shape shape) {
      super(shape, 0, 4);
    }

    @Override
    public void run() {
      SoftmaxRows.logSumExp(z, out, rows, columns, lanes, scratch);
    }

    @Override
    public void check() {
      run();
      for (int row = 0; row < rows; row += Numbers.stride(rows)) {
        Numbers.expect("logSumExp", row, StrictMath.log(denominator(row)), out[row], 1e-5);
      }
    }
  }

  /** As in a training step: recorded, and differentiated with respect to the logits. */
  private static final class Loss extends SoftmaxWork {
    private final Tape tape;
    private final Tensor logits;
    private final int[] labels;
    private Var loss;
    private Var leaf;

    Loss(Shape shape, Workers workers) {
      super(shape, 3, 8);
      tape = new Tape(workers);
      logits = Tensor.of(z, rows, columns);
      labels = Numbers.indices(rows, 1, columns);
    }

    @Override
    public void run() {
      tape.rewind();
      leaf = tape.variable(logits, "z");
      loss = SoftmaxCrossEntropy.softmaxCrossEntropy(leaf, labels);
      tape.backward(loss);
    }

    @Override
    public void check() {
      run();
      for (int at = 0; at < z.length; at += Numbers.stride(z.length)) {
        int row = at / columns;
        int label = labels[row];
        double p = StrictMath.exp(z[at]) / denominator(row);
        double slope = p - (at % columns == label ? 1 : 0);
        Numbers.expect("cross-entropy's slope", at, slope, leaf.gradient().data()[at], 1e-5);
        double cost = StrictMath.log(denominator(row)) - z[row * columns + label];
        Numbers.expect("cross-entropy", row, cost, loss.data()[row], 1e-5);
      }
    }

    @Override
    public boolean taped() {
      return true;
    }
  }
}
