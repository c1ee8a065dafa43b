package advx.nn.data;

/**
 * Contrast normalisation of each image for itself: x ← scale·(x − mean(x))/‖x − mean(x)‖₂, the mean
 * and the norm over all numbers of the image; an image of one colour becomes zero.
 *
 * <p>Sums are ascending chains in double. Source: Goodfellow et al. 2013, Maxout networks, §5.2;
 * their scale is 55, about √3072, so that numbers are about 1.
 */
public record Contrast(double scale) {
  /** A norm below this is rounding. */
  private static final double FLAT = 1e-8;

  /** Normalises d numbers of {@code x} from {@code xAt} on into {@code y} from {@code yAt} on. */
  public void normalise(float[] x, int xAt, int d, float[] y, int yAt) {
    double sum = 0;
    for (int i = 0; i < d; i++) {
      sum += x[xAt + i];
    }
    double mean = sum / d;
    double squares = 0;
    for (int i = 0; i < d; i++) {
      double centred = x[xAt + i] - mean;
      squares = Math.fma(centred, centred, squares);
    }
    double norm = Math.sqrt(squares);
    double factor = norm < FLAT ? 0 : scale / norm;
    for (int i = 0; i < d; i++) {
      y[yAt + i] = (float) ((x[xAt + i] - mean) * factor);
    }
  }
}
