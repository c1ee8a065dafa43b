package advx.attacks.line;

import advx.attacks.line.LinearPieces.Piece;
import java.util.List;

/**
 * How straight a line of logits looks: the number of straight segments that follow all logits of
 * {@link LinearPieces} closely. A network has as many exact pieces as units switch; most of these
 * breaks are too slight to be seen.
 *
 * <p>A segment goes from a break to a later one, each as far as it can: the next break would take
 * it farther from some logit than the tolerance, a share of the range of that logit on the whole
 * line. Between two breaks the distance is linear, so it is largest at a break.
 */
public final class Chords {
  private Chords() {}

  /** Counts them. */
  public static int count(LinearPieces line, double tolerance) {
    List<Piece> pieces = line.pieces();
    int n = pieces.size();
    int classes = pieces.getFirst().slope().length;
    double[] t = new double[n + 1];
    double[][] z = new double[n + 1][classes];
    for (int i = 0; i <= n; i++) {
      Piece piece = pieces.get(Math.min(i, n - 1));
      t[i] = i < n ? piece.from() : piece.to();
      for (int c = 0; c < classes; c++) {
        z[i][c] = piece.logit(c, t[i]);
      }
    }
    double[] allowed = new double[classes];
    for (int c = 0; c < classes; c++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (double[] point : z) {
        low = Math.min(low, point[c]);
        high = Math.max(high, point[c]);
      }
      allowed[c] = tolerance * (high - low);
    }
    int count = 0;
    for (int from = 0; from < n; count++) {
      int to = from + 1;
      while (to < n && follows(t, z, from, to + 1, allowed)) {
        to++;
      }
      from = to;
    }
    return count;
  }

  private static boolean follows(double[] t, double[][] z, int from, int to, double[] allowed) {
    for (int i = from + 1; i < to; i++) {
      double along = (t[i] - t[from]) / (t[to] - t[from]);
      for (int c = 0; c < allowed.length; c++) {
        double chord = z[from][c] + along * (z[to][c] - z[from][c]);
        if (Math.abs(z[i][c] - chord) > allowed[c]) {
          return false;
        }
      }
    }
    return true;
  }
}
