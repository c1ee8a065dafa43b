package advx.nn;

import java.util.ArrayList;
import java.util.List;

/**
 * What one epoch of training measured.
 *
 * @param number counted from 1
 * @param cost the mean cost over the epoch, as the weights moved
 * @param validationError what the plan measures on the validation set after the epoch: the share
 *     that is misclassified, unless the plan says otherwise
 * @param goal the measure of the plan's {@link Goal}, after the epoch; NaN if it has none
 */
public record Epoch(int number, double cost, double validationError, double goal) {
  /** Of a plan without a goal. */
  public Epoch(int number, double cost, double validationError) {
    this(number, cost, validationError, Double.NaN);
  }

  /** The epochs as text, numbers exact, one epoch a line. */
  static String write(List<Epoch> history) {
    StringBuilder text = new StringBuilder();
    for (Epoch e : history) {
      text.append(e.number)
          .append(' ')
          .append(Double.toHexString(e.cost))
          .append(' ')
          .append(Double.toHexString(e.validationError));
      if (!Double.isNaN(e.goal)) {
        text.append(' ').append(Double.toHexString(e.goal));
      }
      text.append('\n');
    }
    return text.toString();
  }

  static List<Epoch> read(String text) {
    List<Epoch> history = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] f = line.split(" ", -1);
      history.add(
          new Epoch(
              Integer.parseInt(f[0]),
              Double.parseDouble(f[1]),
              Double.parseDouble(f[2]),
              f.length > 3 ? Double.parseDouble(f[3]) : Double.NaN));
    }
    return history;
  }
}
