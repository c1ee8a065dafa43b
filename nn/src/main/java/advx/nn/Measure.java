package advx.nn;

import advx.engine.Workers;
import advx.nn.data.Dataset;

/**
 * A number that says how well a network does on a data set, the lower the better. It depends on
 * weights and data alone: not on threads, chunks, or when it is taken.
 */
public interface Measure {
  double of(Network network, Dataset data, Workers workers);

  /** One line that names the measure and all its settings, for the hash of a training run. */
  String describe();
}
