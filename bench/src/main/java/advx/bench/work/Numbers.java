package advx.bench.work;

import advx.engine.Purpose;
import advx.engine.RandomStream;

/** The numbers that are computed with, and how a result is held against its definition. */
final class Numbers {
  private static final int PLACES = 1000;

  private Numbers() {}

  /** Uniform in [−1, 1): sums stay small, nothing ends in infinities or subnormal numbers. */
  static float[] uniform(int n, int which) {
    return uniform(n, which, -1, 1);
  }

  static float[] uniform(int n, int which, float low, float high) {
    RandomStream random = new RandomStream(1, Purpose.TEST, 0, which, 0);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.uniform(low, high);
    }
    return x;
  }

  /** As uniform, but only this share of them is not zero. */
  static float[] sparse(int n, int which, float share) {
    RandomStream random = new RandomStream(1, Purpose.TEST, 1, which, 0);
    float[] x = uniform(n, which);
    for (int i = 0; i < n; i++) {
      x[i] = random.uniform() < share ? x[i] : 0;
    }
    return x;
  }

  /** Uniform in 0 … bound−1. */
  static int[] indices(int n, int which, int bound) {
    RandomStream random = new RandomStream(1, Purpose.TEST, 2, which, 0);
    int[] x = new int[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.nextInt(bound);
    }
    return x;
  }

  /** The distance between places, so that about a thousand of n are looked at. */
  static int stride(int n) {
    return 1 + n / PLACES;
  }

  /** Compares to an absolute and relative error of {@code tolerance}. */
  static void expect(String what, int at, double expected, float found, double tolerance) {
    if (!(Math.abs(expected - found) <= tolerance * Math.max(1, Math.abs(expected)))) {
      throw new IllegalStateException(
          "%s: element %d is %s, by its definition %s".formatted(what, at, found, expected));
    }
  }
}
