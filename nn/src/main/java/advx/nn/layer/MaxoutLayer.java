package advx.nn.layer;

import advx.engine.Var;
import advx.engine.op.Maxout;
import advx.nn.Layer;
import advx.nn.Parameter;
import advx.nn.Pass;
import advx.nn.SampleShape;
import java.util.List;

/**
 * {@code maxout(units,pieces,init=…,bias=…,limit=…)}: each unit the maximum of its linear pieces.
 */
record MaxoutLayer(SampleShape output, int pieces, Parameter weight, Parameter bias)
    implements Layer {
  static Layer make(Settings s) {
    int units = s.only(2, "init", "bias", "limit").count(0, "number of units");
    int pieces = s.count(1, "number of pieces");
    int rows = units * pieces;
    return new MaxoutLayer(
        SampleShape.row(units), pieces, s.weights(rows, s.inputs().size()), s.bias(rows));
  }

  @Override
  public Var forward(Pass pass, Var x) {
    return Maxout.maxout(Flat.flat(x), pass.parameter(weight), pass.parameter(bias), pieces);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weight, bias);
  }
}
