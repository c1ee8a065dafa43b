package advx.peers.table;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What a line demands: the best of {@code mine} reaches a factor of the best of {@code theirs}.
 *
 * @param theirs peers; {@link #PEAK} for the machine's peak, {@link #BEST} for all other peers
 * @param one the factor for one thread
 * @param more the factor for more threads
 */
public record Rule(List<String> mine, List<String> theirs, double one, double more) {
  /** Stands for the peak measured beside the subject. */
  public static final String PEAK = "peak";

  /** Stands for the best of all peers. */
  public static final String BEST = "best peer";

  static final String OWN = "advx";

  /** Ours against the best of all peers. */
  static Rule best(double one, double more) {
    return new Rule(List.of(OWN), List.of(BEST), one, more);
  }

  double factor(int threads) {
    return threads == 1 ? one : more;
  }

  /** What is reached over what is demanded; nothing if either side was not measured. */
  OptionalDouble reached(Results.Item item) {
    OptionalDouble mine = best(item, this.mine);
    OptionalDouble theirs =
        this.theirs.equals(List.of(PEAK))
            ? OptionalDouble.of(item.peak())
            : this.theirs.equals(List.of(BEST)) ? bestPeer(item) : best(item, this.theirs);
    return mine.isPresent() && theirs.isPresent()
        ? OptionalDouble.of(mine.getAsDouble() / (factor(item.threads()) * theirs.getAsDouble()))
        : OptionalDouble.empty();
  }

  private static OptionalDouble best(Results.Item item, List<String> ids) {
    return ids.stream().flatMap(id -> item.best(id).stream()).mapToDouble(rate -> rate).max();
  }

  /** The best rate of those that are not this engine. */
  static OptionalDouble bestPeer(Results.Item item) {
    return item.rates().entrySet().stream()
        .filter(entry -> !entry.getKey().startsWith(OWN))
        .mapToDouble(entry -> entry.getValue().best())
        .max();
  }

  /** "≥ 0.9 × onednn". */
  String text(int threads) {
    return "≥ %s × %s"
        .formatted(
            String.format(Locale.ROOT, "%.2f", factor(threads)).replaceAll("0$", ""),
            String.join(" or ", theirs));
  }
}
