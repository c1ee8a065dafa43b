package advx.cli.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.InputException;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rows a user means, and how long they take. */
class ChoiceTest {
  private static final List<Row> ALL =
      List.of(
          FakeRow.of("growth"),
          FakeRow.of("maxout", "3"),
          FakeRow.of("trained", "7", "10"),
          FakeRow.of("images", "4").in(EnumSet.of(Profile.STANDARD, Profile.PAPER)));

  @ParameterizedTest
  @CsvSource({
    "maxout, maxout",
    "3, maxout",
    "10, trained",
    "10+growth+7, growth+trained",
    "trained+3, maxout+trained",
  })
  void rowsAreMeantByNameOrNumber(String words, String expected) {
    List<Row> chosen = Rows.choose(ALL, List.of(words.split("\\+")), Profile.QUICK);
    assertEquals(expected, String.join("+", chosen.stream().map(Row::id).toList()));
  }

  @Test
  void withoutWordsAllOfTheProfileAreMeant() {
    assertEquals(3, Rows.choose(ALL, null, Profile.QUICK).size());
    assertEquals(4, Rows.choose(ALL, null, Profile.PAPER).size());
  }

  @Test
  void whatCannotBeRunIsRefusedInASentence() {
    assertSaid("is not built yet", "1", Profile.QUICK);
    assertSaid("is not built yet", "imagenet", Profile.QUICK);
    assertSaid("The row '33' is not known", "33", Profile.QUICK);
    assertSaid(
        "is not part of the profile quick: give --profile standard or paper", "4", Profile.QUICK);
  }

  private static void assertSaid(String part, String word, Profile profile) {
    var e = assertThrows(InputException.class, () -> Rows.choose(ALL, List.of(word), profile));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  /** Fails if a model that two rows share is counted twice, or the machine's speed not at all. */
  @Test
  void sharedWorkCountsOnce() {
    Row one = FakeRow.of("one").with(Work.hours("net", 2).and(Work.hours("one", 0.5)));
    Row two = FakeRow.of("two").with(Work.hours("net", 2).and(Work.hours("two", 0.25)));
    assertEquals(2.75, new Estimate(1).hours(List.of(one, two), Scope.of(Profile.QUICK)), 1e-12);
    assertEquals(5.0, new Estimate(2).hours(List.of(one), Scope.of(Profile.QUICK)), 1e-12);
    assertEquals(0.5, Work.seconds("x", 1800).total(), 1e-12);
  }

  /**
   * Kills: a number of images that is asked for and not counted, or counted where it has no say.
   */
  @Test
  void moreImagesTakeLonger() {
    for (Row row : Rows.choose(Rows.all(), null, Profile.STANDARD)) {
      double usual = row.work(Scope.of(Profile.STANDARD)).total();
      assertEquals(usual, row.work(Profile.STANDARD).total(), row.id());
      double more = row.work(new Scope(Profile.STANDARD, 1000)).total();
      assertEquals(row.leastImages() > 0, more > usual + 1, row.id() + " " + usual + " " + more);
      assertTrue(row.leastImages() > 0 || more == usual, row.id());
    }
    assertEquals("standard, 30 images", new Scope(Profile.STANDARD, 30).toString());
  }

  @Test
  void everyRowSaysWhatItTakes() {
    for (Profile profile : Profile.values()) {
      for (Row row : Rows.choose(Rows.all(), null, profile)) {
        double hours = row.work(profile).total();
        assertTrue(hours > 0 && hours < 2000, row.id() + " " + hours);
      }
    }
    assertEquals(List.of("1"), Rows.notBuilt().getFirst().numbers());
  }
}
