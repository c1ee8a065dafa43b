package advx.engine.warm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import advx.engine.Workers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WarmUpTest {
  /** Kills a loop that looks at no clock: the kernels are far from rest by then. */
  @Test
  @Timeout(60)
  void endsAtItsLimit() {
    try (Workers workers = new Workers(2)) {
      assertFalse(WarmUp.run(workers, Duration.ofMillis(100)));
    }
  }

  @Test
  void doesNothingInNoTime() {
    try (Workers workers = new Workers(1)) {
      assertFalse(WarmUp.run(workers, Duration.ZERO));
    }
  }

  /** Kills a rehearsal of operands that do not fit, and one that leaves a loop of the pool open. */
  @Test
  void everyCallRunsAgainAndAgain() {
    try (Workers workers = new Workers(2)) {
      for (Runnable call : Rehearsal.calls(workers)) {
        call.run();
        call.run();
      }
      int[] sum = new int[2];
      workers.run(2, (piece, worker) -> sum[piece] = piece + 1);
      assertEquals(3, sum[0] + sum[1]);
    }
  }

  @Test
  void saysWhatLimitItWants() {
    try (Workers workers = new Workers(1)) {
      assertEquals(
          "WarmUp: got limit PT-1S, expected 0 or more",
          assertThrows(
                  IllegalArgumentException.class, () -> WarmUp.run(workers, Duration.ofSeconds(-1)))
              .getMessage());
    }
  }
}
