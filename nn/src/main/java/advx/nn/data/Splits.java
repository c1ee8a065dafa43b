package advx.nn.data;

/**
 * The three parts of a data set, and the whole of what may be trained on.
 *
 * @param full train and validation together
 * @param train the first samples of {@code full}
 * @param validation the rest of {@code full}; for MNIST the last 10,000 of 60,000
 * @param test kept apart; its indices count from 0 again
 */
public record Splits(Dataset full, Dataset train, Dataset validation, Dataset test) {
  /** Cuts the last {@code validation} samples off for validation. */
  public static Splits of(Dataset full, int validation, Dataset test) {
    if (validation < 0 || validation > full.size()) {
      throw new IllegalArgumentException(
          "Splits: got %d samples for validation of %d".formatted(validation, full.size()));
    }
    int cut = full.size() - validation;
    return new Splits(full, full.subset(0, cut), full.subset(cut, full.size()), test);
  }
}
