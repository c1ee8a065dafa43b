package advx.attacks.train;

import advx.attacks.Box;
import advx.attacks.StepSize;
import advx.nn.AdamOptimiser;
import advx.nn.Architecture;
import advx.nn.CleanObjective;
import advx.nn.MnistCnn;
import advx.nn.Objective;
import advx.nn.RateDrops;
import advx.nn.Sgd;
import advx.nn.TrainingPlan;
import advx.nn.WeightDecayObjective;
import advx.nn.WideResNet;
import advx.nn.data.Augmentation;
import java.util.List;

/**
 * The trainings against PGD that make the robust models of He, Li, Song (2018), which are those of
 * Madry et al. (2018), and shorter ones for two cores. Epochs are whole, so that the number of
 * updates is reached or passed by less than one.
 */
public final class PgdTraining {
  private PgdTraining() {}

  /**
   * MNIST for two cores: 12,000 updates of 50 images, 10 steps of ε/4, ε rising to 0.3 over the
   * first third; Adam 0.0005, a tenth of it in the last quarter.
   *
   * @param samples of the training set, pixels from 0 to 1
   */
  public static TrainingPlan shortMnist(int samples, long seed) {
    return new TrainingPlan(
        MnistCnn.published(),
        new PgdObjective(new RisingEpsilon(0.3, 4_000), 10, Box.UNIT),
        () -> new AdamOptimiser(5e-4, new RateDrops(0.1, List.of(9_000L))),
        50,
        epochs(12_000, samples, 50),
        0,
        seed);
  }

  /** As published for MNIST: 100,000 updates of 50 images, Adam 0.0001. */
  public static TrainingPlan publishedMnist(int samples, long seed) {
    return new TrainingPlan(
        MnistCnn.published(),
        PgdObjective.publishedMnist(),
        () -> new AdamOptimiser(1e-4),
        50,
        epochs(100_000, samples, 50),
        0,
        seed);
  }

  /**
   * As published for CIFAR-10, pixels from 0 to 255, on any network such as {@link WideResNet}:
   * 80,000 updates of 128 images, momentum 0.9, rate 0.1 and a tenth of it after 40,000 and 60,000,
   * weight decay 0.0002, random crops and flips.
   */
  public static TrainingPlan publishedCifar(Architecture network, int samples, long seed) {
    return cifar(network, PgdObjective.publishedCifar(), 80_000, 40_000, 60_000, samples, seed);
  }

  /** The same without an attack: the clean network beside the robust one. */
  public static TrainingPlan publishedCleanCifar(Architecture network, int samples, long seed) {
    return cifar(network, new CleanObjective(), 80_000, 40_000, 60_000, samples, seed);
  }

  /**
   * CIFAR-10 for two cores, pixels from 0 to 255: 3,100 updates, ε rising to 8 over the first 300,
   * 2 steps of 5/8 of it instead of 7 of 2; a tenth of the rate after 2,000 and 2,800. The rest is
   * as published.
   */
  public static TrainingPlan shortCifar(Architecture network, int samples, long seed) {
    PgdObjective pgd =
        new PgdObjective(new RisingEpsilon(8, 300), 2, StepSize.share(0.625), new Box(0, 255));
    return cifar(network, pgd, 3_100, 2_000, 2_800, samples, seed);
  }

  /** The same without an attack: 1,850 updates, a tenth of the rate after 1,200 and 1,650. */
  public static TrainingPlan shortCleanCifar(Architecture network, int samples, long seed) {
    return cifar(network, new CleanObjective(), 1_850, 1_200, 1_650, samples, seed);
  }

  private static TrainingPlan cifar(
      Architecture network,
      Objective objective,
      int updates,
      long first,
      long second,
      int samples,
      long seed) {
    RateDrops drops = new RateDrops(0.1, List.of(first, second));
    TrainingPlan plan =
        new TrainingPlan(
            network,
            new WeightDecayObjective(objective, 2e-4),
            () -> new Sgd(Sgd.Schedule.constant(0.1, 0.9), drops),
            128,
            epochs(updates, samples, 128),
            0,
            seed);
    return plan.augmented(new Augmentation(2, true));
  }

  private static int epochs(int updates, int samples, int batch) {
    return Math.ceilDiv(updates, Math.ceilDiv(samples, batch));
  }
}
