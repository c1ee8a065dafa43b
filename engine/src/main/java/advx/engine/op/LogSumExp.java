package advx.engine.op;

import advx.engine.Tensor;
import advx.engine.Workspace;
import advx.engine.kernel.Exp;
import advx.engine.kernel.Extremes;
import advx.engine.kernel.Lanes;
import advx.engine.kernel.Log;
import advx.engine.kernel.Sums;

/**
 * ln Σ exp z of each row of [m, c] in two parts that must not be added too early: the largest
 * logit, and the rest ln Σ exp(z − max) = ln(1 + s), where s leaves out the winner's own exp(0) =
 * 1.
 *
 * <p>Together they would lose the rest's digits below the largest logit's: with logits of 10⁴ that
 * is 10⁻³, and with a probability near 1 all of them. The rest is computed as s·ln(u)/(u − 1) with
 * u = 1 + s rounded, which is accurate for every s (W. Kahan's way of computing ln(1 + s)).
 */
final class LogSumExp {
  private LogSumExp() {}

  /** Writes the two parts of each row to peak [m] and rest [m]. */
  static void of(Tensor z, float[] peak, float[] rest, Workspace w) {
    int m = z.dim(0);
    int c = z.dim(1);
    float[] others = w.tensor(m).data();
    float[] terms = w.like(z).data();
    float[] lanes = w.tensor(Lanes.LOGICAL).data();
    int[] winner = w.indices(m);
    for (int r = 0; r < m; r++) {
      winner[r] = Extremes.argmax(z.data(), r * c, c);
      peak[r] = z.data()[r * c + winner[r]];
      for (int j = r * c; j < (r + 1) * c; j++) {
        terms[j] = z.data()[j] - peak[r];
      }
    }
    Exp.exp(terms, 0, terms, 0, m * c);
    for (int r = 0; r < m; r++) {
      terms[r * c + winner[r]] -= 1; // 0, or NaN where the row holds NaN or +∞
      others[r] = Sums.sum(terms, r * c, c, lanes);
      rest[r] = 1 + others[r];
    }
    float[] logs = w.tensor(m).data();
    Log.log(rest, 0, logs, 0, m);
    for (int r = 0; r < m; r++) {
      float u = rest[r];
      rest[r] = u == 1 ? others[r] : others[r] * (logs[r] / (u - 1));
    }
  }
}
