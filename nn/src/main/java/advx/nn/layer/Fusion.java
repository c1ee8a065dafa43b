package advx.nn.layer;

import advx.nn.Layer;
import java.util.ArrayList;
import java.util.List;

/**
 * Layers as they are computed: a convolution takes the max pooling after it into its pass, also
 * across a ReLU, which commutes with it and then runs on the pooled numbers alone.
 *
 * <p>Values, input gradients and winners are those of the separate layers, bit for bit, where
 * windows do not overlap; the weight gradient's chains run over windows instead of pixels.
 */
public final class Fusion {
  private Fusion() {}

  /** The stages that compute these layers. */
  public static List<Layer> fuse(List<Layer> layers) {
    List<Layer> stages = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      boolean relu = at(layers, i + 1) instanceof Activation a && a.function() == Activation.RELU;
      int next = relu ? i + 2 : i + 1;
      if (layers.get(i) instanceof ConvLayer conv
          && at(layers, next) instanceof PoolLayer pool
          && pool.maximum()
          && pool.shape().window().bare()) {
        ConvLayer fused = conv.pooled(pool.shape().window());
        stages.add(fused);
        if (relu) {
          stages.add(new Activation(fused.output(), Activation.RELU));
        }
        i = next;
      } else {
        stages.add(layers.get(i));
      }
    }
    return List.copyOf(stages);
  }

  private static Layer at(List<Layer> layers, int i) {
    return i < layers.size() ? layers.get(i) : null;
  }
}
