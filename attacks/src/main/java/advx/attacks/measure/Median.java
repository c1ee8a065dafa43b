package advx.attacks.measure;

import java.util.Arrays;

/**
 * A median over samples, with its 95 % interval by order statistics, whatever the law: from the
 * l-th smallest number to the l-th largest, l the most for which so few numbers below the true
 * median are less likely than 2.5 %,
 *
 * <pre>
 *  P(B &lt; l) = Σₖ₌₀ˡ⁻¹ C(n, k)/2ⁿ ≤ 0.025        B binomial with n and ½
 * </pre>
 *
 * @param value of an even number of samples the mean of the two in the middle; NaN over none
 * @param low NaN below six samples, for which there is no such interval
 * @param n over how many
 */
public record Median(double value, double low, double high, long n) {
  private static final double TAIL = 0.025;

  public static Median of(double[] x) {
    double[] sorted = x.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    if (n == 0) {
      return new Median(Double.NaN, Double.NaN, Double.NaN, 0);
    }
    double value = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    int rank = rank(n);
    return rank == 0
        ? new Median(value, Double.NaN, Double.NaN, n)
        : new Median(value, sorted[rank - 1], sorted[n - rank], n);
  }

  /** l, 0 if there is none; logarithms, since 2ⁿ leaves the range of doubles. */
  private static int rank(int n) {
    double term = -n * StrictMath.log(2);
    double below = 0;
    int rank = 0;
    while (rank < n) {
      below += StrictMath.exp(term);
      if (below > TAIL) {
        break;
      }
      term += StrictMath.log((double) (n - rank) / (rank + 1));
      rank++;
    }
    return rank;
  }
}
