package advx.cli.rows;

import advx.cli.result.Subject;
import advx.engine.InputException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The rows in the order of the papers: one line each. */
public final class Rows {
  private Rows() {}

  /** All rows. */
  public static List<Row> all() {
    return List.of(
        new GrowthRow(),
        new LinearityRow(),
        new LogisticRow(),
        new SoftmaxRow(),
        new MaxoutRow(),
        new ConvolutionalMaxoutRow(),
        new RotationRow(),
        new DecayRow(),
        new AdversarialTrainingRow(),
        new WideMaxoutRow(),
        new WideAdversarialRow(),
        new TransferRow(),
        new NoiseControlRow(),
        new HiddenLayersRow(),
        new DifferentiableRow(),
        new RbfRow(),
        new AgreementRow(),
        new MpDbmRow(),
        new EnsembleRow(),
        new RubbishRow(),
        new CifarRubbishRow(),
        new FoolingImagesRow(),
        new RubbishTrainingRow(),
        new LineRow(),
        new FiltersRow(),
        new OnePixelRow(),
        new EvolvedImagesRow(),
        new RobustnessRow(),
        new DistortionRow(BoundaryProblem.MNIST),
        new RegionRow(BoundaryProblem.MNIST),
        new SurroundingsRow(BoundaryProblem.MNIST),
        new DetectorRow(BoundaryProblem.MNIST),
        new WorstCaseRow(BoundaryProblem.MNIST),
        new DistortionRow(BoundaryProblem.CIFAR),
        new RegionRow(BoundaryProblem.CIFAR),
        new SurroundingsRow(BoundaryProblem.CIFAR),
        new DetectorRow(BoundaryProblem.CIFAR),
        new WorstCaseRow(BoundaryProblem.CIFAR));
  }

  /** Results of the papers that no row measures yet. */
  public static List<Subject> notBuilt() {
    return List.of(
        new Subject(
            "imagenet",
            List.of("1"),
            "GoogLeNet under FGSM",
            "Goodfellow et al. 2015, Figure 1",
            "With ε = 0.007 a panda, recognised with a confidence of 57.7 %, becomes a gibbon with"
                + " 99.3 %."));
  }

  /**
   * The rows that a user asks for, in the order of the papers.
   *
   * @param words ids and numbers; null for all rows of the profile
   * @throws InputException if there is no such row, or the profile leaves it out
   */
  public static List<Row> choose(List<Row> all, List<String> words, Profile profile) {
    if (words == null) {
      return all.stream().filter(row -> row.profiles().contains(profile)).toList();
    }
    Set<Row> chosen = new LinkedHashSet<>();
    for (String word : words) {
      List<Row> meant = all.stream().filter(row -> isMeant(row.subject(), word.strip())).toList();
      if (meant.isEmpty()) {
        throw unknown(all, word.strip());
      }
      chosen.addAll(meant);
    }
    for (Row row : chosen) {
      if (!row.profiles().contains(profile)) {
        throw new InputException(
            "The row '%s' is not part of the profile %s: give --profile %s."
                .formatted(row.id(), profile, words(row.profiles())));
      }
    }
    return all.stream().filter(chosen::contains).toList();
  }

  private static boolean isMeant(Subject subject, String word) {
    return subject.id().equals(word) || subject.numbers().contains(word);
  }

  private static InputException unknown(List<Row> all, String word) {
    for (Subject subject : notBuilt()) {
      if (isMeant(subject, word)) {
        return new InputException(
            "The row '%s' (%s) is not built yet: leave it out; --list marks what is not."
                .formatted(word, subject.title()));
      }
    }
    return new InputException(
        "The row '%s' is not known: give some of %s, or their numbers, which --list shows."
            .formatted(word, String.join(",", all.stream().map(Row::id).toList())));
  }

  private static String words(Set<Profile> profiles) {
    return String.join(" or ", profiles.stream().map(Profile::word).toList());
  }
}
