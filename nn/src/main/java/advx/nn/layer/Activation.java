package advx.nn.layer;

import advx.engine.Var;
import advx.engine.op.Relu;
import advx.nn.Layer;
import advx.nn.Pass;
import advx.nn.SampleShape;
import java.util.function.UnaryOperator;

/** An element-wise function as a layer. */
record Activation(SampleShape output, UnaryOperator<Var> function) implements Layer {
  /** The one that {@link Fusion} knows. */
  static final UnaryOperator<Var> RELU = Relu::relu;

  @Override
  public Var forward(Pass pass, Var x) {
    return function.apply(x);
  }
}
