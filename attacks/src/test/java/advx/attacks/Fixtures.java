package advx.attacks;

import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Architecture;
import advx.nn.CleanObjective;
import advx.nn.Network;
import advx.nn.Objective;
import advx.nn.Pass;
import advx.nn.Sgd;
import advx.nn.data.Dataset;

/** Small models and data for the tests. */
public final class Fixtures {
  private Fixtures() {}

  /** A linear model of these weights, one row a class, and biases. */
  public static Network linear(float[][] weights, float... biases) {
    int features = weights[0].length;
    Network network =
        Architecture.parse("dense(" + weights.length + ") softmax").network(features, 0);
    for (int c = 0; c < weights.length; c++) {
      System.arraycopy(
          weights[c], 0, network.parameters().get(0).value().data(), c * features, features);
    }
    System.arraycopy(biases, 0, network.parameters().get(1).value().data(), 0, biases.length);
    return network;
  }

  public static Network network(String architecture, int features, long seed) {
    return Architecture.parse(architecture).network(features, seed);
  }

  /** Normal numbers times a scale. */
  public static Tensor normal(long seed, float scale, int... shape) {
    Tensor t = Tensor.zeros(shape);
    RandomStream random = new RandomStream(seed, Purpose.TEST, 0, 0, 0);
    for (int i = 0; i < t.size(); i++) {
      t.data()[i] = scale * random.normal();
    }
    return t;
  }

  /** Uniform numbers in [0, 1). */
  public static Tensor uniform(long seed, int... shape) {
    Tensor t = Tensor.zeros(shape);
    RandomStream random = new RandomStream(seed, Purpose.TEST, 1, 0, 0);
    for (int i = 0; i < t.size(); i++) {
      t.data()[i] = random.uniform();
    }
    return t;
  }

  /**
   * Classes that overlap a little, in [0, 1]: 0.5 ± a pattern of the class's own, and noise; sample
   * i has label i mod classes.
   */
  public static Dataset blobs(long seed, int samples, int side, int classes) {
    int n = side * side;
    Tensor pattern = normal(seed, 0.06f, classes, n);
    Tensor x = normal(seed + 1, 0.12f, samples, n);
    int[] labels = new int[samples];
    for (int i = 0; i < samples; i++) {
      labels[i] = i % classes;
      for (int j = 0; j < n; j++) {
        float v = 0.5f + x.data()[i * n + j] + pattern.data()[labels[i] * n + j];
        x.data()[i * n + j] = Math.clamp(v, 0f, 1f);
      }
    }
    return new Dataset(new Dataset.Info("blobs", classes, side, side, 1, 0, 1, false), x, labels);
  }

  /** Trains on all of a data set at once. */
  public static Network train(Network network, Dataset data, int steps, double rate) {
    Tensor x = data.images(0, data.size());
    int[] samples = AttackRun.ascending(data.size());
    Objective objective = new CleanObjective();
    Sgd sgd = new Sgd(Sgd.Schedule.constant(rate, 0.9));
    try (Workers workers = new Workers(1)) {
      Pass pass = Pass.training(new Tape(workers), 1);
      for (int step = 0; step < steps; step++) {
        pass.start(step, samples);
        objective.gradients(network, pass, x, data.labels());
        sgd.update(workers, network.parameters(), pass, 1, step);
      }
    }
    return network;
  }
}
