package advx.engine.kernel;

/**
 * One update of Adam (Kingma, Ba: Adam: A Method for Stochastic Optimization, ICLR 2015, algorithm
 * 1), in one pass over memory.
 */
public final class Adam {
  private Adam() {}

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
