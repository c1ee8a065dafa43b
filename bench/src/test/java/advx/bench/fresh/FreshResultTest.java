package advx.bench.fresh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreshResultTest {
  /** Twice as slow in one JVM, where the machine itself was twice as slow. */
  private static final FreshResult DRIFTED =
      new FreshResult("drifted", 1000, new double[] {10, 20, 11}, new double[] {100, 50, 100});

  /** Twice as slow in one JVM on the same machine. */
  private static final FreshResult TOSSED =
      new FreshResult("tossed", 1000, new double[] {10, 20, 11}, new double[] {100, 100, 100});

  @Test
  void theMachinesOwnDriftIsNoCoinToss() {
    assertEquals(2, DRIFTED.spread());
    assertEquals(1.1, DRIFTED.steadySpread(), 1e-12);
    assertTrue(DRIFTED.steady());
    assertEquals(100, DRIFTED.bestGflops());
  }

  @Test
  void aDisturbedRulerIsNoCoinToss() {
    double[] nanos = {10, 10, 11};
    FreshResult disturbed = new FreshResult("ruler", 1000, nanos, new double[] {100, 60, 100});
    assertTrue(disturbed.steadySpread() > FreshResult.LIMIT);
    assertTrue(disturbed.steady());
  }

  @Test
  void aSlowerJvmIsFound() {
    assertEquals(2, TOSSED.steadySpread());
    assertFalse(TOSSED.steady());
  }

  /**
   * Timed again, a JVM that a neighbour slowed down is as fast as the others; a bad draw is not.
   */
  @Test
  void timedAgainABadDrawStaysOne() {
    FreshResult result = new FreshResult("again", 1000, 3);
    result.add(0, 10, 100);
    result.add(1, 20, 100);
    result.add(2, 19, 100);
    assertFalse(result.slow(0));
    assertTrue(result.slow(1) && result.slow(2));
    result.add(1, 11, 99);
    assertFalse(result.slow(1));
    assertTrue(result.slow(2));
    result.add(2, 18, 100);
    assertFalse(result.steady());
    assertEquals(1.8, result.spread(), 1e-12);
    result.add(2, 12, 100);
    assertTrue(result.steady());
    assertFalse(result.slow(2));
    assertEquals(100, result.peaks()[1]);
  }

  @Test
  void theTableNamesWhatIsUnsteady() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    FreshCommand.print(List.of(DRIFTED, TOSSED), 3, new PrintStream(bytes, true, UTF_8));
    String table = bytes.toString(UTF_8);
    assertTrue(table.contains("tossed                       2.00     2.00"), table);
    assertTrue(table.endsWith("Not as fast in one JVM as in another: tossed.\n"), table);
  }
}
