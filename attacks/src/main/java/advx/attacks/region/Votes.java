package advx.attacks.region;

import advx.attacks.measure.Decision;

/**
 * What a model said of the points around one input.
 *
 * @param counts for each class, the points that were given it
 * @param unnamed points for which the model names no class (a logit is NaN, or the largest
 *     infinite): they vote for none
 */
public record Votes(int[] counts, int unnamed) {
  /** The class of most votes; of several the lowest, as everywhere; −1 if no point voted. */
  public int winner() {
    int winner = -1;
    int most = 0;
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] > most) {
        winner = c;
        most = counts[c];
      }
    }
    return winner;
  }

  /** Whether several classes have the most votes, so that their numbers decided. */
  public boolean tied() {
    int winner = winner();
    for (int c = winner + 1; winner >= 0 && c < counts.length; c++) {
      if (counts[c] == counts[winner]) {
        return true;
      }
    }
    return false;
  }

  /** All points. */
  public int points() {
    int sum = unnamed;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }

  /** The share of all points that were given this class. */
  public double share(int label) {
    return (double) counts[label] / points();
  }

  /** As a decision: its confidence is the winner's share, its margin one of shares. */
  public Decision decision(int label) {
    double others = 0;
    for (int c = 0; c < counts.length; c++) {
      others = c == label ? others : Math.max(others, share(c));
    }
    int winner = winner();
    return new Decision(winner, winner < 0 ? 0 : share(winner), share(label) - others);
  }
}
