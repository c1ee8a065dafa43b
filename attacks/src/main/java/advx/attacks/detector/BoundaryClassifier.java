package advx.attacks.detector;

import advx.engine.InputException;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Architecture;
import advx.nn.Network;

/**
 * A network of two classes, 0 benign and 1 adversarial, over {@link Surroundings}. The score is the
 * second logit minus the first: above 0 an input is flagged.
 *
 * <p>As published: two convolutions along the sorted distances, 8 and 16 filters of width 8 at
 * stride 4, without borders; what they make, 96×16 numbers of 1568, is joined with the purities; a
 * dense layer of 32 units; two outputs; ReLU and dropout of a half after each but the last.
 */
public final class BoundaryClassifier {
  /** Rows in one forward pass. The size changes no result. */
  private static final int CHUNK = 500;

  /** With fewer distances the second convolution has no place. */
  private static final int LEAST = 36;

  private final Network network;
  private final Workers workers;

  public BoundaryClassifier(Network network, Workers workers) {
    if (network.classes() != 2) {
      throw new InputException(
          "A boundary classifier has two classes, benign and adversarial, but '%s' has %d: give one that was trained as such."
              .formatted(network.architecture(), network.classes()));
    }
    this.network = network;
    this.workers = workers;
  }

  /** The published network on distances as they are (MNIST). */
  public static Architecture architecture() {
    return architecture("");
  }

  /**
   * The published network on (distance − mean)/deviation: for CIFAR-10, pixels from 0 to 255, 16
   * and 127.5.
   */
  public static Architecture architecture(double mean, double deviation) {
    return architecture("normalise(%s,%s) ".formatted(mean, deviation));
  }

  private static Architecture architecture(String scaling) {
    return Architecture.parse(
        "aside(%d) %sconv1d(8,8,stride=4) relu dropout(0.5) conv1d(16,8,stride=4) relu dropout(0.5) join(%d) dense(32) relu dropout(0.5) dense(2) softmax"
            .formatted(Surroundings.PURITIES, scaling, Surroundings.PURITIES));
  }

  /** Fails with a sentence where the published layers do not fit. */
  public static void checkDistances(int distances) {
    if (distances < LEAST) {
      throw new InputException(
          "The boundary classifier needs %d distances or more, but gets %d: measure along more directions."
              .formatted(LEAST, distances));
    }
  }

  public Network network() {
    return network;
  }

  /** The score of each row; NaN stays NaN. */
  public double[] scores(Surroundings surroundings) {
    if (surroundings.features() != network.features()) {
      throw new InputException(
          "The boundary classifier takes %d numbers an input, but gets %d: measure along the directions that it was trained on."
              .formatted(network.features(), surroundings.features()));
    }
    double[] scores = new double[surroundings.size()];
    Tape tape = new Tape(workers);
    for (int from = 0; from < scores.length; from += CHUNK) {
      int to = Math.min(scores.length, from + CHUNK);
      Tensor x = surroundings.subset(from, to).x();
      tape.rewind();
      float[] z = network.logits(tape, tape.constant(x)).data();
      for (int i = from; i < to; i++) {
        scores[i] = (double) z[2 * (i - from) + 1] - z[2 * (i - from)];
      }
    }
    return scores;
  }

  /** How well it tells these apart. */
  public DetectorEvaluation evaluate(Surroundings benign, Surroundings adversarial) {
    return DetectorEvaluation.of(scores(benign), scores(adversarial));
  }
}
