package advx.nn;

import advx.engine.InputException;
import advx.engine.Tensor;
import advx.nn.data.Dataset;
import advx.nn.layer.QuadraticLayer;

/** A shallow network of quadratic forms that begins with each class's mean image as its centre. */
public final class ClassMeans {
  private ClassMeans() {}

  /** Sets the centres of the network's one layer; sums in double, samples ascending. */
  public static Network set(Network network, Dataset data) {
    if (network.layers().size() != 1
        || !(network.layers().getFirst() instanceof QuadraticLayer layer)
        || network.classes() != data.classes()) {
      throw new InputException(
          "Only quadratic(%d) alone can begin at the class means, but this network is '%s'."
              .formatted(data.classes(), network.architecture()));
    }
    int d = data.features();
    double[] sums = new double[data.classes() * d];
    Tensor image = Tensor.zeros(1, d);
    for (int i = 0; i < data.size(); i++) {
      data.images(i, i + 1, image);
      for (int j = 0; j < d; j++) {
        sums[data.label(i) * d + j] += image.data()[j];
      }
    }
    int[] counts = data.labelCounts();
    Tensor means = Tensor.zeros(data.classes(), d);
    for (int j = 0; j < sums.length; j++) {
      means.data()[j] = (float) (sums[j] / Math.max(1, counts[j / d]));
    }
    layer.centre(means);
    return network;
  }
}
