package advx.nn.layer;

import advx.engine.Var;
import advx.engine.op.Rbf;
import advx.nn.Layer;
import advx.nn.Parameter;
import advx.nn.Pass;
import advx.nn.SampleShape;
import java.util.List;

/**
 * {@code rbf(units,init=…,scale=…)}: y = exp(−Σᵢ sᵢ²·(xᵢ − wᵢ)²), one centre w (init=…) and one
 * scale s an input (scale=…, 1/√inputs unless given) for each unit.
 */
record RbfLayer(SampleShape output, Parameter weight, Parameter scale) implements Layer {
  static Layer make(Settings s) {
    int units = s.only(1, "init", "scale").count(0, "number of units");
    int inputs = s.inputs().size();
    double scale = s.real("scale", 1 / StrictMath.sqrt(inputs));
    return new RbfLayer(
        SampleShape.row(units),
        s.weights(units, inputs),
        s.constant("scale", 1, scale, units, inputs));
  }

  @Override
  public Var forward(Pass pass, Var x) {
    return Rbf.rbf(Flat.flat(x), pass.parameter(weight), pass.parameter(scale));
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weight, scale);
  }
}
