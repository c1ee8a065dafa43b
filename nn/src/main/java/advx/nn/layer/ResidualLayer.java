package advx.nn.layer;

import advx.engine.Var;
import advx.engine.kernel.ConvShape;
import advx.engine.kernel.PoolShape;
import advx.engine.kernel.Window;
import advx.engine.op.Add;
import advx.engine.op.AveragePool;
import advx.engine.op.LeakyRelu;
import advx.engine.op.Pad;
import advx.nn.Layer;
import advx.nn.Parameter;
import advx.nn.Pass;
import advx.nn.SampleShape;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code residual(units,stride=…,shared,slope=…,keep=…,epsilon=…,init=…)}: a unit of a wide
 * residual network (He et al. 2016, Identity mappings; Zagoruyko, Komodakis 2016),
 *
 * <pre>
 *  y = short(x) + conv₂(a(norm₂(conv₁(a(norm₁(x))))))
 * </pre>
 *
 * <p>with convolutions of 3×3 without a bias, the first at the stride, and a leaky ReLU a of this
 * slope (0.1 unless given). short(x) is x; averaged over windows of the stride's size if there is
 * one; with as many channels of zeros before as after (one more after, if the number is odd) if
 * there are to be more. With {@code shared} it starts from a(norm₁(x)) instead of x. Keep and
 * epsilon are those of {@link BatchNormLayer}.
 *
 * @param pool what the shortcut averages over; null at stride 1
 */
record ResidualLayer(
    SampleShape output,
    BatchNormLayer norm1,
    ConvLayer conv1,
    BatchNormLayer norm2,
    ConvLayer conv2,
    PoolShape pool,
    boolean shared,
    float slope)
    implements Layer {
  static Layer make(Settings s) {
    SampleShape image = s.only(1, "stride", "shared", "slope", "keep", "epsilon", "init").image();
    int units = s.count(0, "number of units");
    int stride = s.counted("stride", 1);
    if (units < image.channels()) {
      throw new IllegalArgumentException(
          "it needs as many units as it gets channels, or more, but gets " + image);
    }
    if (image.height() % stride != 0 || image.width() % stride != 0) {
      throw new IllegalArgumentException(
          "its stride has to divide height and width, but it gets " + image);
    }
    double slope = s.real("slope", 0.1);
    if (!(slope >= 0 && slope < 1)) {
      throw new IllegalArgumentException("its slope has to lie from 0 up to below 1");
    }
    ConvShape first = convolution(image, units, stride);
    SampleShape between = new SampleShape(first.rows(), first.columns(), units);
    ConvShape second = convolution(between, units, 1);
    Window window = new Window(stride, stride, stride, stride, 0, 0, 0, 0);
    return new ResidualLayer(
        between,
        BatchNormLayer.make(s, "norm1.", 0, image),
        new ConvLayer(first, weights(s, "conv1.weight", 4, first), null),
        BatchNormLayer.make(s, "norm2.", 5, between),
        new ConvLayer(second, weights(s, "conv2.weight", 9, second), null),
        stride == 1 ? null : new PoolShape(image.height(), image.width(), image.channels(), window),
        s.has("shared"),
        (float) slope);
  }

  private static ConvShape convolution(SampleShape image, int units, int stride) {
    return ConvShape.plain(
        image.height(),
        image.width(),
        image.channels(),
        units,
        1,
        Window.same(3, 3, stride, stride, image.height(), image.width()));
  }

  private static Parameter weights(Settings s, String name, int place, ConvShape shape) {
    double limit = Double.POSITIVE_INFINITY;
    return s.weights(name, place, limit, shape.filters(), shape.depth(), 3, 3);
  }

  @Override
  public Var forward(Pass pass, Var x) {
    Var active = LeakyRelu.leakyRelu(norm1.forward(pass, x), slope);
    Var half = norm2.forward(pass, conv1.forward(pass, active));
    Var y = conv2.forward(pass, LeakyRelu.leakyRelu(half, slope));
    return Add.add(shortcut(shared ? active : x), y);
  }

  private Var shortcut(Var x) {
    Var y = pool == null ? x : AveragePool.averagePool(x, pool);
    int more = output.channels() - y.value().dim(3);
    return more == 0 ? y : Pad.pad(y, 3, more / 2, output.channels());
  }

  @Override
  public List<Parameter> parameters() {
    return Stream.of(norm1, conv1, norm2, conv2)
        .flatMap(layer -> layer.parameters().stream())
        .toList();
  }
}
