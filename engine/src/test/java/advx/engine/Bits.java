package advx.engine;

import static org.junit.jupiter.api.Assertions.fail;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What "equal bits" means: NaN is NaN, −0 equals +0, all else bit for bit. */
public final class Bits {
  private Bits() {}

  /** The bits, with one pattern for every NaN and one for both zeros. */
  public static int of(float x) {
    return x == 0 ? 0 : Float.floatToIntBits(x);
  }

  public static boolean equal(float a, float b) {
    return of(a) == of(b);
  }

  /** Fails with the first place where the two differ, and how many places do. */
  public static void assertEqualBits(float[] expected, float[] actual) {
    assertEqualBits(expected, actual, "");
  }

  /** The same, with what was compared in front of the message. */
  public static void assertEqualBits(float[] expected, float[] actual, String what) {
    if (expected.length != actual.length) {
      fail("%s: expected %d numbers, got %d".formatted(what, expected.length, actual.length));
    }
    int first = -1;
    int different = 0;
    for (int i = 0; i < expected.length; i++) {
      if (!equal(expected[i], actual[i])) {
        first = different == 0 ? i : first;
        different++;
      }
    }
    if (different > 0) {
      fail(
          "%s: %d of %d differ, first at %d: expected %s (%08x), got %s (%08x)"
              .formatted(
                  what,
                  different,
                  expected.length,
                  first,
                  expected[first],
                  of(expected[first]),
                  actual[first],
                  of(actual[first])));
    }
  }

  public static void assertEqualBits(float expected, float actual, String what) {
    assertEqualBits(new float[] {expected}, new float[] {actual}, what);
  }

  /** SHA-256 over numbers, equal for equal bits. */
  public static final class Digest {
    private final MessageDigest sha;

    public Digest() {
      try {
        sha = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    public Digest add(float... numbers) {
      for (float x : numbers) {
        add(of(x));
      }
      return this;
    }

    public Digest add(int word) {
      for (int shift = 24; shift >= 0; shift -= 8) {
        sha.update((byte) (word >>> shift));
      }
      return this;
    }

    /** The digest of all that was added, in hexadecimal; afterwards this one is empty again. */
    public String hex() {
      return HexFormat.of().formatHex(sha.digest());
    }
  }
}
