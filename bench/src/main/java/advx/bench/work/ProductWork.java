package advx.bench.work;

import advx.engine.InputException;
import advx.engine.Workers;
import advx.engine.kernel.Gemm;

/** C ← op(A)·op(B). */
final class ProductWork extends Work {
  private final Workers workers;
  private final int m;
  private final int k;
  private final int n;
  private final boolean transA;
  private final boolean transB;
  private final float[] a;
  private final float[] b;
  private final float[] c;

  ProductWork(Shape shape, Workers workers) {
    super(
        2.0 * shape.size("m") * shape.size("k") * shape.size("n"),
        4.0
            * ((double) shape.size("m") * shape.size("k")
                + (double) shape.size("k") * shape.size("n")
                + (double) shape.size("m") * shape.size("n")));
    this.workers = workers;
    m = shape.size("m");
    k = shape.size("k");
    n = shape.size("n");
    String form = shape.word("form");
    if (!form.matches("[NT]{2}")) {
      throw new InputException(
          "shapes.txt: '%s' has form=%s: give NN, NT, TN or TT.".formatted(shape.name(), form));
    }
    transA = form.charAt(0) == 'T';
    transB = form.charAt(1) == 'T';
    a = Numbers.uniform(m * k, 0);
    b = Numbers.uniform(k * n, 1);
    c = new float[m * n];
  }

  @Override
  public void run() {
    Gemm.product(workers, transA, transB, m, n, k, a, transA ? m : k, b, transB ? k : n, c, n);
  }

  @Override
  public void check() {
    run();
    for (int at = 0; at < m * n; at += Numbers.stride(m * n)) {
      int i = at / n;
      int j = at % n;
      double sum = 0;
      for (int p = 0; p < k; p++) {
        double left = transA ? a[p * m + i] : a[i * k + p];
        sum += left * (transB ? b[j * k + p] : b[p * n + j]);
      }
      Numbers.expect("product", at, sum, c[at], 1e-3);
    }
  }
}
