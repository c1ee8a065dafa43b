package advx.peers.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleTest {
  private static final Results.Item PRODUCT =
      Samples.results().item("sgemm/nn/1024x1024x1024", 1).orElseThrow();
  private static final Results.Item STEP =
      Samples.results().item("maxout/240/clean/dense", 2).orElseThrow();

  @Test
  void comparesTheBestOfBothSides() {
    Rule rule = new Rule(List.of("advx"), List.of("onednn", "onednn-matmul"), 0.9, 0.5);
    assertEquals(171 / (0.9 * 190), rule.reached(PRODUCT).orElseThrow(), 1e-12);
  }

  @Test
  void theFactorDependsOnTheThreads() {
    assertEquals(300 / (2 * 160.0), Rule.best(1.5, 2).reached(STEP).orElseThrow(), 1e-12);
    assertEquals("≥ 2.0 × best peer", Rule.best(1.5, 2).text(2));
    assertEquals("≥ 1.5 × best peer", Rule.best(1.5, 2).text(1));
    assertEquals("≥ 0.85 × best peer", Rule.best(0.85, 2).text(1));
  }

  @Test
  void comparesWithThePeak() {
    Rule rule = new Rule(List.of("advx"), List.of(Rule.PEAK), 0.92, 0.92);
    assertEquals(171 / (0.92 * 200), rule.reached(PRODUCT).orElseThrow(), 1e-12);
  }

  @Test
  void whatWasNotMeasuredDecidesNothing() {
    Rule rule = new Rule(List.of("advx"), List.of("nd4j"), 1, 1);
    assertTrue(rule.reached(PRODUCT).isEmpty());
    assertEquals("≥ 1.0 × nd4j: not measured", Markdown.verdict(List.of(rule), PRODUCT));
  }

  @Test
  void thisEngineIsNoPeerOfItself() {
    Results.Item alone =
        Samples.item(
            "sgemm/nn/128x128x128",
            1,
            100,
            Map.of("advx", Samples.rates(50), "advx-packed", Samples.rates(60)));
    assertTrue(Rule.bestPeer(alone).isEmpty());
  }

  @Test
  void saysWhatShareIsReached() {
    assertEquals(
        "≥ 2.0 × best peer: **missed**, 0.94 of it; ≥ 1.5 × best peer: met",
        Markdown.verdict(List.of(Rule.best(2, 2), Rule.best(1.5, 1.5)), STEP));
  }
}
