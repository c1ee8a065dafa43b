package advx.bench.tiles;

import advx.bench.work.Work;
import advx.engine.Workers;
import advx.engine.kernel.Gemm;

/** The same product by the engine. */
final class LibraryWork extends Work {
  private final Workers workers;
  private final int m;
  private final int n;
  private final int k;
  private final float[] a;
  private final float[] b;
  private final float[] c;

  LibraryWork(Workers workers, int m, int n, int k) {
    super(2.0 * m * n * k, 4.0 * ((double) m * k + (double) n * k + 2.0 * m * n));
    this.workers = workers;
    this.m = m;
    this.n = n;
    this.k = k;
    a = Operand.uniform(m * k, 0);
    b = Operand.uniform(n * k, 1);
    c = Operand.uniform(m * n, 2);
  }

  @Override
  public void run() {
    Gemm.gemm(workers, false, true, m, n, k, a, k, b, k, c, n);
  }

  /** Its check is that of {@code ProductWork}. */
  @Override
  public void check() {
    run();
  }
}
