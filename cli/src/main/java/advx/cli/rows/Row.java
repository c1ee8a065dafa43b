package advx.cli.rows;

import advx.cli.result.RowResult;
import advx.cli.result.Subject;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One row of a paper: its figure, its claim, and how both are measured here. */
public interface Row {
  /** Short and unique, for {@code --only}: {@code maxout}. */
  String id();

  /**
   * The numbers of the papers' results that it measures, as the table in docs/cli.md counts them,
   * also for {@code --only}: {@code "3"}. None for a claim without a published figure.
   */
  List<String> numbers();

  /** For people: "Maxout network under FGSM". */
  String title();

  /** Where the paper says it. */
  String place();

  /** The paper's claim in a sentence. */
  String claim();

  /** The profiles that it is a part of. */
  default Set<Profile> profiles() {
    return EnumSet.allOf(Profile.class);
  }

  /** What it has to do for one seed, the models it shares with other rows included. */
  Work work(Profile profile);

  /** The same where a number of images was asked for. */
  default Work work(Scope scope) {
    return work(scope.profile());
  }

  /** The fewest images that it can do with, where their number can be asked for; 0 where not. */
  default int leastImages() {
    return 0;
  }

  /**
   * Measures it. Trained models are shared between rows through the session.
   *
   * @throws MissingDataException if a data set that it needs is not here: it is then skipped
   */
  RowResult run(Session session);

  /** What it is about. */
  default Subject subject() {
    return new Subject(id(), numbers(), title(), place(), claim());
  }
}
