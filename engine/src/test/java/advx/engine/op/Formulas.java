package advx.engine.op;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/** Words for writing formulas over arrays of doubles. */
final class Formulas {
  private Formulas() {}

  static double[] one(double v) {
    return new double[] {v};
  }

  static double[] map(double[] x, DoubleUnaryOperator f) {
    return Arrays.stream(x).map(f).toArray();
  }

  static double[] zip(double[] x, double[] y, DoubleBinaryOperator f) {
    double[] z = new double[x.length];
    Arrays.setAll(z, i -> f.applyAsDouble(x[i], y[i]));
    return z;
  }

  static double sum(double[] x) {
    return Arrays.stream(x).sum();
  }

  static double max(double[] x) {
    return Arrays.stream(x).max().getAsDouble();
  }

  static double dot(double[] x, double[] y) {
    return sum(zip(x, y, (a, b) -> a * b));
  }

  static double sigmoid(double v) {
    return 1 / (1 + Math.exp(-v));
  }

  static double logSumExp(double[] z) {
    return Math.log(sum(map(z, Math::exp)));
  }

  static double norm(double[] x) {
    return Math.sqrt(dot(x, x));
  }

  static double[] softmax(double[] z) {
    double total = logSumExp(z);
    return map(z, v -> Math.exp(v - total));
  }

  /** Each number n times. */
  static double[] repeated(double[] x, int n) {
    double[] y = new double[x.length * n];
    Arrays.setAll(y, i -> x[i / n]);
    return y;
  }

  /** The largest of each n. */
  static double[] maxima(double[] x, int n) {
    return eachRow(x, n, Formulas::max);
  }

  /** Columns from … to−1 of each row, zeros where there is no such column. */
  static double[] block(double[] x, int columns, int from, int to) {
    int n = to - from;
    double[] y = new double[x.length / columns * n];
    for (int i = 0; i < y.length; i++) {
      int j = from + i % n;
      y[i] = j < 0 || j >= columns ? 0 : x[i / n * columns + j];
    }
    return y;
  }

  /** Row r of a matrix with this many columns. */
  static double[] row(double[] x, int r, int columns) {
    return Arrays.copyOfRange(x, r * columns, (r + 1) * columns);
  }

  /** One number from each row. */
  static double[] eachRow(double[] x, int columns, ToDoubleFunction<double[]> f) {
    double[] y = new double[x.length / columns];
    Arrays.setAll(y, r -> f.applyAsDouble(row(x, r, columns)));
    return y;
  }

  /** A new row from each row. */
  static double[] rows(double[] x, int columns, UnaryOperator<double[]> f) {
    double[] y = new double[x.length];
    for (int at = 0; at < x.length; at += columns) {
      System.arraycopy(f.apply(Arrays.copyOfRange(x, at, at + columns)), 0, y, at, columns);
    }
    return y;
  }

  /** One number from each run of n numbers along the middle axis of [outer, n, inner]. */
  static double[] along(double[] x, int n, int inner, ToDoubleFunction<double[]> f) {
    double[] y = new double[x.length / n];
    for (int i = 0; i < y.length; i++) {
      double[] run = new double[n];
      for (int k = 0; k < n; k++) {
        run[k] = x[(i / inner * n + k) * inner + i % inner];
      }
      y[i] = f.applyAsDouble(run);
    }
    return y;
  }

  /** [outer, m, n] as [outer, n, m]. */
  static double[] transposed(double[] x, int m, int n) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int block = i / (m * n) * m * n;
      y[i] = x[block + i % m * n + i % (m * n) / m];
    }
    return y;
  }

  static double[] joined(double[]... parts) {
    return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
  }

  /** A·B of m×k and k×n. */
  static double[] product(double[] a, double[] b, int m, int k, int n) {
    double[] columns = transposed(b, k, n);
    double[] c = new double[m * n];
    Arrays.setAll(c, i -> dot(row(a, i / n, k), row(columns, i % n, k)));
    return c;
  }

  /** Each row of x times each row of w, plus that row's bias. */
  static double[] dense(double[] x, double[] w, double[] b, int in) {
    int out = b.length;
    double[] y = product(x, transposed(w, out, in), x.length / in, in, out);
    return rows(y, out, row -> zip(row, b, Double::sum));
  }
}
