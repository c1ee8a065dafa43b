package advx.cli.rows;

import advx.engine.Workers;
import advx.nn.ModelStore;
import advx.nn.TrainingListener;
import advx.nn.data.Splits;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a row works with.
 *
 * @param data the data set, cut into training, validation and test samples
 * @param cifarSource finds and reads CIFAR-10 when first asked, whole: see {@link #cifar}
 * @param listener makes the listener that shows the progress of a training run of this name
 */
public record Session(
    Splits data,
    Supplier<Splits> cifarSource,
    Scope scope,
    long seed,
    Workers workers,
    ModelStore models,
    Function<String, TrainingListener> listener) {

  /** One whose rows take as many images as the profile has. */
  public Session(
      Splits data,
      Supplier<Splits> cifarSource,
      Profile profile,
      long seed,
      Workers workers,
      ModelStore models,
      Function<String, TrainingListener> listener) {
    this(data, cifarSource, Scope.of(profile), seed, workers, models, listener);
  }

  public Profile profile() {
    return scope.profile();
  }

  /**
   * CIFAR-10, cut as the profile has it; read when a row first asks for it.
   *
   * @throws MissingDataException if it is not here; its sentence says where it was looked for
   */
  public Splits cifar() {
    return profile().trim(cifarSource.get());
  }

  /** The same with another seed. */
  Session withSeed(long other) {
    return new Session(data, cifarSource, scope, other, workers, models, listener);
  }
}
