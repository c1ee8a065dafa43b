package advx.attacks.train;

import advx.attacks.Box;
import advx.nn.AdamOptimiser;
import advx.nn.Architecture;
import advx.nn.MnistCnn;
import advx.nn.RateDrops;
import advx.nn.Sgd;
import advx.nn.TrainingPlan;
import advx.nn.WeightDecayObjective;
import advx.nn.WideResNet;
import advx.nn.data.Augmentation;
import java.util.List;

/**
 * The trainings against PGD that make the robust models of He, Li, Song (2018), which are those of
 * Madry et al. (2018), and a shorter one for two cores. Epochs are whole, so that the number of
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
    RateDrops drops = new RateDrops(0.1, List.of(40_000L, 60_000L));
    TrainingPlan plan =
        new TrainingPlan(
            network,
            new WeightDecayObjective(PgdObjective.publishedCifar(), 2e-4),
            () -> new Sgd(Sgd.Schedule.constant(0.1, 0.9), drops),
            128,
            epochs(80_000, samples, 128),
            0,
            seed);
    return plan.augmented(new Augmentation(2, true));
  }

  private static int epochs(int updates, int samples, int batch) {
    return Math.ceilDiv(updates, Math.ceilDiv(samples, batch));
  }
}
