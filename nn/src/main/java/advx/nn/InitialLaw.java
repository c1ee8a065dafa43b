package advx.nn;

import advx.engine.InputException;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tensor;

/**
 * The law that initial weights are drawn from.
 *
 * <p>Written as {@code uniform:r} for U(−r, r), {@code normal:σ}, {@code truncated:σ} (normal,
 * drawn again beyond 2σ), {@code glorot} for U(−√(6/(in+out)), …), {@code he} for a normal with σ =
 * √(2/in), {@code sparse:n} for n standard normal weights in each row at random places and zeros
 * else, or {@code zero}.
 */
public record InitialLaw(String kind, double scale) {
  public static InitialLaw parse(String text) {
    String[] parts = text.split(":", -1);
    boolean scaled = parts[0].matches("uniform|normal|truncated");
    boolean plain = parts[0].matches("glorot|he|zero");
    if (text.matches("sparse:[1-9][0-9]{0,5}")) {
      return new InitialLaw("sparse", Integer.parseInt(parts[1]));
    }
    try {
      if (scaled && parts.length == 2 && Double.parseDouble(parts[1]) >= 0) {
        return new InitialLaw(parts[0], Double.parseDouble(parts[1]));
      }
    } catch (NumberFormatException e) {
      throw unknown(text);
    }
    if (plain && parts.length == 1) {
      return new InitialLaw(parts[0], 0);
    }
    throw unknown(text);
  }

  private static InputException unknown(String text) {
    return new InputException(
        "Initial weights '%s' are not known: give uniform:r, normal:s, truncated:s, sparse:n, glorot, he or zero."
            .formatted(text));
  }

  /**
   * Fills weights [out][in] of the parameter with this index. With further axes, the taps of a
   * convolution, in is all but the first axis, and out is times the taps.
   */
  public void fill(Tensor weights, long seed, int parameter) {
    int in = weights.columns();
    int taps = weights.rank() < 2 || weights.dim(1) == 0 ? 1 : in / weights.dim(1);
    int out = weights.rows() * taps;
    float[] w = weights.data();
    RandomStream random = new RandomStream(seed, Purpose.INITIAL_WEIGHTS, parameter, 0, 0);
    if (kind.equals("sparse")) {
      sparse(w, weights.rows(), in, random);
      return;
    }
    double sigma = kind.equals("he") ? StrictMath.sqrt(2.0 / in) : scale;
    float range = (float) (kind.equals("glorot") ? StrictMath.sqrt(6.0 / (in + out)) : scale);
    for (int i = 0; i < w.length; i++) {
      w[i] =
          switch (kind) {
            case "uniform", "glorot" -> random.uniform(-range, range);
            case "normal", "he" -> (float) (sigma * random.normal());
            case "truncated" -> (float) (sigma * truncated(random));
            default -> 0;
          };
    }
  }

  /** A place that is drawn twice is drawn again. */
  private void sparse(float[] w, int rows, int in, RandomStream random) {
    java.util.Arrays.fill(w, 0);
    for (int row = 0; row < rows; row++) {
      for (int left = Math.min(in, (int) scale); left > 0; ) {
        int at = row * in + random.nextInt(in);
        if (w[at] == 0) {
          w[at] = random.normal();
          left -= w[at] == 0 ? 0 : 1;
        }
      }
    }
  }

  private static float truncated(RandomStream random) {
    float z = random.normal();
    while (Math.abs(z) > 2) {
      z = random.normal();
    }
    return z;
  }
}
