package advx.attacks.promise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.attacks.AttackLoss;
import advx.attacks.AttackTable;
import advx.attacks.Norm;
import advx.testing.Forks;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A warm iteration of every loop, a step of training, a whole attack or a chunk of an evaluation,
 * allocates under 1 KB over all threads, as the JVM counts; what it hands out as its result does
 * not count.
 */
class SteadyStateTest {
  private static final long LIMIT = 1024;

  /**
   * Clean or adversarial: two networks with either optimiser, four of other layers; and one trained
   * against PGD.
   */
  private static final int TRAINING_LOOPS = 17;

  /** Noise of two laws, decay, the closed form; three steps, of the input and of all layers. */
  private static final int OBJECTIVE_LOOPS = 10;

  /** Attacks that look for the smallest perturbation: one loop each. */
  private static final int MINIMAL = 5;

  /** Decisions, predictions. */
  private static final int EVALUATION_LOOPS = 2;

  @Test
  void aWarmIterationAllocatesUnderOneKilobyte() {
    Forks.Output output = Forks.run(SteadyStateMain.class, Forks.Vectors.BITS_256);
    Map<String, Long> loops = new TreeMap<>();
    for (String line : output.lines()) {
      if (line.startsWith("loop ")) {
        String[] pair = line.substring("loop ".length()).split("=", -1);
        loops.put(pair[0], Long.parseLong(pair[1]));
      }
    }
    long canary = loops.remove("canary");
    assertTrue(canary >= LIMIT, "the canary went unseen: " + canary);
    int spending = AttackTable.names().size() - MINIMAL - 1;
    int attacks = spending * Norm.values().length * AttackLoss.values().length * 2 + MINIMAL + 1;
    assertEquals(
        TRAINING_LOOPS + OBJECTIVE_LOOPS + EVALUATION_LOOPS + attacks,
        loops.size(),
        loops.toString());
    loops.forEach((name, bytes) -> assertTrue(bytes < LIMIT, name + ": " + bytes + " bytes"));
  }
}
