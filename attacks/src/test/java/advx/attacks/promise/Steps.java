package advx.attacks.promise;

import advx.attacks.train.AdversarialObjective;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Architecture;
import advx.nn.CleanObjective;
import advx.nn.Network;
import advx.nn.Objective;
import advx.nn.Optimiser;
import advx.nn.Pass;

/** Training steps on small nets, sizes awkward on purpose. */
final class Steps {
  static final int FEATURES = 37;

  /** Numbers of an image of three channels, 6×6. */
  static final int IMAGE = 108;

  static final int BATCH = 21;

  /** The papers' maxout network in small. */
  static final String MAXOUT =
      "dropout(0.8,unscaled) maxout(13,5,init=uniform:0.2,limit=1.9365) dropout(0.5)"
          + " maxout(12,5,init=uniform:0.2,limit=1.9365) dropout(0.5) dense(10) softmax";

  /** Every kind of layer on rows of numbers. */
  static final String EVERYTHING =
      "normalise(0.1,0.3) dropout(0.8,unscaled) maxout(13,3,init=uniform:0.2,limit=0.9)"
          + " dropout(0.5) dense(11) leaky(0.1) dense(9) tanh dense(8) sigmoid dense(7) softplus"
          + " dense(6) relu dense(10,limit=0.9) softmax";

  /** A wide residual network in small. */
  static final String RESIDUAL =
      "standardise image(3,6,6) conv(4,3,pad=same,unbiased) residual(4,shared)"
          + " residual(6,stride=2) batchnorm leaky(0.1) averagepool(3) dense(10) softmax";

  /** Every other kind of layer on images. */
  static final String IMAGES =
      "image(3,6,6) dropout(0.8,unscaled) maxoutconv(4,2,3,pad=same,limit=0.9) maxpool(2,stride=1)"
          + " conv(5,3,pad=same) relu maxpool(2) dense(10) softmax";

  /** Convolutions along a line. */
  static final String LINE = "conv1d(3,5) relu conv1d(4,3) relu dense(10) softmax";

  /** Radial basis functions. */
  static final String BELLS = "quadratic(10,rank=3,init=normal:0.03) squaredbells";

  final Workers workers;
  final Network network;
  final Pass pass;
  private final Objective objective;
  private final Optimiser optimiser;
  private final Tensor x;
  private final int[] labels;
  private final int[] samples = new int[BATCH];
  private int step;

  Steps(Workers workers, String net, boolean adversarial, Optimiser optimiser) {
    this(
        workers,
        net,
        adversarial ? new AdversarialObjective(0.5, 0.25) : new CleanObjective(),
        optimiser);
  }

  Steps(Workers workers, String net, Objective objective, Optimiser optimiser) {
    int features = net.contains("image(") ? IMAGE : FEATURES;
    network = Architecture.parse(net).network(features, 5);
    x = inputs(BATCH, 0, features);
    this.workers = workers;
    this.optimiser = optimiser;
    pass = Pass.training(new Tape(workers), 9);
    this.objective = objective;
    labels = labels(BATCH);
    for (int i = 0; i < BATCH; i++) {
      labels[i] %= network.classes();
    }
    for (int i = 0; i < BATCH; i++) {
      samples[i] = 1000 + 7 * i;
    }
  }

  /** One step: gradients, then the update. */
  double step() {
    pass.start(step, samples);
    double cost = objective.gradients(network, pass, x, labels);
    optimiser.update(workers, network.parameters(), pass, 1, step);
    step++;
    return cost;
  }

  static Tensor images(int count, int first) {
    return inputs(count, first, FEATURES);
  }

  private static Tensor inputs(int count, int first, int features) {
    Tensor images = Tensor.zeros(count, features);
    for (int i = 0; i < count; i++) {
      RandomStream random = new RandomStream(4, Purpose.TEST, 0, 0, first + i);
      for (int j = 0; j < features; j++) {
        images.data()[i * features + j] = random.uniform();
      }
    }
    return images;
  }

  static int[] labels(int count) {
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (3 * i + 1) % 10;
    }
    return labels;
  }
}
