package advx.bench.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import advx.engine.Workers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** The canaries of the guards' judgement: a violation fails, and only a quiet machine decides. */
class RefereeTest {
  @Test
  void objectsToADriftingRulerAndToABusyMachine() {
    assertEquals("", Referee.objection(100, 120, 0.05));
    assertEquals(
        "the ruler drifted between 100 and 150 GFLOP/s", Referee.objection(100, 150, 0.05));
    assertEquals("others used 40 % of the processors", Referee.objection(100, 120, 0.4));
  }

  @Test
  void violationsFailInTheirOwnWords() {
    try (Workers workers = new Workers(1)) {
      Referee referee = new Referee(workers);
      referee.judge(List.of());
      AssertionError failed =
          assertThrows(
              AssertionError.class, () -> referee.judge(List.of("a is slow.", "b is slow.")));
      assertEquals("a is slow.\nb is slow.", failed.getMessage());
    }
  }

  @Test
  void anObjectionSkipsByName() {
    try (Workers workers = new Workers(1)) {
      Referee referee = new Referee(workers);
      referee.see(100, 0);
      referee.see(200, 0);
      TestAbortedException skipped =
          assertThrows(TestAbortedException.class, () -> referee.judge(List.of("a is slow.")));
      assertEquals(
          "this machine cannot decide, the ruler drifted between 100 and 200 GFLOP/s: a is slow.",
          skipped.getMessage());
    }
  }
}
