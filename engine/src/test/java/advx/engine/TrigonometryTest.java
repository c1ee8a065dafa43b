package advx.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TrigonometryTest {
  private static void same(double x) {
    assertEquals(StrictMath.sin(x), Trigonometry.sin(x), () -> "sin " + x);
    assertEquals(StrictMath.cos(x), Trigonometry.cos(x), () -> "cos " + x);
  }

  /** The angles of normal numbers, every 61st of them, and 4,000 around each multiple of π/4. */
  @Test
  void anglesOfNormalNumbers() {
    for (int k = 0; k < 1 << 24; k += 61) {
      same(2 * StrictMath.PI * (k * 0x1p-24));
    }
    for (int eighth = 0; eighth < 8; eighth++) {
      for (int k = -2000; k <= 2000; k++) {
        same(2 * StrictMath.PI * (((eighth << 21) + k) * 0x1p-24));
      }
    }
  }

  /** Every length of step from a multiple of π/4: whatever cancels there is computed again. */
  @Test
  void anglesNextToMultiples() {
    for (int eighth = 0; eighth <= 8; eighth++) {
      double multiple = eighth * (StrictMath.PI / 4);
      for (int bit = 0; bit < 64; bit++) {
        long bits = Double.doubleToRawLongBits(multiple);
        same(Double.longBitsToDouble(bits + (1L << bit)));
        same(Double.longBitsToDouble(bits - (1L << bit)));
        same(Double.longBitsToDouble(bits ^ (1L << bit)));
      }
      same(multiple);
    }
  }

  @Test
  void anyAngle() {
    RandomStream random = new RandomStream(1, Purpose.TEST, 0, 0, 0);
    for (int i = 0; i < 200_000; i++) {
      same((random.nextLong() >>> 11) * 0x1p-53 * 2 * StrictMath.PI);
      same(Double.longBitsToDouble(random.nextLong()));
    }
  }
}
