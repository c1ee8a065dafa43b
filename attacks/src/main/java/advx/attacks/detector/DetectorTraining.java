package advx.attacks.detector;

import advx.engine.InputException;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.AdamOptimiser;
import advx.nn.Architecture;
import advx.nn.CleanObjective;
import advx.nn.Network;
import advx.nn.Objective;
import advx.nn.Pass;

/**
 * How a boundary classifier is trained: Adam on batches of as many benign as adversarial inputs,
 * each drawn with replacement by (seed, step), so that a class of few inputs weighs as much as one
 * of many. Same settings, same bits, on any number of threads.
 *
 * @param ofEach benign inputs of a batch, and as many adversarial ones
 */
public record DetectorTraining(int ofEach, int steps, double rate, long seed) {
  /** The class of adversarial inputs. */
  public static final int ADVERSARIAL = 1;

  public DetectorTraining {
    if (ofEach < 1 || steps < 1) {
      throw new InputException(
          "The boundary classifier is to be trained on %d inputs of each kind in %d steps: give one or more of each."
              .formatted(ofEach, steps));
    }
  }

  /** As published for MNIST: 128 of each, 2000 steps, rate 0.001. */
  public static DetectorTraining mnist(long seed) {
    return new DetectorTraining(128, 2000, 1e-3, seed);
  }

  /** As published for CIFAR-10: 150 of each, 4000 steps, rate 0.001. */
  public static DetectorTraining cifar10(long seed) {
    return new DetectorTraining(150, 4000, 1e-3, seed);
  }

  /** Hears of a training. */
  public interface Progress {
    /** After this many steps, with the mean cost of the last batch. */
    void step(int steps, double cost);
  }

  /** Trains without anybody hearing of it. */
  public Network train(
      Architecture architecture, Surroundings benign, Surroundings adversarial, Workers workers) {
    return train(architecture, benign, adversarial, workers, (step, cost) -> {});
  }

  /**
   * Trains a network to tell the two apart.
   *
   * @param benign of inputs that the model classifies correctly
   * @param adversarial of inputs that fool it
   */
  public Network train(
      Architecture architecture,
      Surroundings benign,
      Surroundings adversarial,
      Workers workers,
      Progress progress) {
    if (benign.features() != adversarial.features()) {
      throw new InputException(
          "Benign inputs have %d numbers and adversarial ones %d: measure both along the same directions."
              .formatted(benign.features(), adversarial.features()));
    }
    BoundaryClassifier.checkDistances(benign.features() - Surroundings.PURITIES);
    Network network = architecture.network(benign.features(), seed);
    Objective objective = new CleanObjective();
    AdamOptimiser adam = new AdamOptimiser(rate);
    Pass pass = Pass.training(new Tape(workers), seed);
    Batch batch = new Batch(2 * ofEach, benign.features());
    for (int step = 0; step < steps; step++) {
      batch.draw(benign, step, 0);
      batch.draw(adversarial, step, ADVERSARIAL);
      pass.start(step, batch.places);
      double cost = objective.gradients(network, pass, batch.x, batch.labels);
      if (!Double.isFinite(cost)) {
        throw new InputException(
            "The training of the boundary classifier broke down in step %d: lower its rate %s."
                .formatted(step + 1, rate));
      }
      adam.update(workers, network.parameters(), pass, 1, step);
      progress.step(step + 1, cost / batch.labels.length);
    }
    return network;
  }

  /** A batch: the benign half, then the adversarial one. */
  private final class Batch {
    private final Tensor x;
    private final int[] labels;

    /** Rows have masks of their own, also where an input was drawn twice. */
    private final int[] places;

    private final RandomStream[] streams = new RandomStream[2];

    Batch(int size, int features) {
      x = Tensor.zeros(size, features);
      labels = new int[size];
      places = new int[size];
      java.util.Arrays.setAll(places, i -> i);
      for (int kind = 0; kind < 2; kind++) {
        streams[kind] = new RandomStream(seed, Purpose.SHUFFLE, 1 + kind, 0, 0);
      }
    }

    void draw(Surroundings from, int step, int kind) {
      RandomStream random = streams[kind].restart(step, 0);
      for (int i = kind * ofEach; i < (kind + 1) * ofEach; i++) {
        from.copy(random.nextInt(from.size()), x, i);
        labels[i] = kind;
      }
    }
  }

  /** One line, for the hash of a row's settings. */
  public String describe() {
    return "boundary classifier of-each=%d steps=%d adam rate=%s seed=%d"
        .formatted(ofEach, steps, rate, seed);
  }
}
