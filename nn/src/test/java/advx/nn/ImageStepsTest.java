package advx.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.testing.Forks;
import advx.testing.Forks.Vectors;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Networks on images keep the promise and, once warm, allocate nothing. */
@Timeout(600)
class ImageStepsTest {
  private static final long LIMIT = 1024;

  @Test
  void sameBitsAtEveryWidthAndOnAnyNumberOfThreads() {
    List<String> expected = null;
    for (Vectors vectors : Vectors.values()) {
      for (int threads = 1; threads <= 3; threads++) {
        Forks.Output output = Forks.run(ImageStepsMain.class, vectors, Integer.toString(threads));
        assertEquals(Integer.toString(vectors.lanes()), output.value("lanes"));
        assertEquals(Integer.toString(threads), output.value("threads"));
        List<String> digests = List.of(output.value("convolutional"), output.value("others"));
        expected = expected == null ? digests : expected;
        assertEquals(expected, digests, vectors + " with " + threads + " threads");
      }
    }
  }

  @Test
  void aWarmStepAllocatesUnderOneKilobyte() {
    Forks.Output output = Forks.run(ImageStepsMain.class, Vectors.BITS_256, "bytes");
    for (String step : List.of("train", "attack")) {
      assertTrue(Long.parseLong(output.value(step)) < LIMIT, step + " " + output.value(step));
    }
    assertTrue(Long.parseLong(output.value("canary")) >= LIMIT, "the canary went unseen");
  }
}
