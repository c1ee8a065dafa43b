package advx.attacks.line;

import advx.engine.InputException;
import advx.nn.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * The exact pieces of a network that is linear in pieces, along the line x + t·d: between two
 * breaks every logit is intercept + slope·t.
 *
 * <p>Every unit is carried through the network as such a pair, in double. At a point t each ReLU
 * says whether it is on and each maxout unit which piece wins, and each says at which t that ends:
 * a ReLU at its zero, a winner where a steeper piece meets it. The nearest end is the next break.
 * So a break is computed and not searched for on a grid, and none is missed between two points; but
 * breaks that lie closer together than {@link #RESOLUTION} of the line's length count as one.
 *
 * @param regions stretches of the line on which no unit switches: at least as many as pieces, since
 *     not every switch can be seen in the logits
 * @param pieces from the low end to the high one
 */
public record LinearPieces(int regions, List<Piece> pieces) {
  /** The smallest distance of two breaks, as a share of the line. */
  public static final double RESOLUTION = 1e-9;

  /** Slopes are the same if they differ by no more than this share of the largest. */
  private static final double SAME_SLOPE = 1e-9;

  /** One linear stretch: logit c is intercept[c] + slope[c]·t for t from … to. */
  public record Piece(double from, double to, double[] intercept, double[] slope) {
    public double logit(int c, double t) {
      return intercept[c] + slope[c] * t;
    }
  }

  /** Whether a network is of those whose pieces can be computed. */
  public static boolean fits(Network network) {
    return network.architecture().parts().stream().allMatch(part -> Stage.fits(part.word()));
  }

  /**
   * The pieces of the logits at x[at …] + t·direction for t from low to high.
   *
   * @throws InputException if the network has layers that are not linear in pieces, or not known
   */
  public static LinearPieces of(
      Network network, float[] x, int at, double[] direction, double low, double high) {
    if (!fits(network)) {
      throw new InputException(
          "The pieces of '%s' are not known: they can be counted for networks of dense, maxout, relu, leaky, normalise and dropout layers."
              .formatted(network.architecture()));
    }
    if (!(low < high) || !Double.isFinite(high - low)) {
      throw new InputException(
          "The line from %s to %s holds nothing: give a low end below the high one."
              .formatted(low, high));
    }
    return new Walk(network, x, at, direction).from(low, high);
  }

  /** Goes along the line from break to break. */
  private static final class Walk {
    private final List<Stage> stages;
    private final Stage.Line first;
    private final int rest;

    /** All up to the first switch is linear in t: done once. */
    Walk(Network network, float[] x, int at, double[] direction) {
      stages = Stage.of(network);
      Stage.Line line = Stage.Line.input(x, at, direction);
      int done = 0;
      while (done < stages.size() && !stages.get(done).switches()) {
        line = stages.get(done++).apply(line, 0, new Stage.Next(0));
      }
      first = line;
      rest = done;
    }

    LinearPieces from(double low, double high) {
      double hop = RESOLUTION * (high - low);
      List<Piece> pieces = new ArrayList<>();
      int regions = 0;
      double start = low;
      double end;
      do {
        double point = regions == 0 ? low : start + hop;
        Stage.Next next = new Stage.Next(point);
        Stage.Line line = first;
        for (int i = rest; i < stages.size(); i++) {
          line = stages.get(i).apply(line, point, next);
        }
        end = Math.min(high, next.at());
        regions++;
        add(pieces, new Piece(start, end, line.intercept(), line.slope()));
        start = end;
      } while (end + hop < high);
      Piece last = pieces.removeLast();
      pieces.add(new Piece(last.from(), high, last.intercept(), last.slope()));
      return new LinearPieces(regions, List.copyOf(pieces));
    }

    /** Makes the last piece longer if the logits go on in the same way. */
    private static void add(List<Piece> pieces, Piece piece) {
      if (!pieces.isEmpty() && same(pieces.getLast().slope(), piece.slope())) {
        Piece last = pieces.removeLast();
        pieces.add(new Piece(last.from(), piece.to(), last.intercept(), last.slope()));
      } else {
        pieces.add(piece);
      }
    }

    private static boolean same(double[] a, double[] b) {
      double largest = 0;
      double apart = 0;
      for (int c = 0; c < a.length; c++) {
        largest = Math.max(largest, Math.max(Math.abs(a[c]), Math.abs(b[c])));
        apart = Math.max(apart, Math.abs(a[c] - b[c]));
      }
      return apart <= SAME_SLOPE * largest;
    }
  }
}
