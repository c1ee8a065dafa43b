package advx.cli.command;

import advx.attacks.Attack;
import advx.attacks.optimal.OptimalOptions;
import advx.attacks.optimal.Quirks;
import advx.engine.InputException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** How an attack looks for the smallest perturbation; what is not given is its own choice. */
final class OptimalSettings {
  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = "Iterations for each c at most (default: 1000), or steps of deepfool (50).")
  private Integer iterations;

  @Option(
      names = "--rate",
      paramLabel = "LR",
      description = "Learning rate of Adam (default: 0.01; of opt* where pixels go to 1: 0.2).")
  private Double rate;

  @Option(
      names = "--searches",
      paramLabel = "N",
      description = "How many c are tried (default: 9 of cw, 4 of opt*).")
  private Integer searches;

  @Option(
      names = "--constant",
      paramLabel = "C",
      description = "The c that is tried first (default: 0.001 of cw, 0.2 or 1 of opt*).")
  private Double constant;

  @Option(
      names = "--kappa",
      paramLabel = "K",
      description = "By how much the wrong logit has to lead (default: 0; of optstrong 40).")
  private Double kappa;

  @Option(
      names = "--points",
      paramLabel = "N",
      description = "Points that optmargin fools the model with, its image included (default: 20).")
  private Integer points;

  @Option(
      names = "--rms",
      paramLabel = "R",
      description =
          "How far optmargin's points are from its image, root of the mean square (default: 0.3"
              + " where pixels go to 1, 8 where to 255).")
  private Double rms;

  @Option(
      names = "--quirks",
      split = ",",
      paramLabel = "NAME",
      description =
          "What the code of He et al. 2018 does beside its text: squares-by-255, points-outside,"
              + " lenient-kappa, passing-success, or authors for all (default: none).")
  private List<String> quirks;

  @Option(
      names = "--overshoot",
      paramLabel = "ETA",
      description = "How much farther than the boundary deepfool goes (default: 0.02).")
  private Double overshoot;

  OptimalOptions options() {
    return new OptimalOptions(
        of(kappa),
        of(iterations),
        of(rate),
        of(searches),
        of(constant),
        of(points),
        of(rms),
        of(overshoot),
        quirks == null ? Quirks.NONE : Quirks.parse(quirks));
  }

  private static OptionalDouble of(Double given) {
    return given == null ? OptionalDouble.empty() : OptionalDouble.of(given);
  }

  private static OptionalInt of(Integer given) {
    return given == null ? OptionalInt.empty() : OptionalInt.of(given);
  }

  /** Fails if one of the options was given to an attack that spends its budget. */
  Attack check(Attack attack) {
    if (!attack.minimal() && !options().equals(OptimalOptions.USUAL)) {
      throw new InputException(
          "The attack %s spends its budget and does not look for the smallest perturbation: leave out --iterations, --rate, --searches, --constant, --kappa, --points, --rms, --quirks and --overshoot, or attack with cw, optbrittle, optstrong, optmargin or deepfool."
              .formatted(attack.name()));
    }
    return attack;
  }
}
