package advx.cli.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class DigestTest {
  private static final String WEIGHTS = "ab".repeat(32);

  @Test
  void isTheSha256OfTheSortedLines() {
    RowResult row = row("maxout", metric("fgsm-error", 0.894), metric("clean-error", 0.5));
    // printf 'maxout/clean-error=3fe0000000000000\nmaxout/fgsm-error=3fec9ba5e353f7cf\n
    //         maxout/fingerprint.plain=abab…\n' | sha256sum
    assertEquals(
        "a345f3ab0e137c725b299a4e32d3a94483303a741460e478f6b18e424dd32f3b",
        Digest.of(List.of(row)));
  }

  @Test
  void ofNothingIsThatOfTheEmptyText() {
    assertEquals(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Digest.of(List.of()));
  }

  @Test
  void doesNotDependOnTheOrderOfRows() {
    RowResult a = row("a", metric("error", 0.1));
    RowResult b = row("b", metric("error", 0.2));
    assertEquals(Digest.of(List.of(a, b)), Digest.of(List.of(b, a)));
  }

  @Test
  void namesTheSeedWhereThereAreSeveral() {
    RowResult one = row("a", metric("error", 0.5));
    RowResult two = seed(one, 2);
    assertEquals(Digest.of(List.of(one)), Digest.of(List.of(two)));
    // printf 'a@1/error=3fe0000000000000\na@1/fingerprint.plain=abab…\na@2/error=…' | sha256sum
    assertEquals(
        "0e7b43dd6b56e915860c122407766700af591459bb64c72c20b2c6cecbf771ba",
        Digest.of(List.of(two, one)));
  }

  @Test
  void changesWithTheLastBitOfAValue() {
    String one = Digest.of(List.of(row("a", metric("error", 0.1))));
    String next = Digest.of(List.of(row("a", metric("error", Math.nextUp(0.1)))));
    assertNotEquals(one, next);
  }

  @Test
  void changesWithAFingerprint() {
    RowResult row = row("a", metric("error", 0.1));
    String one = Digest.of(List.of(row));
    var flipped = new TreeMap<>(Map.of("plain", "bb" + "ab".repeat(31)));
    assertNotEquals(one, Digest.of(List.of(copy(row, row.metrics(), flipped, 1))));
  }

  @Test
  void isTheSameForOtherTimesIntervalsFiguresAndWords() {
    Metric m = metric("error", 0.1);
    RowResult row = row("a", m);
    Metric other =
        new Metric("error", "words", "%", 7, 0.1, new Metric.Interval(0, 1), 0.2, 0.1, "why");
    RowResult changed = copy(row, List.of(other), row.fingerprints(), 99);
    assertEquals(Digest.of(List.of(row)), Digest.of(List.of(changed)));
  }

  @Test
  void minusZeroIsZeroAndEveryNanIsTheSame() {
    assertEquals("0000000000000000", Digest.bits(-0.0));
    assertEquals("3ff0000000000000", Digest.bits(1));
    assertEquals("7ff8000000000000", Digest.bits(Double.longBitsToDouble(0xfff8000000000123L)));
  }

  @Test
  void namesThatCouldBeMistakenAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> metric("a=b", 1));
    assertThrows(IllegalArgumentException.class, () -> metric("", 1));
    assertThrows(IllegalArgumentException.class, () -> row("a/b"));
    assertThrows(IllegalArgumentException.class, () -> row("a", metric("x", 1), metric("x", 2)));
  }

  static Metric metric(String name, double value) {
    return new Metric(name, name, "", 10, value, null, null, null, "");
  }

  static RowResult row(String id, Metric... metrics) {
    return new RowResult(
        new Subject(id, List.of(), id, "place", "claim"),
        1,
        true,
        "rule",
        "",
        true,
        List.of(metrics),
        new TreeMap<>(Map.of("plain", WEIGHTS)),
        List.of(),
        new TreeMap<>(),
        List.of(),
        "command",
        1.5,
        "");
  }

  private static RowResult seed(RowResult row, long seed) {
    return new RowResult(
        row.subject(),
        seed,
        row.holds(),
        row.rule(),
        row.cause(),
        row.comparable(),
        row.metrics(),
        row.fingerprints(),
        row.decisions(),
        row.settings(),
        row.figures(),
        row.command(),
        row.seconds(),
        row.skipped());
  }

  private static RowResult copy(
      RowResult row, List<Metric> metrics, Map<String, String> fingerprints, double seconds) {
    return new RowResult(
        new Subject(row.id(), List.of("9"), "other title", "other place", "other claim"),
        row.seed(),
        false,
        "other rule",
        "other cause",
        false,
        metrics,
        new TreeMap<>(fingerprints),
        List.of("decided"),
        new TreeMap<>(Map.of("a", "b")),
        List.of(new Figure.Sheet("empty", 1, List.of())),
        "other command",
        seconds,
        "");
  }
}
