package advx.cli.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class AveragedTest {
  private static final double TOLERANCE = 1e-12;

  @Test
  void oneSeedIsItself() {
    RowResult only = row(7, true, 0.8);
    Averaged averaged = Averaged.of(List.of(only)).getFirst();
    assertEquals(only, averaged.row());
    assertFalse(averaged.several());
  }

  @Test
  void figuresAreMeansWithTheirSpread() {
    Averaged averaged = of(row(1, true, 0.8), row(2, true, 0.9), row(3, true, 0.94));
    Metric mean = averaged.row().metrics().getFirst();
    assertEquals(0.88, mean.value(), TOLERANCE);
    assertEquals(new Metric.Spread(0.8, 0.94, 3), mean.spread());
    assertEquals(0.87, mean.interval().low(), TOLERANCE);
    assertEquals(0.90, mean.interval().high(), TOLERANCE);
    assertEquals(3, averaged.row().seconds(), TOLERANCE);
    assertEquals(3, averaged.row().fingerprints().size());
  }

  /** No seed alone lies within the tolerance of 0.01, their mean does. */
  @Test
  void theVerdictIsThatOfTheMean() {
    assertEquals(Verdict.HOLDS, row(1, true, 0.85).verdict());
    assertEquals(Verdict.HOLDS, row(2, true, 0.95).verdict());
    Averaged averaged = of(row(1, true, 0.85), row(2, true, 0.95));
    assertEquals(Verdict.MATCHES, averaged.row().verdict());
  }

  @Test
  void theClaimNeedsMoreThanHalfOfTheSeeds() {
    Averaged two = of(row(1, true, 0.9), row(2, false, 0.9));
    assertEquals(Verdict.DIFFERS, two.row().verdict());
    assertEquals(1, two.holding());
    Averaged three = of(row(1, true, 0.9), row(2, false, 0.9), row(3, true, 0.9));
    assertEquals(Verdict.MATCHES, three.row().verdict());
    assertEquals(2, three.holding());
  }

  @Test
  void aSeedThatBreaksDownBreaksTheMean() {
    Averaged averaged = of(row(1, true, 0.9), row(2, true, Double.NaN), row(3, true, 0.9));
    assertTrue(Double.isNaN(averaged.row().metrics().getFirst().value()));
    assertEquals(Verdict.DIFFERS, averaged.row().verdict());
  }

  @Test
  void aSeedWithNothingToMeasureIsLeftOut() {
    Metric nothing = new Metric("error", "error", "%", 0, Double.NaN, null, 0.9, 0.01, "");
    Averaged averaged = of(row(1, true, 0.9), row(2, true, nothing));
    assertEquals(0.9, averaged.row().metrics().getFirst().value(), TOLERANCE);
    assertEquals(1, averaged.row().metrics().getFirst().spread().seeds());
  }

  @Test
  void skippedSeedsDoNotCount() {
    Averaged averaged = of(skipped(1), row(2, true, 0.9));
    assertEquals(Verdict.MATCHES, averaged.row().verdict());
    assertEquals(Verdict.SKIPPED, of(skipped(1), skipped(2)).row().verdict());
  }

  private static Averaged of(RowResult... rows) {
    List<Averaged> all = Averaged.of(Arrays.asList(rows));
    assertEquals(1, all.size());
    return all.getFirst();
  }

  private static RowResult row(long seed, boolean holds, double value) {
    var interval = new Metric.Interval(value - 0.01, value + 0.02);
    return row(seed, holds, new Metric("error", "error", "%", 100, value, interval, 0.9, 0.01, ""));
  }

  private static RowResult row(long seed, boolean holds, Metric metric) {
    return result(seed, holds, List.of(metric), "");
  }

  private static RowResult skipped(long seed) {
    return result(seed, false, List.of(), "It is not here.");
  }

  private static RowResult result(long seed, boolean holds, List<Metric> metrics, String skipped) {
    var fingerprints = new TreeMap<String, String>();
    fingerprints.put("net", "ab");
    return new RowResult(
        new Subject("row", List.of("3"), "", "", ""),
        seed,
        holds,
        "",
        "",
        true,
        metrics,
        fingerprints,
        List.of(),
        new TreeMap<>(),
        List.of(),
        "",
        1,
        skipped);
  }
}
