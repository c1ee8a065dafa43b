package advx.nn.layer;

import advx.engine.Var;
import advx.engine.op.Dropout;
import advx.nn.Layer;
import advx.nn.Pass;
import advx.nn.SampleShape;

/**
 * {@code dropout(keep)} or {@code dropout(keep,unscaled)}: in training each input survives with
 * this probability and is then multiplied by 1/keep, or left as it is; in inference nothing
 * happens.
 */
record DropoutLayer(SampleShape output, float keep, boolean scaled, int position) implements Layer {
  static Layer make(Settings s) {
    double keep = s.only(1, "unscaled").number(0, "probability to keep");
    if (!(keep > 0 && keep <= 1)) {
      throw new IllegalArgumentException("its probability to keep has to lie above 0 and up to 1");
    }
    return new DropoutLayer(s.inputs(), (float) keep, !s.has("unscaled"), s.position());
  }

  @Override
  public Var forward(Pass pass, Var x) {
    if (!pass.training()) {
      return x;
    }
    float scale = scaled ? 1 / keep : 1;
    return Dropout.dropout(x, keep, scale, pass.seed(), pass.step(), position, pass.samples());
  }
}
