package advx.engine.kernel;

import advx.engine.Purpose;
import advx.engine.RandomStream;

/** Numbers and sizes that the tests of kernels share. */
final class Samples {
  /** Below, at and above a vector, four vectors and 64 lanes, of every width. */
  static final int[] SIZES = {
    0, 1, 3, 4, 6, 8, 13, 16, 17, 25, 32, 64, 65, 100, 127, 128, 207, 300, 1000, 4098
  };

  private static final float[] SPECIAL = {
    0f,
    -0f,
    1,
    -1,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    88.7f,
    88.73f,
    -87.4f,
    -103.9f,
    -104.1f,
    0.625f,
    -0.625f,
    0.5f,
    0.75f,
    1.5f,
    1e-20f,
    -1e-20f,
    3e8f
  };

  private Samples() {}

  /** Standard normal numbers times a scale. */
  static float[] normal(int n, int which, float scale) {
    var random = new RandomStream(11, Purpose.TEST, 2, which, n);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = scale * random.normal();
    }
    return x;
  }

  /** The same with a special value at every fifth place. */
  static float[] withSpecial(int n, int which, float scale) {
    float[] x = normal(n, which, scale);
    for (int i = which % 5; i < n; i += 5) {
      x[i] = SPECIAL[(i / 5 + which) % SPECIAL.length];
    }
    return x;
  }
}
