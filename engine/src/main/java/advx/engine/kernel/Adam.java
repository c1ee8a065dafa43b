package advx.engine.kernel;

import advx.engine.Workers;

/**
 * One update of Adam (Kingma, Ba: Adam: A Method for Stochastic Optimization, ICLR 2015, algorithm
 * 1), in one pass over memory.
 */
public final class Adam implements Workers.Task {
  /** Numbers in one piece of work. */
  private static final int BLOCK = 1 << 14;

  private float[] w;
  private float[] m;
  private float[] v;
  private float[] g;
  private int n;
  private float rate;
  private float beta1;
  private float beta2;
  private float epsilon;
  private float correction1;
  private float correction2;

  private Adam() {}

  /** {@link #step} for the first n numbers, in blocks that threads share. */
  public static void update(
      Workers workers,
      float[] w,
      float[] m,
      float[] v,
      float[] g,
      int n,
      float rate,
      float beta1,
      float beta2,
      float epsilon,
      float correction1,
      float correction2) {
    Adam job = workers.scratch(Adam.class, Adam::new);
    job.w = w;
    job.m = m;
    job.v = v;
    job.g = g;
    job.n = n;
    job.rate = rate;
    job.beta1 = beta1;
    job.beta2 = beta2;
    job.epsilon = epsilon;
    job.correction1 = correction1;
    job.correction2 = correction2;
    workers.run(Math.ceilDiv(n, BLOCK), job);
  }

  @Override
  public void run(int piece, int worker) {
    int from = piece * BLOCK;
    int to = Math.min(n, from + BLOCK);
    step(w, m, v, g, from, to, rate, beta1, beta2, epsilon, correction1, correction2);
  }

  /**
   * For every i in from … to−1, each operation rounded once, in this order:
   *
   * <pre>
   *   m ← fma(β₁, m, (1−β₁)·g)
   *   v ← fma(β₂, v, ((1−β₂)·g)·g)
   *   w ← w − (rate·(m / correction₁)) / (√(v / correction₂) + ε)
   * </pre>
   *
   * @param correction1 1 − β₁ᵗ
   * @param correction2 1 − β₂ᵗ
   */
  public static void step(
      float[] w,
      float[] m,
      float[] v,
      float[] g,
      int from,
      int to,
      float rate,
      float beta1,
      float beta2,
      float epsilon,
      float correction1,
      float correction2) {
    float new1 = 1 - beta1;
    float new2 = 1 - beta2;
    for (int i = from; i < to; i++) {
      float mi = Math.fma(beta1, m[i], new1 * g[i]);
      float vi = Math.fma(beta2, v[i], new2 * g[i] * g[i]);
      m[i] = mi;
      v[i] = vi;
      w[i] -= rate * (mi / correction1) / ((float) Math.sqrt(vi / correction2) + epsilon);
    }
  }
}
