package advx.cli.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class VerdictTest {
  @Test
  void matchesNeedsTheClaimAndEveryComparedFigure() {
    assertEquals(Verdict.MATCHES, row(true, true, metric(100, 0.89, 0.894, 0.01)).verdict());
    assertEquals(Verdict.MATCHES, row(true, true, metric(100, 0.5, 0.894, null)).verdict());
    assertEquals(Verdict.HOLDS, row(true, true, metric(100, 0.5, 0.894, 0.01)).verdict());
    assertEquals(Verdict.DIFFERS, row(false, true, metric(100, 0.894, 0.894, 0.01)).verdict());
  }

  @Test
  void otherDataAreNeverComparable() {
    RowResult other = row(true, false, metric(100, 0.894, 0.894, 0.01));
    assertEquals(Verdict.NOT_COMPARABLE, other.verdict());

    RowResult claimsToBe = row(true, true, metric(100, 0.894, 0.894, 0.01));
    var run =
        new Results(
            2,
            "1",
            "",
            "embedded",
            "",
            false,
            "",
            "quick",
            new TreeMap<>(),
            List.of(claimsToBe),
            1);
    assertEquals(Verdict.NOT_COMPARABLE, run.rows().getFirst().verdict());
  }

  @Test
  void nanIsNoSuccess() {
    Metric brokenDown = metric(100, Double.NaN, 0.894, 0.01);
    assertFalse(brokenDown.matches());
    assertEquals(Verdict.DIFFERS, row(true, true, brokenDown).verdict());
    // With no samples there was nothing to measure: the claim may hold, the figure does not match.
    assertEquals(Verdict.HOLDS, row(true, true, metric(0, Double.NaN, 0.894, 0.01)).verdict());
  }

  @Test
  void theToleranceIncludesItsEnds() {
    assertTrue(metric(100, 0.897, 0.894, 0.003).matches());
    assertTrue(metric(100, 0.891, 0.894, 0.003).matches());
    assertFalse(metric(100, 0.8971, 0.894, 0.003).matches());
  }

  @Test
  void aToleranceNeedsAFigure() {
    assertThrows(IllegalArgumentException.class, () -> metric(100, 0.5, null, 0.1));
    assertThrows(IllegalArgumentException.class, () -> metric(100, 0.5, 0.5, -0.1));
    assertThrows(IllegalArgumentException.class, () -> metric(100, 0.5, 0.5, Double.NaN));
  }

  private static Metric metric(long n, double value, Double paper, Double tolerance) {
    return new Metric("error", "error", "%", n, value, null, paper, tolerance, "");
  }

  private static RowResult row(boolean holds, boolean comparable, Metric metric) {
    return new RowResult(
        new Subject("row", List.of(), "", "", ""),
        1,
        holds,
        "",
        "",
        comparable,
        List.of(metric),
        new TreeMap<>(),
        List.of(),
        new TreeMap<>(),
        List.of(),
        "",
        0,
        "");
  }
}
