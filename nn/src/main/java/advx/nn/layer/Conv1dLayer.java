package advx.nn.layer;

import advx.engine.Var;
import advx.engine.kernel.ConvShape;
import advx.engine.kernel.Window;
import advx.engine.op.Conv1d;
import advx.engine.op.Reshape;
import advx.nn.Layer;
import advx.nn.Parameter;
import advx.nn.Pass;
import advx.nn.SampleShape;
import java.util.List;

/**
 * {@code conv1d(units,taps,pad=…,stride=…,groups=…,init=…,bias=…,limit=…)}: a convolution along a
 * line. A row of numbers is a line of one channel; an image has to be of height 1.
 */
record Conv1dLayer(ConvShape shape, Parameter weight, Parameter bias) implements Layer {
  static Layer make(Settings s) {
    SampleShape line = s.inputs().image() ? s.inputs() : new SampleShape(1, s.inputs().size(), 1);
    if (line.height() != 1) {
      throw new IllegalArgumentException("it needs a line of height 1, but gets " + line);
    }
    s.only(2, "pad", "stride", "groups", "init", "bias", "limit");
    ConvShape shape =
        ConvShape.plain(
            1,
            line.width(),
            line.channels(),
            s.count(0, "number of units"),
            s.counted("groups", 1),
            window(s, line));
    return new Conv1dLayer(
        shape,
        s.weights(shape.units(), shape.depth(), shape.kernel().width()),
        s.bias(shape.units()));
  }

  private static Window window(Settings s, SampleShape line) {
    int taps = s.count(1, "number of taps");
    int stride = s.counted("stride", 1);
    if (s.named("pad", "0").equals("same")) {
      return Window.same(1, taps, 1, stride, 1, line.width());
    }
    int pad = s.whole("pad", 0);
    return new Window(1, taps, 1, stride, 0, pad, 0, pad);
  }

  @Override
  public Var forward(Pass pass, Var x) {
    int samples = x.value().rows();
    Var line = Reshape.reshape(x, samples, shape.width(), shape.channels());
    Var y = Conv1d.conv1d(line, pass.parameter(weight), pass.parameter(bias), shape);
    return Reshape.reshape(y, samples, 1, shape.columns(), shape.units());
  }

  @Override
  public SampleShape output() {
    return new SampleShape(1, shape.columns(), shape.units());
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weight, bias);
  }
}
