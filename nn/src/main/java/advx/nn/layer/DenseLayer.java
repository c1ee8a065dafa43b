package advx.nn.layer;

import advx.engine.Var;
import advx.engine.op.Dense;
import advx.nn.Layer;
import advx.nn.Parameter;
import advx.nn.Pass;
import advx.nn.SampleShape;
import java.util.List;

/** {@code dense(units,init=…,bias=…,limit=…)}: y = x·Wᵀ + b. */
record DenseLayer(SampleShape output, Parameter weight, Parameter bias) implements Layer {
  static Layer make(Settings s) {
    int units = s.only(1, "init", "bias", "limit").count(0, "number of units");
    return new DenseLayer(
        SampleShape.row(units), s.weights(units, s.inputs().size()), s.bias(units));
  }

  @Override
  public Var forward(Pass pass, Var x) {
    return Dense.dense(Flat.flat(x), pass.parameter(weight), pass.parameter(bias));
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weight, bias);
  }
}
