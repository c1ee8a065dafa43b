package advx.cli.command;

import advx.attacks.Attack;
import advx.attacks.AttackTable;
import advx.attacks.Pgd;
import advx.engine.InputException;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** How an attack of many steps goes; what is not given is the attack's own choice. */
final class WalkSettings {
  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of pgd, bim and mim (default: 40).")
  private Integer steps;

  @Option(
      names = "--step",
      paramLabel = "SIZE",
      description =
          "How far one step goes, in the data's units (default: 2.5 times epsilon over the steps;"
              + " of mim, epsilon over the steps).")
  private Double step;

  @Option(
      names = "--restarts",
      paramLabel = "N",
      description = "Random starts of pgd for each image (default: 1).")
  private Integer restarts;

  @Option(
      names = "--momentum",
      paramLabel = "MU",
      description = "How much of its direction mim keeps from step to step (default: 1).")
  private Double momentum;

  AttackTable.WalkOptions options() {
    return new AttackTable.WalkOptions(
        steps == null ? OptionalInt.empty() : OptionalInt.of(steps),
        step == null ? OptionalDouble.empty() : OptionalDouble.of(step),
        restarts == null ? OptionalInt.empty() : OptionalInt.of(restarts),
        momentum == null ? OptionalDouble.empty() : OptionalDouble.of(momentum));
  }

  /** Fails if one of the options was given to an attack that does not walk. */
  Attack check(Attack attack) {
    boolean given = steps != null || step != null || restarts != null || momentum != null;
    if (given && !(attack instanceof Pgd)) {
      throw new InputException(
          "The attack %s does not walk: leave out --steps, --step, --restarts and --momentum, or attack with pgd, bim or mim."
              .formatted(attack.name()));
    }
    return attack;
  }
}
