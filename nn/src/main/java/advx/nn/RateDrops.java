package advx.nn;

import advx.engine.InputException;
import java.util.List;

/**
 * A learning rate that drops in training: times {@code share} after each of these numbers of
 * updates (0.1 after 40,000 and 60,000: Madry et al. 2018 on CIFAR-10).
 */
public record RateDrops(double share, List<Long> updates) {
  public RateDrops {
    updates = List.copyOf(updates);
    if (!(share > 0 && share <= 1) || updates.stream().anyMatch(u -> u < 1)) {
      throw new InputException(
          "The learning rate is to drop to %s of itself after the updates %s: give a share above 0 and up to 1, and updates from 1 up."
              .formatted(share, updates));
    }
  }

  /** What the rate is multiplied by in this update, counted from 0. */
  double at(long update) {
    double factor = 1;
    for (int i = 0; i < updates.size(); i++) {
      factor *= update >= updates.get(i) ? share : 1;
    }
    return factor;
  }

  /** {@code *0.1 after 40000, 60000}. */
  @Override
  public String toString() {
    String text = updates.toString();
    return "*%s after %s".formatted(share, text.substring(1, text.length() - 1));
  }
}
