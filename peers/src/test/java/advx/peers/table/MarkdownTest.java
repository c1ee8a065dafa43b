package advx.peers.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.peers.work.Subject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarkdownTest {
  private static final String PAGE = Markdown.of(Samples.results(), Line.TABLE);

  private static String row(String page, String subject) {
    return page.lines()
        .filter(line -> line.startsWith("|") && line.contains(subject))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aRowHasOursEachPeerTheBestTheRatioAndBothVerdicts() {
    assertEquals(
        "| sgemm, square: sgemm/nn/1024x1024x1024 | GFLOP/s | 171 | 160 | 180 | 190 | 195 | 140"
            + " | onednn-packed 195 | 0.88"
            + " | ≥ 0.9 × onednn or onednn-matmul: met; ≥ 1.0 × openblas or mkl: met"
            + " | ≥ 0.95 × onednn-packed: **missed**, 0.92 of it;"
            + " ≥ 0.92 × peak: **missed**, 0.93 of it |",
        row(PAGE, "1024x1024x1024"));
  }

  @Test
  void everyNumberOfThreadsHasItsTable() {
    assertTrue(PAGE.contains("## 1 thread\n"));
    assertTrue(PAGE.contains("## 2 threads\n"));
    assertTrue(row(PAGE, "maxout/240/clean/dense").contains("| tensorflow 160 | 1.88 |"));
  }

  @Test
  void namesWhoIsLeftOutAndHowTheOthersRan() {
    assertTrue(PAGE.contains("- nd4j: no artefact for this platform\n"));
    assertTrue(PAGE.contains("- pytorch, threads 2: OMP_NUM_THREADS=2\n"));
  }

  @Test
  void aSlowSetUpIsCalledBroken() {
    assertTrue(PAGE.contains("the best peer reaches 0.98 of the peak of 200.0 GFLOP/s\n"));
    Results slow = Results.none("engine", Map.of());
    slow.put(
        Samples.item(
            "sgemm/nn/1024x1024x1024",
            2,
            400,
            Map.of("advx", Samples.rates(300), "mkl", Samples.rates(100))));
    assertTrue(Markdown.of(slow, Line.TABLE).contains("**a broken set-up, not a win**"));
  }

  @Test
  void nothingMeasuredIsAPageToo() {
    String page = Markdown.of(Results.none("engine", Map.of("jdk", "25")), Line.TABLE);
    assertTrue(page.contains("- jdk: 25"));
    assertFalse(page.contains("| sgemm"));
  }

  @Test
  void everySubjectOfTheTableIsOne() {
    for (Line line : Line.TABLE) {
      for (String key : line.subjects()) {
        assertEquals(key, Subject.parse(key).key());
      }
    }
    assertEquals(25, Line.TABLE.stream().map(Line::subjects).mapToInt(List::size).sum());
  }
}
