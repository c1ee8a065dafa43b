package advx.cli.command;

import advx.attacks.Box;
import advx.attacks.StepSize;
import advx.attacks.train.AdversarialObjective;
import advx.attacks.train.PgdObjective;
import advx.attacks.train.RisingEpsilon;
import advx.engine.InputException;
import advx.nn.CleanObjective;
import advx.nn.Objective;
import advx.nn.WeightDecayObjective;
import java.util.List;
import picocli.CommandLine.Option;

/** What a training minimises. */
final class ObjectiveOptions {
  @Option(
      names = "--adversarial",
      paramLabel = "ALPHA,EPS",
      split = ",",
      description =
          "Train against the fast gradient sign method: ALPHA is the weight of the clean cost, as"
              + " in 0.5,0.25.")
  private List<Double> adversarial;

  @Option(
      names = "--pgd",
      paramLabel = "EPS,STEPS[,SIZE]",
      split = ",",
      description =
          "Train on images perturbed by PGD in L∞ alone: its budget, its steps and the size of a"
              + " step (default: 2.5 times EPS over STEPS), as in 0.3,10.")
  private List<Double> pgd;

  @Option(
      names = "--rise",
      paramLabel = "N",
      description = "Let the budget of --pgd rise to EPS over the first N updates.")
  private Long rise;

  @Option(
      names = "--decay",
      paramLabel = "X",
      description = "Weight decay: add X/2 times the sum of all squared weights to the cost.")
  private Double decay;

  /**
   * The objective.
   *
   * @param box the range of the data
   */
  Objective objective(Box box) {
    Objective chosen = attacked(box);
    return decay == null ? chosen : new WeightDecayObjective(chosen, decay);
  }

  private Objective attacked(Box box) {
    if (adversarial != null && pgd != null) {
      throw new InputException("--adversarial and --pgd are two trainings: give one of them.");
    }
    if (rise != null && pgd == null) {
      throw new InputException("--rise belongs to --pgd: give both, or leave it out.");
    }
    if (pgd != null) {
      return pgd(box);
    }
    if (adversarial == null) {
      return new CleanObjective();
    }
    if (adversarial.size() != 2) {
      throw new InputException(
          "--adversarial needs two numbers, the weight of the clean cost and epsilon, as in"
              + " 0.5,0.25.");
    }
    return new AdversarialObjective(adversarial.get(0), adversarial.get(1));
  }

  private Objective pgd(Box box) {
    double steps = pgd.size() < 2 ? 0 : pgd.get(1);
    if (pgd.size() > 3 || steps < 1 || steps > 10_000 || steps != Math.rint(steps)) {
      throw new InputException(
          "--pgd needs epsilon, a whole number of steps from 1 up and, if wanted, the size of a"
              + " step, as in 0.3,40,0.01.");
    }
    RisingEpsilon budget = new RisingEpsilon(pgd.get(0), rise == null ? 1 : rise);
    return pgd.size() == 2
        ? new PgdObjective(budget, (int) steps, box)
        : new PgdObjective(budget, (int) steps, StepSize.of(pgd.get(2)), box);
  }
}
