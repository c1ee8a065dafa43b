package advx.nn.layer;

import advx.engine.Var;
import advx.engine.kernel.ConvShape;
import advx.engine.kernel.Window;
import advx.engine.op.Conv2d;
import advx.nn.Layer;
import advx.nn.Parameter;
import advx.nn.Pass;
import advx.nn.SampleShape;
import java.util.List;

/**
 * {@code conv(units,size,pad=…,stride=…,groups=…,init=…,bias=…,limit=…,rate=…)}: a convolution,
 * with {@code unbiased} without a bias; {@code maxoutconv(units,pieces,size,…)}: each unit the
 * maximum of its linear pieces. A filter's weights are used at each position, so that their
 * gradients are larger than other layers': {@code rate=} multiplies the learning rate of the
 * layer's weights and biases. {@link Fusion} may give it a pool.
 *
 * @param bias null for none
 */
record ConvLayer(ConvShape shape, Parameter weight, Parameter bias) implements Layer {
  private static final String[] NAMES = {
    "pad", "stride", "groups", "init", "bias", "limit", "rate", "unbiased"
  };

  static Layer conv(Settings s) {
    return make(s.only(2, NAMES), 1, 1);
  }

  static Layer maxout(Settings s) {
    return make(s.only(3, NAMES), s.count(1, "number of pieces"), 2);
  }

  private static Layer make(Settings s, int pieces, int size) {
    SampleShape image = s.image();
    ConvShape shape =
        new ConvShape(
            image.height(),
            image.width(),
            image.channels(),
            s.count(0, "number of units"),
            pieces,
            s.counted("groups", 1),
            s.window(size, "kernel", 1),
            Window.ONE);
    double rate = s.real("rate", 1);
    if (!(rate > 0 && rate <= 1e6)) {
      throw new IllegalArgumentException("its rate has to be a number above 0");
    }
    boolean unbiased = s.has("unbiased");
    if (unbiased && s.named("bias", null) != null) {
      throw new IllegalArgumentException("unbiased, it has no bias to begin anywhere");
    }
    int height = shape.kernel().height();
    int width = shape.kernel().width();
    return new ConvLayer(
        shape,
        s.weights(shape.filters(), shape.depth(), height, width).atRate((float) rate),
        unbiased ? null : s.bias(shape.filters()).atRate((float) rate));
  }

  /** The same layer with max pooling in its pass. */
  ConvLayer pooled(Window pool) {
    return new ConvLayer(
        new ConvShape(
            shape.height(),
            shape.width(),
            shape.channels(),
            shape.units(),
            shape.pieces(),
            shape.groups(),
            shape.kernel(),
            pool),
        weight,
        bias);
  }

  @Override
  public Var forward(Pass pass, Var x) {
    Var b =
        bias != null
            ? pass.parameter(bias)
            : pass.tape().constant(pass.tape().workspace().tensor(shape.filters()).fill(0));
    return Conv2d.conv2d(x, pass.parameter(weight), b, shape);
  }

  @Override
  public SampleShape output() {
    return new SampleShape(shape.rows(), shape.columns(), shape.units());
  }

  @Override
  public List<Parameter> parameters() {
    return bias == null ? List.of(weight) : List.of(weight, bias);
  }
}
