package advx.attacks.detector;

import advx.attacks.measure.Rate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The receiver operating characteristic of a score: for each threshold the share of benign inputs
 * above it (false positives) and of adversarial ones (true positives), from (0, 0) to (1, 1).
 * Inputs of equal scores move together, in a straight line.
 *
 * <p>The area under it is the probability that an adversarial input scores above a benign one, ties
 * counted half. Its 95 % interval is Newcombe's (2006, method 5, after Hanley and McNeil 1982), all
 * θ with |area − θ| ≤ z·√V(θ), z = Φ⁻¹(0.975), of m benign and n adversarial inputs:
 *
 * <pre>
 *  V(θ) = θ(1−θ)/(mn) · (1 + N(1−θ)/(2−θ) + Nθ/(1+θ)),   N = (m+n)/2 − 1
 * </pre>
 *
 * @param area NaN if there are no inputs of a kind
 * @param low end of the interval; 0 if there are no inputs of a kind
 * @param high the other end; 1 if there are none
 */
public record Roc(List<Point> points, double area, double low, double high) {
  /** Halvings of an interval: no float64 is left between its ends. */
  private static final int HALVINGS = 60;

  /**
   * A point of the curve.
   *
   * @param threshold inputs that score this or more are flagged; +∞ for none
   */
  public record Point(double threshold, double falsePositives, double truePositives) {}

  /** The curve of these scores; a NaN counts as the largest score. */
  public static Roc of(double[] benign, double[] adversarial) {
    double[] b = descending(benign);
    double[] a = descending(adversarial);
    List<Point> points = new ArrayList<>();
    points.add(new Point(Double.POSITIVE_INFINITY, 0, 0));
    double area = 0;
    int i = 0;
    int j = 0;
    while (i < b.length || j < a.length) {
      double next =
          Math.max(
              i < b.length ? b[i] : Double.NEGATIVE_INFINITY,
              j < a.length ? a[j] : Double.NEGATIVE_INFINITY);
      int oldI = i;
      int oldJ = j;
      while (i < b.length && b[i] >= next) {
        i++;
      }
      while (j < a.length && a[j] >= next) {
        j++;
      }
      area += (i - oldI) * (oldJ + (j - oldJ) / 2.0);
      points.add(new Point(next, (double) i / b.length, (double) j / a.length));
    }
    double share = area / b.length / a.length;
    if (Double.isNaN(share)) {
      return new Roc(List.copyOf(points), share, 0, 1);
    }
    double low = end(share, 0, b.length, a.length);
    return new Roc(List.copyOf(points), share, low, end(share, 1, b.length, a.length));
  }

  /** The θ between the area and {@code outside} from which on |area − θ| is beyond z·√V(θ). */
  private static double end(double area, double outside, int m, int n) {
    double within = area;
    double beyond = outside;
    for (int i = 0; i < HALVINGS; i++) {
      double theta = (within + beyond) / 2;
      double more = (m + n) / 2.0 - 1;
      double spread = 1 + more * (1 - theta) / (2 - theta) + more * theta / (1 + theta);
      double variance = theta * (1 - theta) / m / n * spread;
      if (Math.abs(area - theta) <= Rate.Z * Math.sqrt(variance)) {
        within = theta;
      } else {
        beyond = theta;
      }
    }
    return within;
  }

  private static double[] descending(double[] scores) {
    double[] sorted = scores.clone();
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = Double.isNaN(sorted[i]) ? Double.POSITIVE_INFINITY : sorted[i];
    }
    Arrays.sort(sorted);
    for (int i = 0; i < sorted.length / 2; i++) {
      double kept = sorted[i];
      sorted[i] = sorted[sorted.length - 1 - i];
      sorted[sorted.length - 1 - i] = kept;
    }
    return sorted;
  }
}
