package advx.attacks.measure;

/**
 * A share of samples, with its 95 % Wilson score interval (Wilson 1927): all p with |p̂ − p| ≤
 * z·√(p(1−p)/n), z = Φ⁻¹(0.975).
 *
 * <pre>
 *  (p̂ + z²/2n ± z·√(p̂(1−p̂)/n + z²/4n²)) / (1 + z²/n)
 * </pre>
 *
 * <p>It speaks of the chance in drawing n samples from a population, and of nothing else.
 *
 * @param count of the samples it is true for
 * @param n of all samples; with 0, the share is NaN and the interval [0, 1]
 */
public record Rate(long count, long n) {
  /** Φ⁻¹(0.975). */
  public static final double Z = 1.959963984540054;

  public Rate {
    if (count < 0 || count > n) {
      throw new IllegalArgumentException("Rate: got " + count + " of " + n);
    }
  }

  /** count/n. */
  public double value() {
    return (double) count / n;
  }

  /** The lower end of the interval; exactly 0 if the count is 0. */
  public double low() {
    return count == 0 ? 0 : Math.max(0, centre() - halfWidth());
  }

  /** The upper end of the interval; exactly 1 if the count is n. */
  public double high() {
    return count == n ? 1 : Math.min(1, centre() + halfWidth());
  }

  /** The share of the other samples. */
  public Rate complement() {
    return new Rate(n - count, n);
  }

  private double centre() {
    return (value() + Z * Z / (2.0 * n)) / (1 + Z * Z / n);
  }

  private double halfWidth() {
    double p = value();
    return Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4.0 * n * n)) / (1 + Z * Z / n);
  }
}
