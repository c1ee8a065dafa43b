package advx.nn;

import advx.engine.Tensor;
import advx.engine.Workers;
import java.util.List;
import java.util.Map;

/** A rule that changes parameters along their gradients. It owns its state: velocities, moments. */
public interface Optimiser {
  /**
   * Updates every parameter from the gradient that this step's backward passes left on the pass.
   *
   * @param epoch counted from 1
   * @param update the number of updates before this one, over all epochs
   */
  void update(Workers workers, List<Parameter> parameters, Pass pass, int epoch, long update);

  /** Its state by name, for a checkpoint; the tensors themselves, not copies. */
  Map<String, Tensor> state(List<Parameter> parameters);

  /** One line that names the rule and all its settings, for the hash of a training run. */
  String describe();
}
