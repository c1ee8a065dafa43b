package advx.engine.kernel;

import java.util.Locale;

/**
 * Which vectors this JVM computes with, decided once, and why.
 *
 * <p>The width is the CPU's own unless {@code -Dadvx.vector=none|128|256|512} asks for another. It
 * never changes a result. Without the module {@code jdk.incubator.vector} the scalar twins run.
 * Everything that touches a vector class sits in nested classes named {@code Simd}, which are
 * loaded only where there are vectors.
 */
public final class Lanes {
  /** The property that asks for a width. */
  public static final String PROPERTY = "advx.vector";

  /**
   * Logical lanes of every sum over features: element i belongs to lane i mod 64. Four 512-bit
   * accumulators, eight of 256 bits, sixteen of 128 bits, or an array of 64 numbers.
   */
  public static final int LOGICAL = 64;

  /** Bits of a vector; 0 without vectors. */
  public static final int BITS;

  /** Whether the vector kernels run. */
  public static final boolean VECTOR;

  /** Floats in a vector; 1 without vectors. */
  public static final int COUNT;

  private static final String REASON;

  static {
    String wanted = System.getProperty(PROPERTY, "").toLowerCase(Locale.ROOT);
    boolean module = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    if (!module) {
      BITS = 0;
      REASON = "the JVM was started without --add-modules jdk.incubator.vector";
    } else {
      int preferred = Preferred.bits();
      switch (wanted) {
        case "" -> {
          BITS = preferred >= 128 && preferred <= 512 ? preferred : 0;
          REASON = "the width this CPU prefers";
        }
        case "none" -> {
          BITS = 0;
          REASON = "asked for by -D" + PROPERTY;
        }
        case "128", "256", "512" -> {
          BITS = Integer.parseInt(wanted);
          REASON = "asked for by -D%s; this CPU prefers %d bits".formatted(PROPERTY, preferred);
        }
        default ->
            throw new advx.engine.InputException(
                "-D%s=%s: give none, 128, 256 or 512.".formatted(PROPERTY, wanted));
      }
    }
    VECTOR = BITS > 0;
    COUNT = VECTOR ? BITS / 32 : 1;
  }

  private Lanes() {}

  /** For example "256-bit vectors, 8 lanes (the width this CPU prefers)". */
  public static String describe() {
    return VECTOR
        ? "%d-bit vectors, %d lanes (%s)".formatted(BITS, COUNT, REASON)
        : "no vectors, scalar kernels (" + REASON + ")";
  }

  /** Vector registers of the CPU: 32 with AVX-512 and on Arm, else 16. */
  public static int registers() {
    String arch = System.getProperty("os.arch");
    return arch.equals("aarch64") || (VECTOR && Preferred.bits() >= 512) ? 32 : 16;
  }

  /** With 16 registers a tile of the matrix product has to be smaller. */
  static boolean manyRegisters() {
    return registers() == 32;
  }

  /** The only place that asks the CPU; loaded only where the module is. */
  private static final class Preferred {
    static int bits() {
      return jdk.incubator.vector.FloatVector.SPECIES_PREFERRED.vectorBitSize();
    }
  }
}
