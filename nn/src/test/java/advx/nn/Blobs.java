package advx.nn;

import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tensor;
import advx.nn.data.Dataset;

/** A small data set for tests: one blurred pattern a class, noise on top. */
final class Blobs {
  private Blobs() {}

  static Dataset of(int samples, int features, int classes, int part) {
    Tensor images = Tensor.zeros(samples, features);
    int[] labels = new int[samples];
    for (int i = 0; i < samples; i++) {
      labels[i] = i % classes;
      RandomStream pattern = new RandomStream(3, Purpose.TEST, 0, labels[i], 0);
      RandomStream noise = new RandomStream(3, Purpose.TEST, 1 + part, 0, i);
      for (int j = 0; j < features; j++) {
        images.data()[i * features + j] = 0.7f * pattern.uniform() + 0.3f * noise.uniform();
      }
    }
    Dataset.Info info = new Dataset.Info("blobs", classes, 1, features, 1, 0, 1, false);
    return new Dataset(info, images, labels);
  }
}
