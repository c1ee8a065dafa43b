package advx.attacks.fooling;

import advx.engine.InputException;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tensor;
import advx.engine.Workers;

/**
 * Rubbish images: mean + deviation·N(0, I), in the units that the model takes (Goodfellow, Shlens,
 * Szegedy: Explaining and Harnessing Adversarial Examples, 2015, appendix A). Image i is drawn from
 * (seed, i) and nothing else.
 */
public record Noise(long seed, int features, double mean, double deviation) {
  public Noise {
    if (features < 1 || !(deviation >= 0) || !Double.isFinite(mean + deviation)) {
      throw new InputException(
          "Noise of %d numbers, mean %s and deviation %s cannot be drawn: give one number or more, a finite mean and a deviation from 0 up."
              .formatted(features, mean, deviation));
    }
  }

  /** The published one: N(0, I). */
  public static Noise standard(long seed, int features) {
    return new Noise(seed, features, 0, 1);
  }

  /** Images from … from+rows−1, each a row of {@code into}. */
  public void fill(Tensor into, int from, Workers workers) {
    if (into.columns() != features) {
      throw new IllegalArgumentException(
          "Noise: got a tensor %s, expected rows of %d".formatted(into.shapeString(), features));
    }
    workers.run(into.rows(), (row, worker) -> fill(into.data(), row * features, from + row));
  }

  private void fill(float[] into, int at, int image) {
    RandomStream random = new RandomStream(seed, Purpose.NOISE, 0, 0, image);
    for (int i = at; i < at + features; i++) {
      into[i] = (float) (mean + deviation * random.normal());
    }
  }

  /** The images from … to−1, [to−from, features]. */
  public Tensor images(int from, int to, Workers workers) {
    Tensor images = Tensor.zeros(to - from, features);
    fill(images, from, workers);
    return images;
  }
}
