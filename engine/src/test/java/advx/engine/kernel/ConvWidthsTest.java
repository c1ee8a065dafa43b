package advx.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import advx.testing.Forks;
import advx.testing.Forks.Vectors;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The kernels for images give the same bits with any vectors, on any number of threads. */
@Timeout(600)
class ConvWidthsTest {
  @Test
  void sameBits() {
    List<String> expected = null;
    for (Vectors vectors : Vectors.values()) {
      for (int threads = 1; threads <= 3; threads++) {
        Forks.Output output = Forks.run(ConvDigest.class, vectors, Integer.toString(threads));
        assertEquals(Integer.toString(vectors.lanes()), output.value("lanes"));
        assertEquals(vectors.lanes() > 1 ? "vector" : "scalar", output.value("kind"));
        assertEquals(Integer.toString(threads), output.value("threads"));
        List<String> digests =
            output.lines().stream().filter(line -> line.startsWith("digest ")).toList();
        assertEquals(ConvKernelsTest.shapes().count() + 2, digests.size());
        assertEquals(digests.size(), digests.stream().distinct().count());
        expected = expected == null ? digests : expected;
        assertEquals(expected, digests, vectors + " with " + threads + " threads");
      }
    }
  }
}
