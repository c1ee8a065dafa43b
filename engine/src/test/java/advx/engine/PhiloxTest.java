package advx.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The known answers that are published with Random123. */
class PhiloxTest {
  private static int[] block(int c0, int c1, int c2, int c3, int k0, int k1) {
    int[] out = new int[6];
    Philox.block(c0, c1, c2, c3, (long) k1 << 32 | (k0 & 0xFFFFFFFFL), out, 1);
    assertEquals(0, out[0]);
    assertEquals(0, out[5]);
    return new int[] {out[1], out[2], out[3], out[4]};
  }

  @Test
  void knownAnswers() {
    assertArrayEquals(
        new int[] {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}, block(0, 0, 0, 0, 0, 0));
    assertArrayEquals(
        new int[] {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}, block(-1, -1, -1, -1, -1, -1));
    assertArrayEquals(
        new int[] {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
        block(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0));
  }

  @Test
  void noTwoPurposesOrLayersShareAStream() {
    Set<Integer> seen = new HashSet<>();
    for (Purpose purpose : Purpose.values()) {
      for (int layer : new int[] {0, 1, 2, 0xFFFF}) {
        assertEquals(true, seen.add(Philox.stream(purpose, layer)), purpose + " " + layer);
      }
    }
    assertEquals(4 * Purpose.values().length, seen.size());
  }

  @Test
  void layersEndAt65535() {
    for (int layer : new int[] {-1, 65_536}) {
      var e =
          assertThrows(IllegalArgumentException.class, () -> Philox.stream(Purpose.DROPOUT, layer));
      assertEquals("Philox: got layer " + layer + ", expected 0 to 65535", e.getMessage());
    }
  }
}
