package advx.attacks.promise;

import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.testing.Forks;
import org.junit.jupiter.api.Test;

/** A warm training step allocates under 1 KB over all threads, as the JVM counts. */
class SteadyStateTest {
  private static final long LIMIT = 1024;

  @Test
  void aWarmStepAllocatesUnderOneKilobyte() {
    Forks.Output output = Forks.run(SteadyStateMain.class, Forks.Vectors.BITS_256);
    assertTrue(bytes(output, "clean") < LIMIT, output.value("clean"));
    assertTrue(bytes(output, "adversarial") < LIMIT, output.value("adversarial"));
    assertTrue(bytes(output, "adam") < LIMIT, output.value("adam"));
    assertTrue(bytes(output, "canary") >= LIMIT, "the canary went unseen: " + output.lines());
  }

  private static long bytes(Forks.Output output, String name) {
    return Long.parseLong(output.value(name).split(" ", -1)[0]);
  }
}
