package advx.nn.layer;

import advx.engine.Var;
import advx.engine.op.Scale;
import advx.engine.op.Shift;
import advx.nn.Layer;
import advx.nn.Pass;
import advx.nn.SampleShape;

/** {@code normalise(mean,deviation)}: (x − mean)/deviation, the network's own input scaling. */
record NormaliseLayer(SampleShape output, float mean, float deviation) implements Layer {
  static Layer make(Settings s) {
    double deviation = s.only(2).number(1, "deviation");
    if (!(deviation > 0)) {
      throw new IllegalArgumentException("its deviation has to be above 0");
    }
    return new NormaliseLayer(s.inputs(), (float) s.number(0, "mean"), (float) deviation);
  }

  @Override
  public Var forward(Pass pass, Var x) {
    return Scale.scale(Shift.shift(x, -mean), 1 / deviation);
  }
}
