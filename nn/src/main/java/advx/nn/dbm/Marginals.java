package advx.nn.dbm;

import advx.engine.InputException;
import advx.engine.Tensor;
import advx.nn.Network;
import advx.nn.data.Dataset;
import advx.nn.layer.MpDbmLayer;

/** A machine that knows, before any training, how bright each pixel is on average. */
public final class Marginals {
  /** Keeps ln m/(1 − m) of a pixel that is always 0 finite: at ±16. */
  private static final double LEAST = 1e-7;

  private Marginals() {}

  /** Sets the pixels' biases to ln m/(1 − m), m the pixel's mean over the data, in double. */
  public static Network set(Network network, Dataset data) {
    if (!(network.layers().getFirst() instanceof MpDbmLayer machine)) {
      throw new InputException(
          "Only mpdbm(…) has biases of pixels, but this network is '%s'."
              .formatted(network.architecture()));
    }
    double[] sums = new double[data.features()];
    Tensor image = Tensor.zeros(1, data.features());
    for (int i = 0; i < data.size(); i++) {
      data.images(i, i + 1, image);
      for (int j = 0; j < sums.length; j++) {
        sums[j] += image.data()[j];
      }
    }
    for (int j = 0; j < sums.length; j++) {
      double mean = Math.clamp(sums[j] / data.size(), LEAST, 1 - LEAST);
      machine.visible().value().data()[j] = (float) StrictMath.log(mean / (1 - mean));
    }
    return network;
  }
}
