package advx.engine;

/**
 * Sine and cosine with the bits of {@link StrictMath}, which allocates two arrays for every call:
 * the method and the constants of fdlibm, which {@code StrictMath} is specified by, for 0 ≤ x ≤ 2π.
 * Other angles are left to {@code StrictMath}.
 *
 * <pre>
 *  x = n·π/2 + (high + low),  |high| ≤ π/4        π/2 in pieces of 33 bits, as many as x needs
 *  sin x = ±sin(high + low) or ±cos(high + low)   by n; polynomials in high², low to first order
 * </pre>
 *
 * <p>fdlibm: Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved. Developed at
 * SunSoft, a Sun Microsystems, Inc. business. Permission to use, copy, modify, and distribute this
 * software is freely granted, provided that this notice is preserved.
 */
public final class Trigonometry {
  private static final double LARGEST = 2 * StrictMath.PI;

  /** High words of doubles: ordered as their doubles are. */
  private static final int QUARTER_PI = 0x3fe921fb;

  private static final int THREE_QUARTERS_PI = 0x4002d97c;
  private static final int TINY = 0x3e400000;

  /** Of π/2, π, 3π/2 and 2π: an angle with one of these may be as good as a multiple of π/2. */
  private static final int[] MULTIPLES = {0x3ff921fb, 0x400921fb, 0x4012d97c, 0x401921fb};

  /** π/2 = P1 + P2 + P3 + rest, each of 33 bits; T1 = π/2 − P1, T2 = T1 − P2, T3 = T2 − P3. */
  private static final double P1 = 1.57079632673412561417e+00;

  private static final double T1 = 6.07710050650619224932e-11;
  private static final double P2 = 6.07710050630396597660e-11;
  private static final double T2 = 2.02226624879595063154e-21;
  private static final double P3 = 2.02226624871116645580e-21;
  private static final double T3 = 8.47842766036889956997e-32;
  private static final double PER_QUARTER = 6.36619772367581382433e-01;

  private static final double S1 = -1.66666666666666324348e-01;
  private static final double S2 = 8.33333333332248946124e-03;
  private static final double S3 = -1.98412698298579493134e-04;
  private static final double S4 = 2.75573137070700676789e-06;
  private static final double S5 = -2.50507602534068634195e-08;
  private static final double S6 = 1.58969099521155010221e-10;

  private static final double C1 = 4.16666666666666019037e-02;
  private static final double C2 = -1.38888888888741095749e-03;
  private static final double C3 = 2.48015872894767294178e-05;
  private static final double C4 = -2.75573143513906633035e-07;
  private static final double C5 = 2.08757232129817482790e-09;
  private static final double C6 = -1.13596475577881948265e-11;

  private Trigonometry() {}

  /** sin x. */
  public static double sin(double x) {
    return x >= 0 && x <= LARGEST ? quarters(x, 0) : StrictMath.sin(x);
  }

  /** cos x. */
  public static double cos(double x) {
    return x >= 0 && x <= LARGEST ? quarters(x, 1) : StrictMath.cos(x);
  }

  /** sin(x + turns·π/2). */
  private static double quarters(double x, int turns) {
    int word = highWord(x);
    if (word <= QUARTER_PI) {
      return turns == 0 ? sine(x) : cosine(x, 0);
    }
    if (word < THREE_QUARTERS_PI) {
      double z = x - P1;
      double tail = T1;
      if (word == MULTIPLES[0]) {
        z -= P2;
        tail = T2;
      }
      double high = z - tail;
      return quadrant(turns + 1, high, (z - high) - tail);
    }
    int n = (int) (x * PER_QUARTER + 0.5);
    double z = x - n * P1;
    double tail = n * T1;
    double high = z - tail;
    if (word == MULTIPLES[n - 1] && lost(word, high) > 16) {
      double before = z;
      z = before - n * P2;
      tail = n * T2 - ((before - z) - n * P2);
      high = z - tail;
      if (lost(word, high) > 49) {
        before = z;
        z = before - n * P3;
        tail = n * T3 - ((before - z) - n * P3);
        high = z - tail;
      }
    }
    return quadrant(turns + n, high, (z - high) - tail);
  }

  private static int highWord(double x) {
    return (int) (Double.doubleToRawLongBits(x) >>> 32);
  }

  /** How many binary digits the reduced angle has lost. */
  private static int lost(int word, double high) {
    return (word >>> 20) - ((highWord(high) >>> 20) & 0x7ff);
  }

  /** sin(n·π/2 + high + low). */
  private static double quadrant(int n, double high, double low) {
    double value = (n & 1) == 0 ? sine(high, low) : cosine(high, low);
    return (n & 2) == 0 ? value : -value;
  }

  /** Of an angle that was not reduced. */
  private static double sine(double x) {
    if (highWord(x) < TINY) {
      return x;
    }
    double z = x * x;
    return x + z * x * (S1 + z * rest(z));
  }

  private static double sine(double x, double low) {
    if ((highWord(x) & 0x7fffffff) < TINY) {
      return x;
    }
    double z = x * x;
    double v = z * x;
    return x - ((z * (0.5 * low - v * rest(z)) - low) - v * S1);
  }

  private static double rest(double z) {
    return S2 + z * (S3 + z * (S4 + z * (S5 + z * S6)));
  }

  /** From 0.3 on, 1 − x²/2 begins with a part q ≈ x/4 that is taken off exactly. */
  private static double cosine(double x, double low) {
    int word = highWord(x) & 0x7fffffff;
    if (word < TINY) {
      return 1;
    }
    double z = x * x;
    double r = z * (C1 + z * (C2 + z * (C3 + z * (C4 + z * (C5 + z * C6)))));
    if (word < 0x3fd33333) {
      return 1 - (0.5 * z - (z * r - x * low));
    }
    double q =
        word > 0x3fe90000 ? 0.28125 : Double.longBitsToDouble((long) (word - 0x200000) << 32);
    return (1 - q) - ((0.5 * z - q) - (z * r - x * low));
  }
}
