package advx.attacks.measure;

/**
 * A mean over samples, with its standard error and the 95 % interval of the normal law: mean ±
 * 1.96·s/√n, s² = Σ(xᵢ − mean)²/(n−1). For few samples it is too narrow.
 *
 * @param value NaN over no samples
 * @param deviation s, that of a single sample; NaN below two samples
 * @param n over how many
 */
public record Mean(double value, double deviation, long n) {
  /** The mean of all numbers, added in order. */
  public static Mean of(double[] x) {
    double sum = 0;
    for (double v : x) {
      sum += v;
    }
    double mean = sum / x.length;
    double squares = 0;
    for (double v : x) {
      squares += (v - mean) * (v - mean);
    }
    double deviation = x.length < 2 ? Double.NaN : Math.sqrt(squares / (x.length - 1));
    return new Mean(mean, deviation, x.length);
  }

  /** s/√n. */
  public double standardError() {
    return deviation / Math.sqrt((double) n);
  }

  public double low() {
    return value - Rate.Z * standardError();
  }

  public double high() {
    return value + Rate.Z * standardError();
  }
}
