package advx.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import advx.testing.Forks;
import advx.testing.Forks.Vectors;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Matrix products have the same bits with any vectors, on one thread and on three. */
@Timeout(600)
class ProductWidthsTest {
  @Test
  void sameBits() {
    List<String> expected = null;
    for (Vectors vectors : Vectors.values()) {
      for (int threads = 1; threads <= 3; threads += 2) {
        Forks.Output output = Forks.run(ProductDigest.class, vectors, Integer.toString(threads));
        assertEquals(Integer.toString(vectors.lanes()), output.value("lanes"));
        List<String> digests =
            output.lines().stream().filter(line -> line.startsWith("digest ")).toList();
        assertEquals(ProductDigest.PRODUCTS.length, digests.size());
        assertEquals(digests.size(), digests.stream().distinct().count());
        expected = expected == null ? digests : expected;
        assertEquals(expected, digests, vectors + " with " + threads + " threads");
      }
    }
  }
}
