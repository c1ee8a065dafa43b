package advx.engine.kernel;

/**
 * Sums over features, in an order that no vector width changes: element i is added to lane i mod
 * 64, ascending; then the 64 lanes are added pairwise, lane j + lane j+32, j+16, j+8, j+4, j+2,
 * j+1.
 *
 * <pre>
 *   x0  x1  x2  …  x63          lanes   s0  s1  …  s63      each a chain from 0
 *   x64 x65 x66 …  x127           s[j] += s[j+32]  j &lt; 32
 *   …                             s[j] += s[j+16]  j &lt; 16
 *                                 …                         result s[0]
 * </pre>
 *
 * <p>{@code lanes} is the caller's scratch of 64 numbers. Lanes that no element reaches are 0, and
 * the tree starts below them.
 */
public final class Sums {
  private Sums() {}

  /** Σ xᵢ. */
  public static float sum(float[] x, int at, int n, float[] lanes) {
    return scalarSum(x, at, n, lanes);
  }

  /** Σ xᵢ², each step one fused multiply-add. */
  public static float squares(float[] x, int at, int n, float[] lanes) {
    return scalarDot(x, at, x, at, n, lanes);
  }

  /** Σ |xᵢ|. */
  public static float absolutes(float[] x, int at, int n, float[] lanes) {
    return scalarAbsolutes(x, at, n, lanes);
  }

  /** Σ xᵢ·yᵢ, each step one fused multiply-add. */
  public static float dot(float[] x, int xAt, float[] y, int yAt, int n, float[] lanes) {
    return scalarDot(x, xAt, y, yAt, n, lanes);
  }

  /** Σ (xᵢ − yᵢ)²: the difference is rounded, its square is not. */
  public static float squaredDistance(
      float[] x, int xAt, float[] y, int yAt, int n, float[] lanes) {
    return scalarSquaredDistance(x, xAt, y, yAt, n, lanes);
  }

  /** Σ x[at + i·stride] over i &lt; n, by the same rule. */
  public static float strided(float[] x, int at, int n, int stride, float[] lanes) {
    int width = clear(n, lanes);
    for (int i = 0; i < n; i++) {
      lanes[i & 63] += x[at + i * stride];
    }
    return tree(lanes, width);
  }

  static float scalarSum(float[] x, int at, int n, float[] lanes) {
    int width = clear(n, lanes);
    for (int i = 0; i < n; i++) {
      lanes[i & 63] += x[at + i];
    }
    return tree(lanes, width);
  }

  static float scalarAbsolutes(float[] x, int at, int n, float[] lanes) {
    int width = clear(n, lanes);
    for (int i = 0; i < n; i++) {
      lanes[i & 63] += Math.abs(x[at + i]);
    }
    return tree(lanes, width);
  }

  static float scalarDot(float[] x, int xAt, float[] y, int yAt, int n, float[] lanes) {
    int width = clear(n, lanes);
    for (int i = 0; i < n; i++) {
      lanes[i & 63] = Math.fma(x[xAt + i], y[yAt + i], lanes[i & 63]);
    }
    return tree(lanes, width);
  }

  static float scalarSquaredDistance(float[] x, int xAt, float[] y, int yAt, int n, float[] lanes) {
    int width = clear(n, lanes);
    for (int i = 0; i < n; i++) {
      float d = x[xAt + i] - y[yAt + i];
      lanes[i & 63] = Math.fma(d, d, lanes[i & 63]);
    }
    return tree(lanes, width);
  }

  /** Sets to 0 the lanes that n elements reach, up to a power of two, and returns how many. */
  private static int clear(int n, float[] lanes) {
    int width = n >= 64 ? 64 : n <= 1 ? 1 : Integer.highestOneBit(n - 1) << 1;
    for (int j = 0; j < width; j++) {
      lanes[j] = 0;
    }
    return width;
  }

  private static float tree(float[] lanes, int width) {
    for (int half = width >> 1; half > 0; half >>= 1) {
      for (int j = 0; j < half; j++) {
        lanes[j] += lanes[j + half];
      }
    }
    return lanes[0];
  }
}
