package advx.nn;

import advx.engine.Tensor;

/** What a training step minimises. */
public interface Objective {
  /**
   * Leaves on the pass, for every parameter, the gradient of the batch's mean cost, and returns the
   * sum of the samples' costs.
   *
   * @param pass a training pass, just started
   * @param x the batch [samples, features]
   * @param labels one a sample
   */
  double gradients(Network network, Pass pass, Tensor x, int[] labels);

  /** One line that names the objective and all its settings, for the hash of a training run. */
  String describe();
}
