package advx.attacks;

import advx.nn.Classifier;
import advx.nn.Ensemble;
import advx.nn.Layer;
import advx.nn.Network;

/**
 * How many inputs pass through a model together where any number would do: enough to fill the
 * matrix products, few enough for what a tape keeps of them to fit the memory. It changes no
 * result.
 */
public final class BatchRoom {
  private static final int MOST = 64;

  /** Of a model whose inside is not known. */
  private static final int UNKNOWN = 32;

  /**
   * Outputs of layers that a tape may keep of a batch: 128 MB, and what layers keep for themselves.
   */
  private static final long NUMBERS = 1L << 25;

  private BatchRoom() {}

  /** The inputs of one forward pass. */
  public static int of(Classifier classifier) {
    long made = made(classifier);
    return made == 0 ? UNKNOWN : Math.clamp(NUMBERS / made, 1, MOST);
  }

  /** The numbers that a model makes of one input; 0 if that is not known. */
  private static long made(Classifier classifier) {
    return switch (classifier) {
      case Network network -> {
        long sum = network.features();
        for (Layer layer : network.layers()) {
          sum += layer.output().size();
        }
        yield sum;
      }
      case Ensemble ensemble -> {
        long sum = 0;
        for (Classifier member : ensemble.members()) {
          long one = made(member);
          if (one == 0) {
            yield 0;
          }
          sum += one;
        }
        yield sum;
      }
      default -> 0;
    };
  }
}
