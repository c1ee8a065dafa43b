package advx.attacks.detector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The receiver operating characteristic of a score: for each threshold the share of benign inputs
 * above it (false positives) and of adversarial ones (true positives), from (0, 0) to (1, 1).
 * Inputs of equal scores move together, in a straight line.
 *
 * @param area under the curve: the probability that an adversarial input scores above a benign one,
 *     ties counted half; NaN if there are none of a kind
 */
public record Roc(List<Point> points, double area) {
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
    return new Roc(List.copyOf(points), area / b.length / a.length);
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
