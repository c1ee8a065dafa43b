package advx.cli.rows;

import advx.cli.result.Metric;
import advx.cli.result.RowResult;
import advx.engine.Workers;
import advx.nn.ModelStore;
import advx.nn.TrainingListener;
import advx.nn.data.Splits;
import advx.nn.data.Strokes;
import java.nio.file.Path;
import java.util.function.Function;

/** A session of few embedded digits, and the reading of what a row found in it. */
final class TinySession {
  private TinySession() {}

  /** {@code train} images to train on, 400 to validate on, 400 to test on. */
  static Session of(
      int train, Path folder, Workers workers, Function<String, TrainingListener> listener) {
    Splits all = Strokes.dataset(train + 400, 400, 1, workers);
    return new Session(
        Splits.of(all.full(), 400, all.test()),
        () -> {
          throw new MissingDataException("CIFAR-10 is not here.");
        },
        Profile.SMOKE,
        1,
        workers,
        new ModelStore(folder.resolve("models")),
        listener);
  }

  static double value(RowResult result, String metric) {
    return result.metrics().stream()
        .filter(m -> m.name().equals(metric))
        .mapToDouble(Metric::value)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no metric " + metric));
  }
}
