package advx.attacks.line;

import advx.attacks.line.LinearPieces.Piece;
import java.util.ArrayList;
import java.util.List;

/**
 * Which class is on top along a line: the upper envelope of the logits of {@link LinearPieces}.
 * Inside a piece the lead changes where a logit of a greater slope meets the leading one, so that
 * each change is computed, not searched for on a grid.
 *
 * @param stretches from the low end to the high one, neighbours of different classes
 */
public record Leaders(List<Stretch> stretches) {
  /** One class is on top for t from … to. */
  public record Stretch(int label, double from, double to) {
    public double length() {
      return to - from;
    }
  }

  /** Goes through the pieces in turn. */
  public static Leaders of(LinearPieces line) {
    List<Stretch> stretches = new ArrayList<>();
    for (Piece piece : line.pieces()) {
      double t = piece.from();
      int leader = first(piece);
      int next;
      while ((next = challenger(piece, leader)) >= 0 && meeting(piece, leader, next) < piece.to()) {
        double change = Math.max(t, meeting(piece, leader, next));
        add(stretches, new Stretch(leader, t, change));
        t = change;
        leader = next;
      }
      add(stretches, new Stretch(leader, t, piece.to()));
    }
    return new Leaders(List.copyOf(stretches));
  }

  /** On top at the low end of a piece; of equal ones that which rises the most. */
  private static int first(Piece piece) {
    int leader = 0;
    for (int c = 1; c < piece.slope().length; c++) {
      double ahead = piece.logit(c, piece.from()) - piece.logit(leader, piece.from());
      if (ahead > 0 || (ahead == 0 && piece.slope()[c] > piece.slope()[leader])) {
        leader = c;
      }
    }
    return leader;
  }

  /** The class that meets the leader first, of those the steepest; −1 if none ever does. */
  private static int challenger(Piece piece, int leader) {
    int best = -1;
    for (int c = 0; c < piece.slope().length; c++) {
      if (piece.slope()[c] > piece.slope()[leader]) {
        double ahead =
            best < 0 ? 1 : Math.signum(meeting(piece, leader, best) - meeting(piece, leader, c));
        if (ahead > 0 || (ahead == 0 && piece.slope()[c] > piece.slope()[best])) {
          best = c;
        }
      }
    }
    return best;
  }

  private static double meeting(Piece piece, int leader, int c) {
    return (piece.intercept()[leader] - piece.intercept()[c])
        / (piece.slope()[c] - piece.slope()[leader]);
  }

  private static void add(List<Stretch> stretches, Stretch stretch) {
    if (stretch.length() <= 0) {
      return;
    }
    if (!stretches.isEmpty() && stretches.getLast().label() == stretch.label()) {
      Stretch last = stretches.removeLast();
      stretches.add(new Stretch(last.label(), last.from(), stretch.to()));
    } else {
      stretches.add(stretch);
    }
  }

  /** The stretch that holds t; where two meet, the earlier one. */
  public Stretch at(double t) {
    return stretches.stream().filter(s -> t <= s.to()).findFirst().orElse(stretches.getLast());
  }

  /** The share of the line on which a class is on top. */
  public double share(int label) {
    double sum =
        stretches.stream().filter(s -> s.label() == label).mapToDouble(Stretch::length).sum();
    return sum / (stretches.getLast().to() - stretches.getFirst().from());
  }

  /** How far from t = 0 a class is on top anywhere; 0 if nowhere. */
  public double reach(int label) {
    return stretches.stream()
        .filter(s -> s.label() == label)
        .mapToDouble(s -> Math.max(Math.abs(s.from()), Math.abs(s.to())))
        .max()
        .orElse(0);
  }

  /** The longest stretch that one class other than this one holds; 0 if there is none. */
  public double longestOther(int label) {
    return stretches.stream()
        .filter(s -> s.label() != label)
        .mapToDouble(Stretch::length)
        .max()
        .orElse(0);
  }
}
