package advx.nn.layer;

import advx.engine.Var;
import advx.engine.op.Maxout;
import advx.nn.Layer;
import advx.nn.Parameter;
import advx.nn.Pass;
import java.util.List;

/** {@code maxout(units,pieces,init=…,limit=…)}: each unit the maximum of its linear pieces. */
record MaxoutLayer(int outputs, int pieces, Parameter weight, Parameter bias) implements Layer {
  static Layer make(Settings s) {
    int units = s.only(2, "init", "limit").count(0, "number of units");
    int pieces = s.count(1, "number of pieces");
    return new MaxoutLayer(units, pieces, s.weights(units * pieces), s.bias(units * pieces));
  }

  @Override
  public Var forward(Pass pass, Var x) {
    return Maxout.maxout(x, pass.parameter(weight), pass.parameter(bias), pieces);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weight, bias);
  }
}
