package advx.nn;

import java.util.ArrayList;
import java.util.List;

/**
 * What one epoch of training measured.
 *
 * @param number counted from 1
 * @param cost the mean cost over the epoch, as the weights moved
 * @param validationError the share of the validation set that is misclassified after the epoch
 */
public record Epoch(int number, double cost, double validationError) {
  /** The epochs as text, numbers exact, one epoch a line. */
  static String write(List<Epoch> history) {
    StringBuilder text = new StringBuilder();
    for (Epoch e : history) {
      text.append(e.number)
          .append(' ')
          .append(Double.toHexString(e.cost))
          .append(' ')
          .append(Double.toHexString(e.validationError))
          .append('\n');
    }
    return text.toString();
  }

  static List<Epoch> read(String text) {
    List<Epoch> history = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] f = line.split(" ", -1);
      history.add(
          new Epoch(Integer.parseInt(f[0]), Double.parseDouble(f[1]), Double.parseDouble(f[2])));
    }
    return history;
  }
}
