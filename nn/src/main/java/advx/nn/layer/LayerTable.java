package advx.nn.layer;

import advx.engine.op.LeakyRelu;
import advx.engine.op.Sigmoid;
import advx.engine.op.Softplus;
import advx.engine.op.Tanh;
import advx.nn.Architecture;
import advx.nn.Layer;
import advx.nn.SampleShape;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The layers that an architecture may name: one line each. */
public final class LayerTable {
  /** Builds one layer from what stands in its brackets. */
  @FunctionalInterface
  interface Maker {
    Layer make(Settings settings);
  }

  private static final Map<String, Maker> TABLE =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("dense", DenseLayer::make),
              Map.entry("maxout", MaxoutLayer::make),
              Map.entry("image", ImageLayer::make),
              Map.entry("conv", ConvLayer::conv),
              Map.entry("maxoutconv", ConvLayer::maxout),
              Map.entry("conv1d", Conv1dLayer::make),
              Map.entry("maxpool", s -> PoolLayer.make(s, true)),
              Map.entry("averagepool", s -> PoolLayer.make(s, false)),
              Map.entry("batchnorm", BatchNormLayer::make),
              Map.entry("residual", ResidualLayer::make),
              Map.entry("standardise", s -> new StandardiseLayer(s.noMore().inputs())),
              Map.entry("aside", AsideLayer::make),
              Map.entry("join", JoinLayer::make),
              Map.entry("rbf", RbfLayer::make),
              Map.entry("quadratic", QuadraticLayer::make),
              Map.entry("mpdbm", MpDbmLayer::make),
              Map.entry("dropout", DropoutLayer::make),
              Map.entry("normalise", NormaliseLayer::make),
              Map.entry("relu", s -> new Activation(s.noMore().inputs(), Activation.RELU)),
              Map.entry(
                  "leaky",
                  s -> {
                    float slope = (float) s.number(0, "slope");
                    return new Activation(s.inputs(), x -> LeakyRelu.leakyRelu(x, slope));
                  }),
              Map.entry("sigmoid", s -> new Activation(s.noMore().inputs(), Sigmoid::sigmoid)),
              Map.entry("tanh", s -> new Activation(s.noMore().inputs(), Tanh::tanh)),
              Map.entry("softplus", s -> new Activation(s.noMore().inputs(), Softplus::softplus))));

  private LayerTable() {}

  /** Fails if layers that belong together do not stand together. */
  public static void check(List<Architecture.Part> parts) {
    AsideLayer.checkPairs(parts);
  }

  /**
   * Builds a layer.
   *
   * @param position its place in the network, which keys its random numbers and names its weights
   * @param parameters the number of parameters before it
   */
  public static Layer build(
      Architecture.Part part, int position, SampleShape inputs, int parameters, long seed) {
    Maker maker = TABLE.get(part.word());
    if (maker == null) {
      throw new IllegalArgumentException("the known layers are " + TABLE.keySet());
    }
    return maker.make(new Settings(part, position, inputs, parameters, seed));
  }
}
