package advx.nn.layer;

import advx.engine.Var;
import advx.engine.op.Concat;
import advx.nn.Layer;
import advx.nn.Pass;
import advx.nn.SampleShape;

/**
 * {@code join(numbers)}: the numbers that {@link AsideLayer} laid aside, behind what comes in,
 * which is read as a row.
 */
record JoinLayer(SampleShape output) implements Layer {
  static Layer make(Settings s) {
    int numbers = s.only(1).count(0, "number of numbers");
    return new JoinLayer(SampleShape.row(s.inputs().size() + numbers));
  }

  @Override
  public Var forward(Pass pass, Var x) {
    return Concat.concat(1, Flat.flat(x), pass.takeUp());
  }
}
