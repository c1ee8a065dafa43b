package advx.nn;

import advx.engine.InputException;
import advx.engine.Numerics;
import advx.nn.data.Augmentation;
import advx.nn.data.Dataset;
import advx.nn.io.Canonical;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Everything that decides what a training run gives.
 *
 * @param initial the weights to start from, or null for fresh ones drawn from the seed
 * @param optimiser makes a fresh optimiser: it has state
 * @param epochs the largest number of epochs
 * @param patience stop after this many epochs without a lower validation error; 0: never, and keep
 *     the last weights instead of the best
 * @param validationError what that error is: {@link CleanError} unless a plan says otherwise
 * @param goal another reason to stop, or null for none
 * @param augmentation what is done to training images at random, or null for nothing
 */
public record TrainingPlan(
    Architecture architecture,
    Network initial,
    Objective objective,
    Supplier<Optimiser> optimiser,
    int batch,
    int epochs,
    int patience,
    long seed,
    Measure validationError,
    Goal goal,
    Augmentation augmentation) {

  public TrainingPlan {
    if (batch < 1 || epochs < 1 || patience < 0) {
      throw new InputException(
          "Training with batch %d, %d epochs and patience %d is not possible: give a batch and epochs of 1 or more, and a patience of 0 or more."
              .formatted(batch, epochs, patience));
    }
  }

  /** A plan that starts from fresh weights. */
  public TrainingPlan(
      Architecture architecture,
      Objective objective,
      Supplier<Optimiser> optimiser,
      int batch,
      int epochs,
      int patience,
      long seed) {
    this(
        architecture,
        null,
        objective,
        optimiser,
        batch,
        epochs,
        patience,
        seed,
        new CleanError(),
        null,
        null);
  }

  /** The same plan, started from the weights of a network of the same architecture. */
  public TrainingPlan from(Network network) {
    return new TrainingPlan(
        architecture,
        network,
        objective,
        optimiser,
        batch,
        epochs,
        patience,
        seed,
        validationError,
        goal,
        augmentation);
  }

  /** The same plan, its best epoch and its patience counted by another validation error. */
  public TrainingPlan validatedBy(Measure measure) {
    return new TrainingPlan(
        architecture,
        initial,
        objective,
        optimiser,
        batch,
        epochs,
        patience,
        seed,
        measure,
        goal,
        augmentation);
  }

  /** The same plan, ended also when the measure on the validation set is at most this value. */
  public TrainingPlan until(Measure measure, double value) {
    return new TrainingPlan(
        architecture,
        initial,
        objective,
        optimiser,
        batch,
        epochs,
        patience,
        seed,
        validationError,
        new Goal(measure, value),
        augmentation);
  }

  /** The same plan on images that are cropped and flipped at random. */
  public TrainingPlan augmented(Augmentation other) {
    return new TrainingPlan(
        architecture,
        initial,
        objective,
        optimiser,
        batch,
        epochs,
        patience,
        seed,
        validationError,
        goal,
        other);
  }

  /**
   * The settings as they enter the hash, sorted by name. A setting that came later enters only
   * where it is used, so that the models of older plans are found again.
   */
  public Map<String, Object> settings(Dataset train, Dataset validation) {
    Map<String, Object> settings = new TreeMap<>();
    settings.put("architecture", architecture.toString());
    settings.put("initial", initial == null ? "fresh" : Trained.fingerprint(initial));
    settings.put("objective", objective.describe());
    settings.put("optimiser", optimiser.get().describe());
    settings.put("batch", batch);
    settings.put("epochs", epochs);
    settings.put("patience", patience);
    settings.put("seed", seed);
    settings.put("train", train.checksum());
    settings.put("validation", validation.checksum());
    settings.put("numerics", Numerics.VERSION);
    if (!validationError.equals(new CleanError())) {
      settings.put("validated_by", validationError.describe());
    }
    if (goal != null) {
      settings.put("until", goal.measure().describe());
      settings.put("until_value", goal.value());
    }
    if (augmentation != null) {
      settings.put("augmentation", augmentation.describe());
    }
    return settings;
  }

  /** The SHA-256 of the canonical JSON of the settings: equal hash, equal weights. */
  public String hash(Dataset train, Dataset validation) {
    return Canonical.sha256(settings(train, validation));
  }
}
