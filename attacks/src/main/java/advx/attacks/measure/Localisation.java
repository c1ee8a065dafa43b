package advx.attacks.measure;

import java.util.Arrays;

/**
 * How localised a filter is, from the squares of its weights s_i = w_i². None of the measures
 * changes when the filter is multiplied by a number; of a filter of zeros they are NaN.
 */
public final class Localisation {
  private Localisation() {}

  /**
   * The participation ratio (Σ s)² / (n·Σ s²) in (0, 1]: k equal weights, and zeros else, have k/n.
   */
  public static double participation(double[] squares) {
    double sum = 0;
    double fourth = 0;
    for (double s : squares) {
      sum += s;
      fourth += s * s;
    }
    return sum * sum / (squares.length * fourth);
  }

  /** The smallest share of the weights that together have this share of Σ s. */
  public static double holding(double share, double[] squares) {
    double[] sorted = squares.clone();
    Arrays.sort(sorted);
    double sum = Arrays.stream(sorted).sum();
    if (!(sum > 0)) {
      return Double.NaN;
    }
    double held = 0;
    int count = 0;
    while (held < share * sum && count < sorted.length) {
      held += sorted[sorted.length - ++count];
    }
    return (double) count / sorted.length;
  }

  /**
   * The root of the mean squared distance from the filter's centre, both weighted by s, in pixels:
   * √(Σ s·‖p − c‖² / Σ s), c = Σ s·p / Σ s.
   *
   * @param width of the picture that the squares are, row by row
   */
  public static double radius(double[] squares, int width) {
    double sum = 0;
    double x = 0;
    double y = 0;
    for (int i = 0; i < squares.length; i++) {
      int row = i / width;
      sum += squares[i];
      x += squares[i] * (i - row * width);
      y += squares[i] * row;
    }
    double moment = 0;
    for (int i = 0; i < squares.length; i++) {
      int row = i / width;
      double dx = i - row * width - x / sum;
      double dy = row - y / sum;
      moment += squares[i] * (dx * dx + dy * dy);
    }
    return Math.sqrt(moment / sum);
  }
}
