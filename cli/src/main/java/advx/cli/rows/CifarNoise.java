package advx.cli.rows;

import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tensor;

/** Images that show nothing: x ~ N(0, I) in the whitened numbers. */
final class CifarNoise {
  /** As many as in the paper; fewer for tests. */
  static int count(Profile profile) {
    return profile == Profile.SMOKE ? 200 : 1_000;
  }

  private CifarNoise() {}

  /** Image i depends on the seed, on i, and on nothing else. */
  static Tensor images(int n, int features, long seed) {
    Tensor x = Tensor.zeros(n, features);
    RandomStream random = new RandomStream(seed, Purpose.NOISE, 0, 0, 0);
    for (int i = 0; i < n; i++) {
      random.restart(0, i);
      for (int j = 0; j < features; j++) {
        x.data()[i * features + j] = random.normal();
      }
    }
    return x;
  }
}
