package advx.cli.command;

import advx.engine.InputException;
import advx.nn.AdamOptimiser;
import advx.nn.Optimiser;
import advx.nn.RateDrops;
import advx.nn.Sgd;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** By what rule a network learns. */
final class OptimiserOptions {
  /** What a drop leaves of the learning rate. */
  private static final double DROP = 0.1;

  /** The rules. */
  enum Rule {
    SGD,
    ADAM;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--optimiser",
      paramLabel = "NAME",
      defaultValue = "sgd",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Rule rule;

  @Option(
      names = "--rate",
      paramLabel = "X",
      description = "Learning rate (default: 0.1; of adam, 0.001).")
  private Double rate;

  @Option(names = "--momentum", paramLabel = "X", description = "Momentum of sgd (default: 0.5).")
  private Double momentum;

  @Option(
      names = "--drops",
      paramLabel = "N",
      split = ",",
      description = "After each of these numbers of updates, divide the rate by 10.")
  private List<Long> drops;

  Supplier<Optimiser> optimiser() {
    RateDrops falls = drops == null ? null : new RateDrops(DROP, drops);
    if (rule == Rule.ADAM) {
      if (momentum != null) {
        throw new InputException("--momentum belongs to sgd: leave it out with adam.");
      }
      double adams = rate == null ? 0.001 : rate;
      return () -> new AdamOptimiser(adams, falls);
    }
    var schedule =
        Sgd.Schedule.constant(rate == null ? 0.1 : rate, momentum == null ? 0.5 : momentum);
    return () -> new Sgd(schedule, falls);
  }
}
