package advx.engine.op;

import static advx.engine.op.Draws.apart;
import static advx.engine.op.Draws.away;
import static advx.engine.op.Draws.between;
import static advx.engine.op.Draws.distinct;
import static advx.engine.op.Draws.integers;
import static advx.engine.op.Formulas.along;
import static advx.engine.op.Formulas.block;
import static advx.engine.op.Formulas.eachRow;
import static advx.engine.op.Formulas.joined;
import static advx.engine.op.Formulas.logSumExp;
import static advx.engine.op.Formulas.map;
import static advx.engine.op.Formulas.maxima;
import static advx.engine.op.Formulas.one;
import static advx.engine.op.Formulas.product;
import static advx.engine.op.Formulas.repeated;
import static advx.engine.op.Formulas.row;
import static advx.engine.op.Formulas.rows;
import static advx.engine.op.Formulas.sigmoid;
import static advx.engine.op.Formulas.sum;
import static advx.engine.op.Formulas.transposed;
import static advx.engine.op.Formulas.zip;
import static advx.engine.op.OpCase.ROWS;
import static advx.engine.op.OpCase.batch;
import static advx.engine.op.OpCase.binary;
import static advx.engine.op.OpCase.op;
import static advx.engine.op.OpCase.unary;
import static advx.engine.op.OpCase.whole;

import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.kernel.DropoutMask;
import advx.engine.op.OpCase.Draw;
import advx.engine.op.OpCase.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The table of all operations. A new one gets a line here, and with it all the tests of {@link
 * OpCasesTest}: value, first and second derivative, independence of the batch, shape errors.
 *
 * <p>n stands for an awkward size; a formula sees its inputs as plain arrays of doubles.
 */
final class OpCases {
  private static final Draw ANY = between(-2, 2);
  private static final Draw NOT_0 = away(0, 2);
  private static final Shape SCALAR = n -> new int[] {};
  private static final Shape LINE = n -> new int[] {n};
  private static final Shape TALL = n -> new int[] {n, 3};
  private static final Shape CUBE = n -> new int[] {2, n, 3};

  private static final List<OpCase> ELEMENTS =
      List.of(
          binary("Add", ANY, ANY, Add::add, (a, b) -> a + b),
          binary("Subtract", ANY, ANY, Subtract::subtract, (a, b) -> a - b),
          binary("Multiply", ANY, ANY, Multiply::multiply, (a, b) -> a * b),
          binary("Divide", ANY, NOT_0, Divide::divide, (a, b) -> a / b),
          binary("DivideOrZero", ANY, NOT_0, DivideOrZero::divideOrZero, (a, b) -> a / b),
          unary("Negate", ANY, Negate::negate, v -> -v),
          unary("Scale", ANY, x -> Scale.scale(x, -0.75f), v -> -0.75 * v),
          unary("Shift", ANY, x -> Shift.shift(x, 0.5f), v -> v + 0.5),
          unary("DivideBy", ANY, x -> DivideBy.divideBy(x, 3), v -> v / 3),
          unary("Square", ANY, Square::square, v -> v * v),
          unary("Sqrt", between(0.5f, 3), Sqrt::sqrt, Math::sqrt),
          unary("Exp", ANY, Exp::exp, Math::exp),
          unary("Log", between(0.5f, 3), Log::log, Math::log),
          unary("Tanh", ANY, Tanh::tanh, Math::tanh),
          unary("Sigmoid", between(-6, 6), Sigmoid::sigmoid, Formulas::sigmoid),
          unary("Softplus", between(-6, 6), Softplus::softplus, v -> Math.log1p(Math.exp(v))),
          unary("Relu", NOT_0, Relu::relu, v -> Math.max(v, 0)),
          unary("LeakyRelu", NOT_0, x -> LeakyRelu.leakyRelu(x, 0.25f), v -> v > 0 ? v : v / 4),
          binary("Gate", NOT_0, ANY, (x, y) -> Gate.gate(x, y, 0), (x, y) -> x > 0 ? y : 0),
          binary(
              "Gate (slope 2)",
              NOT_0,
              ANY,
              (x, y) -> Gate.gate(x, y, 2),
              (x, y) -> x > 0 ? y : 2 * y),
          unary("Abs", NOT_0, Abs::abs, Math::abs),
          unary("Sign", NOT_0, Sign::sign, Math::signum),
          unary("Clamp (above)", away(1, 2), x -> Clamp.clamp(x, -9, 1), v -> Math.min(v, 1)),
          unary("Clamp (below)", away(-1, 2), x -> Clamp.clamp(x, -1, 9), v -> Math.max(v, -1)),
          binary(
              "BinaryCrossEntropy",
              between(-6, 6),
              between(0, 1),
              BinaryCrossEntropy::binaryCrossEntropy,
              (z, t) -> -t * Math.log(sigmoid(z)) - (1 - t) * Math.log(sigmoid(-z))),
          op(
                  "Bias",
                  List.of(batch(ROWS, ANY), whole(LINE, ANY)),
                  (x, first) -> Bias.bias(x[0], x[1]),
                  (n, x) -> rows(x[0], n, row -> zip(row, x[1], Double::sum)))
              .refuses(new int[] {3, 4}, new int[] {5}),
          op(
              "Bias (three axes)",
              List.of(batch(n -> new int[] {2, 3, n}, ANY), whole(LINE, ANY)),
              (x, first) -> Bias.bias(x[0], x[1]),
              (n, x) -> rows(x[0], n, row -> zip(row, x[1], Double::sum))),
          op(
              "Dropout",
              List.of(batch(ROWS, ANY)),
              (x, first) -> Dropout.dropout(x[0], 0.5f, 2, 77, 5, 1, samples(x[0], first)),
              (n, x) -> zip(x[0], masks(n), (v, m) -> v * m)));

  private static final List<OpCase> SUMS =
      List.of(
          op("Sum", whole(CUBE, ANY), Sum::sum, (n, x) -> one(sum(x))),
          op("Sum (line)", whole(LINE, ANY), x -> Sum.sum(x, 0), (n, x) -> one(sum(x))),
          op(
              "Sum (axis 0)",
              whole(TALL, ANY),
              x -> Sum.sum(x, 0),
              (n, x) -> along(x, n, 3, Formulas::sum)),
          op(
              "Sum (axis 1 of 2)",
              batch(ROWS, ANY),
              x -> Sum.sum(x, 1),
              (n, x) -> along(x, n, 1, Formulas::sum)),
          op(
              "Sum (axis 1 of 3)",
              batch(CUBE, ANY),
              x -> Sum.sum(x, 1),
              (n, x) -> along(x, n, 3, Formulas::sum)),
          op("Mean", whole(ROWS, ANY), Mean::mean, (n, x) -> one(sum(x) / (3 * n))),
          op(
              "Mean (axis 1 of 3)",
              batch(CUBE, ANY),
              x -> Mean.mean(x, 1),
              (n, x) -> along(x, n, 3, run -> sum(run) / n)),
          op(
              "Expand (scalar)",
              whole(SCALAR, ANY),
              x -> Expand.expand(x, Tensor.zeros(3, 5)),
              (n, x) -> repeated(x, 15)),
          op(
              "Expand (axis 0)",
              whole(LINE, ANY),
              x -> Expand.expand(x, 0, 2),
              (n, x) -> joined(x, x)),
          op(
              "Expand (last axis)",
              batch(ROWS, ANY),
              x -> Expand.expand(x, 2, 5),
              (n, x) -> repeated(x, 5)),
          op(
                  "L1Norm",
                  batch(ROWS, NOT_0),
                  L1Norm::l1Norm,
                  (n, x) -> eachRow(x, n, row -> sum(map(row, Math::abs))))
              .refuses(new int[] {4}),
          op("L2Norm", batch(ROWS, NOT_0), L2Norm::l2Norm, (n, x) -> eachRow(x, n, Formulas::norm))
              .refuses(new int[] {4}),
          op(
              "L2Norm (three axes)",
              batch(CUBE, NOT_0),
              L2Norm::l2Norm,
              (n, x) -> eachRow(x, 3 * n, Formulas::norm)));

  private static final List<OpCase> CLASSES =
      List.of(
          op("Softmax", batch(ROWS, ANY), Softmax::softmax, (n, x) -> rows(x, n, Formulas::softmax))
              .refuses(new int[] {4}),
          op(
                  "LogSoftmax",
                  batch(ROWS, ANY),
                  LogSoftmax::logSoftmax,
                  (n, x) -> rows(x, n, row -> map(row, v -> v - logSumExp(row))))
              .refuses(new int[] {4}),
          op(
                  "SoftmaxCrossEntropy",
                  List.of(batch(ROWS, ANY)),
                  (z, first) -> SoftmaxCrossEntropy.softmaxCrossEntropy(z[0], labels(z[0], first)),
                  (n, z) ->
                      zip(eachRow(z[0], n, Formulas::logSumExp), picked(z[0], n), (a, b) -> a - b))
              .refuses(new int[] {4}),
          op(
                  "Pick",
                  List.of(batch(ROWS, ANY)),
                  (x, first) -> Pick.pickLabel(x[0], labels(x[0], first)),
                  (n, x) -> picked(x[0], n))
              .refuses(new int[] {4}),
          op(
              "Pick (axis 0)",
              whole(TALL, ANY),
              x -> Pick.pick(x, 0, new int[3]),
              (n, x) -> Arrays.copyOf(x, 3)),
          op(
              "Pick (axis 1 of 3)",
              batch(n -> new int[] {2, 3, n}, ANY),
              x -> Pick.pick(x, 1, turns(x, 3)),
              OpCases::pickedInTurn),
          op(
              "Scatter",
              batch(ROWS, ANY),
              x -> Scatter.scatter(x, 1, 3, turns(x, 1)),
              OpCases::scatteredInTurn),
          op(
              "Maximum",
              batch(ROWS, distinct()),
              x -> Maximum.maximum(x, 1),
              (n, x) -> along(x, n, 1, Formulas::max)),
          op(
              "Maximum (axis 0)",
              whole(TALL, distinct()),
              x -> Maximum.maximum(x, 0),
              (n, x) -> along(x, n, 3, Formulas::max)),
          op(
              "Maximum (axis 1 of 3)",
              batch(CUBE, distinct()),
              x -> Maximum.maximum(x, 1),
              (n, x) -> along(x, n, 3, Formulas::max)));

  private static final List<OpCase> SHAPES =
      List.of(
          op(
                  "Reshape",
                  whole(CUBE, ANY),
                  x -> Reshape.reshape(x, 3, x.value().size() / 3),
                  (n, x) -> x)
              .refuses(new int[] {2, 2}),
          op("Transpose", whole(ROWS, ANY), Transpose::transpose, (n, x) -> transposed(x, 3, n))
              .refuses(new int[] {2, 3, 4}),
          op(
              "Transpose (last two of 3)",
              batch(CUBE, ANY),
              x -> Transpose.transpose(x, 2, 1),
              (n, x) -> transposed(x, n, 3)),
          op(
              "Slice (axis 0)",
              whole(CUBE, ANY),
              x -> Slice.slice(x, 0, 1, 2),
              (n, x) -> Arrays.copyOfRange(x, 3 * n, 6 * n)),
          op(
              "Slice (last axis)",
              batch(CUBE, ANY),
              x -> Slice.slice(x, 2, 1, 3),
              (n, x) -> block(x, 3, 1, 3)),
          op("Pad", batch(CUBE, ANY), x -> Pad.pad(x, 2, 1, 5), (n, x) -> block(x, 3, -1, 4)),
          op(
                  "Concat",
                  List.of(batch(ROWS, ANY), batch(n -> new int[] {3, 1}, ANY), batch(ROWS, ANY)),
                  (x, first) -> Concat.concat(1, x),
                  OpCases::sideBySide)
              .refuses(new int[] {2, 3}, new int[] {2, 3}, new int[] {3, 3}),
          op(
              "Concat (axis 0)",
              List.of(whole(CUBE, ANY), whole(CUBE, ANY)),
              (x, first) -> Concat.concat(0, x),
              (n, x) -> joined(x)));

  private static final List<OpCase> PRODUCTS =
      List.of(
          op(
                  "Matmul",
                  List.of(batch(ROWS, ANY), whole(n -> new int[] {n, 17}, ANY)),
                  (x, first) -> Matmul.matmul(x[0], x[1]),
                  (n, x) -> product(x[0], x[1], 3, n, 17))
              .refuses(new int[] {3, 4}, new int[] {5, 3}),
          op(
              "Matmul (first transposed)",
              List.of(whole(TALL, ANY), whole(n -> new int[] {n, 17}, ANY)),
              (x, first) -> Matmul.matmul(x[0], true, x[1], false),
              (n, x) -> product(transposed(x[0], n, 3), x[1], 3, n, 17)),
          op(
              "Matmul (second transposed)",
              List.of(batch(ROWS, ANY), whole(n -> new int[] {17, n}, ANY)),
              (x, first) -> Matmul.matmul(x[0], false, x[1], true),
              (n, x) -> product(x[0], transposed(x[1], 17, n), 3, n, 17)),
          op(
              "Matmul (both transposed)",
              List.of(whole(n -> new int[] {5, n}, ANY), whole(n -> new int[] {3, 5}, ANY)),
              (x, first) -> Matmul.matmul(x[0], true, x[1], true),
              (n, x) -> product(transposed(x[0], 5, n), transposed(x[1], 3, 5), n, 5, 3)),
          op(
                  "Dense",
                  List.of(
                      batch(ROWS, ANY),
                      whole(n -> new int[] {17, n}, ANY),
                      whole(n -> new int[] {17}, ANY)),
                  (x, first) -> Dense.dense(x[0], x[1], x[2]),
                  (n, x) -> Formulas.dense(x[0], x[1], x[2], n))
              .refuses(new int[] {3, 4}, new int[] {17, 5}, new int[] {17}),
          op(
              "Dense (n outputs)",
              List.of(batch(n -> new int[] {17, 3}, ANY), whole(TALL, ANY), whole(LINE, ANY)),
              (x, first) -> Dense.dense(x[0], x[1], x[2]),
              (n, x) -> Formulas.dense(x[0], x[1], x[2], 3)),
          op(
              "DenseInput",
              List.of(batch(ROWS, ANY), whole(n -> new int[] {n, 17}, ANY)),
              (x, first) -> DenseInput.of(x[0], x[1]),
              (n, x) -> product(x[0], x[1], 3, n, 17)),
          op(
                  "Maxout",
                  List.of(
                      batch(ROWS, integers()),
                      whole(n -> new int[] {12, n}, integers()),
                      whole(n -> new int[] {12}, apart(3))),
                  (x, first) -> Maxout.maxout(x[0], x[1], x[2], 3),
                  (n, x) -> maxima(Formulas.dense(x[0], x[1], x[2], n), 3))
              .refuses(new int[] {3, 4}, new int[] {12, 5}, new int[] {12}),
          op(
              "Maxout (n units of 2)",
              List.of(
                  batch(n -> new int[] {5, 3}, integers()),
                  whole(n -> new int[] {2 * n, 3}, integers()),
                  whole(n -> new int[] {2 * n}, apart(2))),
              (x, first) -> Maxout.maxout(x[0], x[1], x[2], 2),
              (n, x) -> maxima(Formulas.dense(x[0], x[1], x[2], 3), 2)));

  static final List<OpCase> ALL =
      Stream.of(ELEMENTS, SUMS, CLASSES, SHAPES, PRODUCTS, ImageCases.ALL)
          .flatMap(List::stream)
          .toList();

  private OpCases() {}

  private static int label(int row, int classes) {
    return (7 * row + 3) % classes;
  }

  private static int[] labels(Var z, int first) {
    int[] labels = new int[z.value().rows()];
    Arrays.setAll(labels, r -> label(first + r, z.value().columns()));
    return labels;
  }

  private static double[] picked(double[] z, int classes) {
    double[] y = new double[z.length / classes];
    Arrays.setAll(y, r -> z[r * classes + label(r, classes)]);
    return y;
  }

  private static int[] samples(Var x, int first) {
    int[] samples = new int[x.value().rows()];
    Arrays.setAll(samples, r -> 1000 + first + r);
    return samples;
  }

  private static double[] masks(int n) {
    float[] mask = new float[3 * n];
    for (int row = 0; row < 3; row++) {
      DropoutMask.mask(mask, row, n, 77, 1000 + row, 5, 1, 0.5f, 2);
    }
    double[] y = new double[3 * n];
    Arrays.setAll(y, i -> mask[i]);
    return y;
  }

  /** Indices 0, 1, 2, 0, 1, … along the last axis, for a result this many times smaller than x. */
  private static int[] turns(Var x, int smaller) {
    int n = x.value().dim(x.value().rank() - 1);
    int[] index = new int[x.value().size() / smaller];
    Arrays.setAll(index, i -> i % n % 3);
    return index;
  }

  /** Where element i of [m, n] stands in [m, 3, n] when it is at index 0, 1, 2, 0, 1, … */
  private static int inTurn(int i, int n) {
    return (i / n * 3 + i % n % 3) * n + i % n;
  }

  private static double[] pickedInTurn(int n, double[] x) {
    double[] y = new double[x.length / 3];
    Arrays.setAll(y, i -> x[inTurn(i, n)]);
    return y;
  }

  private static double[] scatteredInTurn(int n, double[] x) {
    double[] y = new double[3 * x.length];
    for (int i = 0; i < x.length; i++) {
      y[inTurn(i, n)] = x[i];
    }
    return y;
  }

  private static double[] sideBySide(int n, double[][] x) {
    double[] y = {};
    for (int r = 0; r < 3; r++) {
      y = joined(y, row(x[0], r, n), row(x[1], r, 1), row(x[2], r, n));
    }
    return y;
  }
}
