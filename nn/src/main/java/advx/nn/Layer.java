package advx.nn;

import advx.engine.Var;
import java.util.List;

/** One stage of a network: a function of its input, its parameters and, in training, chance. */
public interface Layer {
  /** The layer's output for a batch, [samples, …] to [samples, …]. */
  Var forward(Pass pass, Var x);

  /** What it makes of one sample. */
  SampleShape output();

  /** Its parameters, in a fixed order. */
  default List<Parameter> parameters() {
    return List.of();
  }
}
