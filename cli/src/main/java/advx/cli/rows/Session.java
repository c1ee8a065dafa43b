package advx.cli.rows;

import advx.engine.Workers;
import advx.nn.ModelStore;
import advx.nn.TrainingListener;
import advx.nn.data.Splits;
import java.util.function.Function;

/**
 * What a row works with.
 *
 * @param data the data set, cut into training, validation and test samples
 * @param listener makes the listener that shows the progress of a training run of this name
 */
public record Session(
    Splits data,
    Profile profile,
    long seed,
    Workers workers,
    ModelStore models,
    Function<String, TrainingListener> listener) {}
