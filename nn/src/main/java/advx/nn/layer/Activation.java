package advx.nn.layer;

import advx.engine.Var;
import advx.nn.Layer;
import advx.nn.Pass;
import java.util.function.UnaryOperator;

/** An element-wise function as a layer. */
record Activation(int outputs, UnaryOperator<Var> function) implements Layer {
  @Override
  public Var forward(Pass pass, Var x) {
    return function.apply(x);
  }
}
