package advx.attacks;

import advx.engine.RandomStream;

/**
 * A point drawn uniformly from the ball of radius ε.
 *
 * <pre>
 *  L∞   ε·uᵢ, uᵢ uniform in [−1, 1)
 *  L2   ε·gᵢ/‖(g₁ … gₙ₊₂)‖₂, g normal: n of the n + 2 coordinates of a point on a sphere
 *  L1   ±ε·eᵢ/(e₁ + … + eₙ₊₁), e exponential, signs at random
 * </pre>
 *
 * <p>(Barthe, Guédon, Mendelson, Naor: A probabilistic approach to the geometry of the ℓp-ball,
 * 2005.) In L2 and L1 the mean norm is ε·n/(n + 1).
 */
final class RandomStart {
  private RandomStart() {}

  /** Writes the point to {@code delta}, whose length is n; {@code room} is scratch as long. */
  static void draw(Norm norm, double epsilon, RandomStream random, float[] room, double[] delta) {
    int n = delta.length;
    switch (norm) {
      case LINF -> {
        for (int i = 0; i < n; i++) {
          delta[i] = epsilon * random.uniform(-1, 1);
        }
      }
      case L2 -> {
        double squares = 0;
        for (int i = 0; i < n + 2; i++) {
          double g = random.normal();
          squares += g * g;
          if (i < n) {
            delta[i] = g;
          }
        }
        scale(delta, squares == 0 ? 0 : epsilon / Math.sqrt(squares));
      }
      case L1 -> {
        for (int i = 0; i < n; i++) {
          room[i] = random.nextInt() < 0 ? -1 : 1;
        }
        double sum = 0;
        for (int i = 0; i < n + 1; i++) {
          double e = -StrictMath.log(1 - (double) random.uniform());
          sum += e;
          if (i < n) {
            delta[i] = e * room[i];
          }
        }
        scale(delta, sum == 0 ? 0 : epsilon / sum);
      }
    }
  }

  private static void scale(double[] delta, double factor) {
    for (int i = 0; i < delta.length; i++) {
      delta[i] *= factor;
    }
  }
}
