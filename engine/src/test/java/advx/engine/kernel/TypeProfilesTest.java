package advx.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import advx.testing.Forks;
import advx.testing.Forks.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Sums stay in registers also where the compiler has met vectors of another width before. Without
 * {@link TypeProfiles} this product takes 13 MB a call for good.
 */
@Timeout(300)
class TypeProfilesTest {
  @Test
  void sumsStayInRegisters() {
    assumeTrue(Lanes.COUNT == 16, "vectors of 512 bits, of which those of eight floats are halves");
    Forks.Output output = Forks.run(TwoWidths.class, Vectors.BITS_512);
    assertEquals("16", output.value("lanes"));
    long bytes = Long.parseLong(output.value("bytes"));
    assertTrue(bytes <= 4096, "ten products allocate " + bytes + " bytes");
  }
}
