package advx.engine;

/**
 * Philox4x32-10: random numbers as a function of a key and a counter, without any state (Salmon,
 * Moraes, Dror, Shaw: Parallel Random Numbers: As Easy as 1, 2, 3; SC 2011).
 *
 * <p>The key is the seed. The counter says which number: (element/4, sample, step, purpose·65536 +
 * layer). So any number can be computed alone, in any order, on any thread, and a sample gets the
 * same numbers in every batch.
 */
public final class Philox {
  /** The factor of words 0 and, below, 2 in every round. */
  public static final long M0 = 0xD2511F53L;

  public static final long M1 = 0xCD9E8D57L;

  /** What the key's low and, below, high word grow by after every round. */
  public static final int W0 = 0x9E3779B9;

  public static final int W1 = 0xBB67AE85;

  public static final int ROUNDS = 10;

  private Philox() {}

  /**
   * Writes the four words of one block to {@code out[at … at+3]}.
   *
   * @param key the key's low word in the low 32 bits
   */
  public static void block(int c0, int c1, int c2, int c3, long key, int[] out, int at) {
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = M0 * (c0 & 0xFFFFFFFFL);
      long p1 = M1 * (c2 & 0xFFFFFFFFL);
      c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      c1 = (int) p1;
      c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c3 = (int) p0;
      k0 += W0;
      k1 += W1;
    }
    out[at] = c0;
    out[at + 1] = c1;
    out[at + 2] = c2;
    out[at + 3] = c3;
  }

  /** The counter's last word. */
  public static int stream(Purpose purpose, int layer) {
    if (layer < 0 || layer > 0xFFFF) {
      throw new IllegalArgumentException("Philox: got layer " + layer + ", expected 0 to 65535");
    }
    return (purpose.code() << 16) | layer;
  }
}
