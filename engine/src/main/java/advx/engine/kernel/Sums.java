package advx.engine.kernel;

import jdk.incubator.vector.FloatVector;

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
    if (!Lanes.VECTOR || n < Lanes.LOGICAL) {
      return scalarSum(x, at, n, lanes);
    }
    int whole = n & -Lanes.LOGICAL;
    Simd.sum(x, at, whole, lanes);
    return restOfSum(x, at, whole, n, lanes, Lanes.LOGICAL);
  }

  static float scalarSum(float[] x, int at, int n, float[] lanes) {
    return restOfSum(x, at, 0, n, lanes, clear(n, lanes));
  }

  private static float restOfSum(float[] x, int at, int from, int n, float[] lanes, int width) {
    for (int i = from; i < n; i++) {
      lanes[i & 63] += x[at + i];
    }
    return tree(lanes, width);
  }

  /** Σ |xᵢ|. */
  public static float absolutes(float[] x, int at, int n, float[] lanes) {
    if (!Lanes.VECTOR || n < Lanes.LOGICAL) {
      return scalarAbsolutes(x, at, n, lanes);
    }
    int whole = n & -Lanes.LOGICAL;
    Simd.absolutes(x, at, whole, lanes);
    return restOfAbsolutes(x, at, whole, n, lanes, Lanes.LOGICAL);
  }

  static float scalarAbsolutes(float[] x, int at, int n, float[] lanes) {
    return restOfAbsolutes(x, at, 0, n, lanes, clear(n, lanes));
  }

  private static float restOfAbsolutes(
      float[] x, int at, int from, int n, float[] lanes, int width) {
    for (int i = from; i < n; i++) {
      lanes[i & 63] += Math.abs(x[at + i]);
    }
    return tree(lanes, width);
  }

  /** Σ xᵢ², each step one fused multiply-add. */
  public static float squares(float[] x, int at, int n, float[] lanes) {
    if (!Lanes.VECTOR || n < Lanes.LOGICAL) {
      return scalarSquares(x, at, n, lanes);
    }
    int whole = n & -Lanes.LOGICAL;
    Simd.squares(x, at, whole, lanes);
    return restOfDot(x, at, x, at, whole, n, lanes, Lanes.LOGICAL);
  }

  static float scalarSquares(float[] x, int at, int n, float[] lanes) {
    return scalarDot(x, at, x, at, n, lanes);
  }

  /** Σ xᵢ·yᵢ, each step one fused multiply-add. */
  public static float dot(float[] x, int xAt, float[] y, int yAt, int n, float[] lanes) {
    if (!Lanes.VECTOR || n < Lanes.LOGICAL) {
      return scalarDot(x, xAt, y, yAt, n, lanes);
    }
    int whole = n & -Lanes.LOGICAL;
    Simd.dot(x, xAt, y, yAt, whole, lanes);
    return restOfDot(x, xAt, y, yAt, whole, n, lanes, Lanes.LOGICAL);
  }

  static float scalarDot(float[] x, int xAt, float[] y, int yAt, int n, float[] lanes) {
    return restOfDot(x, xAt, y, yAt, 0, n, lanes, clear(n, lanes));
  }

  private static float restOfDot(
      float[] x, int xAt, float[] y, int yAt, int from, int n, float[] lanes, int width) {
    for (int i = from; i < n; i++) {
      lanes[i & 63] = Math.fma(x[xAt + i], y[yAt + i], lanes[i & 63]);
    }
    return tree(lanes, width);
  }

  /** Σ (xᵢ − yᵢ)²: the difference is rounded, its square is not. */
  public static float squaredDistance(
      float[] x, int xAt, float[] y, int yAt, int n, float[] lanes) {
    if (!Lanes.VECTOR || n < Lanes.LOGICAL) {
      return scalarSquaredDistance(x, xAt, y, yAt, n, lanes);
    }
    int whole = n & -Lanes.LOGICAL;
    Simd.squaredDistance(x, xAt, y, yAt, whole, lanes);
    return restOfSquaredDistance(x, xAt, y, yAt, whole, n, lanes, Lanes.LOGICAL);
  }

  static float scalarSquaredDistance(float[] x, int xAt, float[] y, int yAt, int n, float[] lanes) {
    return restOfSquaredDistance(x, xAt, y, yAt, 0, n, lanes, clear(n, lanes));
  }

  private static float restOfSquaredDistance(
      float[] x, int xAt, float[] y, int yAt, int from, int n, float[] lanes, int width) {
    for (int i = from; i < n; i++) {
      float d = x[xAt + i] - y[yAt + i];
      lanes[i & 63] = Math.fma(d, d, lanes[i & 63]);
    }
    return tree(lanes, width);
  }

  /** Σ x[at + i·stride] over i &lt; n, by the same rule. */
  public static float strided(float[] x, int at, int n, int stride, float[] lanes) {
    int width = clear(n, lanes);
    for (int i = 0; i < n; i++) {
      lanes[i & 63] += x[at + i * stride];
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

  /**
   * The lanes of the first n elements, n a multiple of 64, in passes of four vectors of lanes: four
   * passes over x with 128 bits, two with 256, one with 512.
   */
  static final class Simd {
    private Simd() {}

    static void sum(float[] x, int at, int n, float[] lanes) {
      for (int lane = 0; lane < Lanes.LOGICAL; lane += 4 * Species.L) {
        FloatVector s0 = FloatVector.zero(Species.F);
        FloatVector s1 = FloatVector.zero(Species.F);
        FloatVector s2 = FloatVector.zero(Species.F);
        FloatVector s3 = FloatVector.zero(Species.F);
        for (int i = lane; i < n; i += Lanes.LOGICAL) {
          s0 = FloatVector.fromArray(Species.F, x, at + i).add(s0);
          s1 = FloatVector.fromArray(Species.F, x, at + i + Species.L).add(s1);
          s2 = FloatVector.fromArray(Species.F, x, at + i + 2 * Species.L).add(s2);
          s3 = FloatVector.fromArray(Species.F, x, at + i + 3 * Species.L).add(s3);
        }
        s0.intoArray(lanes, lane);
        s1.intoArray(lanes, lane + Species.L);
        s2.intoArray(lanes, lane + 2 * Species.L);
        s3.intoArray(lanes, lane + 3 * Species.L);
      }
    }

    static void absolutes(float[] x, int at, int n, float[] lanes) {
      for (int lane = 0; lane < Lanes.LOGICAL; lane += 4 * Species.L) {
        FloatVector s0 = FloatVector.zero(Species.F);
        FloatVector s1 = FloatVector.zero(Species.F);
        FloatVector s2 = FloatVector.zero(Species.F);
        FloatVector s3 = FloatVector.zero(Species.F);
        for (int i = lane; i < n; i += Lanes.LOGICAL) {
          s0 = FloatVector.fromArray(Species.F, x, at + i).abs().add(s0);
          s1 = FloatVector.fromArray(Species.F, x, at + i + Species.L).abs().add(s1);
          s2 = FloatVector.fromArray(Species.F, x, at + i + 2 * Species.L).abs().add(s2);
          s3 = FloatVector.fromArray(Species.F, x, at + i + 3 * Species.L).abs().add(s3);
        }
        s0.intoArray(lanes, lane);
        s1.intoArray(lanes, lane + Species.L);
        s2.intoArray(lanes, lane + 2 * Species.L);
        s3.intoArray(lanes, lane + 3 * Species.L);
      }
    }

    static void squares(float[] x, int at, int n, float[] lanes) {
      for (int lane = 0; lane < Lanes.LOGICAL; lane += 4 * Species.L) {
        FloatVector s0 = FloatVector.zero(Species.F);
        FloatVector s1 = FloatVector.zero(Species.F);
        FloatVector s2 = FloatVector.zero(Species.F);
        FloatVector s3 = FloatVector.zero(Species.F);
        for (int i = lane; i < n; i += Lanes.LOGICAL) {
          FloatVector x0 = FloatVector.fromArray(Species.F, x, at + i);
          s0 = x0.fma(x0, s0);
          FloatVector x1 = FloatVector.fromArray(Species.F, x, at + i + Species.L);
          s1 = x1.fma(x1, s1);
          FloatVector x2 = FloatVector.fromArray(Species.F, x, at + i + 2 * Species.L);
          s2 = x2.fma(x2, s2);
          FloatVector x3 = FloatVector.fromArray(Species.F, x, at + i + 3 * Species.L);
          s3 = x3.fma(x3, s3);
        }
        s0.intoArray(lanes, lane);
        s1.intoArray(lanes, lane + Species.L);
        s2.intoArray(lanes, lane + 2 * Species.L);
        s3.intoArray(lanes, lane + 3 * Species.L);
      }
    }

    static void dot(float[] x, int xAt, float[] y, int yAt, int n, float[] lanes) {
      for (int lane = 0; lane < Lanes.LOGICAL; lane += 4 * Species.L) {
        FloatVector s0 = FloatVector.zero(Species.F);
        FloatVector s1 = FloatVector.zero(Species.F);
        FloatVector s2 = FloatVector.zero(Species.F);
        FloatVector s3 = FloatVector.zero(Species.F);
        for (int i = lane; i < n; i += Lanes.LOGICAL) {
          FloatVector x0 = FloatVector.fromArray(Species.F, x, xAt + i);
          s0 = x0.fma(FloatVector.fromArray(Species.F, y, yAt + i), s0);
          FloatVector x1 = FloatVector.fromArray(Species.F, x, xAt + i + Species.L);
          s1 = x1.fma(FloatVector.fromArray(Species.F, y, yAt + i + Species.L), s1);
          FloatVector x2 = FloatVector.fromArray(Species.F, x, xAt + i + 2 * Species.L);
          s2 = x2.fma(FloatVector.fromArray(Species.F, y, yAt + i + 2 * Species.L), s2);
          FloatVector x3 = FloatVector.fromArray(Species.F, x, xAt + i + 3 * Species.L);
          s3 = x3.fma(FloatVector.fromArray(Species.F, y, yAt + i + 3 * Species.L), s3);
        }
        s0.intoArray(lanes, lane);
        s1.intoArray(lanes, lane + Species.L);
        s2.intoArray(lanes, lane + 2 * Species.L);
        s3.intoArray(lanes, lane + 3 * Species.L);
      }
    }

    static void squaredDistance(float[] x, int xAt, float[] y, int yAt, int n, float[] lanes) {
      for (int lane = 0; lane < Lanes.LOGICAL; lane += 4 * Species.L) {
        FloatVector s0 = FloatVector.zero(Species.F);
        FloatVector s1 = FloatVector.zero(Species.F);
        FloatVector s2 = FloatVector.zero(Species.F);
        FloatVector s3 = FloatVector.zero(Species.F);
        for (int i = lane; i < n; i += Lanes.LOGICAL) {
          FloatVector d0 =
              FloatVector.fromArray(Species.F, x, xAt + i)
                  .sub(FloatVector.fromArray(Species.F, y, yAt + i));
          s0 = d0.fma(d0, s0);
          FloatVector d1 =
              FloatVector.fromArray(Species.F, x, xAt + i + Species.L)
                  .sub(FloatVector.fromArray(Species.F, y, yAt + i + Species.L));
          s1 = d1.fma(d1, s1);
          FloatVector d2 =
              FloatVector.fromArray(Species.F, x, xAt + i + 2 * Species.L)
                  .sub(FloatVector.fromArray(Species.F, y, yAt + i + 2 * Species.L));
          s2 = d2.fma(d2, s2);
          FloatVector d3 =
              FloatVector.fromArray(Species.F, x, xAt + i + 3 * Species.L)
                  .sub(FloatVector.fromArray(Species.F, y, yAt + i + 3 * Species.L));
          s3 = d3.fma(d3, s3);
        }
        s0.intoArray(lanes, lane);
        s1.intoArray(lanes, lane + Species.L);
        s2.intoArray(lanes, lane + 2 * Species.L);
        s3.intoArray(lanes, lane + 3 * Species.L);
      }
    }
  }
}
