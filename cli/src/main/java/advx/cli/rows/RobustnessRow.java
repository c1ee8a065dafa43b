package advx.cli.rows;

import advx.attacks.Aim;
import advx.attacks.Attack;
import advx.attacks.AttackLoss;
import advx.attacks.AttackResult.Sample;
import advx.attacks.Pgd;
import advx.attacks.Walk;
import advx.attacks.measure.Evaluation;
import advx.attacks.measure.Rate;
import advx.cli.result.RowResult;
import advx.nn.data.Dataset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Whether the PGD-trained network is as robust as the other rows take it to be: what it withstands
 * of the attack that it was trained on, and of a longer search.
 */
public final class RobustnessRow implements Row {
  /** At least this share withstands PGD. */
  static final double LEAST = 0.85;

  /** A longer search takes at most this share of the images more. */
  static final double MORE = 0.03;

  private static final int LONG_STEPS = 100;
  private static final int STARTS = 10;

  /** Images that are searched long. */
  private static final int SEARCHED = 200;

  /** Seconds that a gradient of the published network takes, and one of the small network. */
  private static final double GRADIENT = 4e-4;

  private static final double SMALL_GRADIENT = 2e-5;

  private final BoundaryProblem problem = BoundaryProblem.MNIST;

  @Override
  public String id() {
    return problem.id("robustness");
  }

  @Override
  public List<String> numbers() {
    return List.of();
  }

  @Override
  public String title() {
    return "What the PGD-trained network on " + problem.title() + " withstands";
  }

  @Override
  public String place() {
    return "He et al. 2018, the PGD-trained network of Tables 1 to 4";
  }

  @Override
  public String claim() {
    return "A network trained against PGD withstands it on most images, and more steps from more"
        + " starts do not find many more.";
  }

  /** The small network of the short profiles withstands little. */
  @Override
  public Set<Profile> profiles() {
    return EnumSet.range(Profile.STANDARD, Profile.PAPER);
  }

  @Override
  public Work work(Profile profile) {
    double searches = (STARTS + 1.0) * LONG_STEPS * SEARCHED;
    double gradients = (double) Walk.STEPS * images(profile) + searches;
    boolean published = profile.atLeast(Profile.STANDARD);
    double seconds = gradients * (published ? GRADIENT : SMALL_GRADIENT);
    return problem.training(profile).and(Work.seconds(id(), seconds));
  }

  /**
   * Those under the shorter attack: all there are, whatever number the other rows are asked for.
   */
  private static int images(Profile profile) {
    return profile.atLeast(Profile.STANDARD) ? 10_000 : SEARCHED;
  }

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    List<BoundaryModels.Model> models = BoundaryModels.both(session, problem);
    BoundaryModels.Model robust = models.getLast();
    Dataset test = problem.inUnits(problem.source(session).test());
    Dataset many = test.subset(0, Math.min(images(session.profile()), test.size()));
    Dataset few = many.subset(0, Math.min(SEARCHED, many.size()));
    for (BoundaryModels.Model model : models) {
      Evaluation clean = Evaluation.of(model.trained().network(), test, session.workers());
      String label = model.title() + " network: clean accuracy, all test images";
      findings.rate(model.name() + "-clean", label, clean.accuracy());
    }
    Attack usual = pgd(session, problem.walk(), AttackLoss.COST);
    Walk far = Walk.pgd(LONG_STEPS, STARTS).withSize(problem.walk().size());
    Attack search = pgd(session, far, AttackLoss.COST);
    Walk once = Walk.pgd(LONG_STEPS, 1).withSize(problem.walk().size());
    Attack margin = pgd(session, once, AttackLoss.MARGIN);

    List<Sample> plain = attack(session, models.getFirst(), "pgd", "PGD", usual, few);
    Attack fgsm = BoundaryExamples.fgsm(problem);
    List<Sample> step = attack(session, robust, "fgsm", "FGSM", fgsm, many);
    List<Sample> walks = attack(session, robust, "pgd", "PGD", usual, many);
    List<Sample> sameWalks = walks.subList(0, few.size());
    List<Sample> searches = attack(session, robust, "starts", "PGD from ten starts", search, few);
    List<Sample> margins = attack(session, robust, "margin", "PGD on the margin", margin, few);
    Rate withstood = withstood(List.of(walks));
    Rate same = withstood(List.of(sameWalks));
    Rate longer = withstood(List.of(searches));

    String forty = "PGD of %d steps: ".formatted(Walk.STEPS);
    String hundred = "PGD of %d steps from %d starts".formatted(LONG_STEPS, STARTS);
    String first = "accuracy, the first %d images".formatted(few.size());
    findings.rate("plain-pgd", "plain network, " + forty + first, withstood(List.of(plain)));
    findings.rate("pgd-fgsm", "PGD-trained network, FGSM: accuracy", withstood(List.of(step)));
    findings.rate("pgd-pgd", "PGD-trained network, " + forty + "accuracy", withstood);
    findings.rate("pgd-pgd-same", "PGD-trained network, " + forty + first, same);
    findings.rate("pgd-pgd-long", "PGD-trained network, %s: %s".formatted(hundred, first), longer);
    findings.rate(
        "pgd-margin",
        "PGD-trained network, PGD of %d steps on the margin: %s".formatted(LONG_STEPS, first),
        withstood(List.of(margins)));
    findings.rate(
        "pgd-worst",
        "PGD-trained network, the worst of these three: " + first,
        withstood(List.of(sameWalks, searches, margins)));

    findings.setting("attack", usual.describe());
    findings.setting("longer attack", search.describe());
    findings.setting("attack on the margin", margin.describe());
    findings.decision(
        "Accuracy under attack is over all images, those that are wrong when clean included. What"
            + " is known of the network that others released, trained for 100,000 updates: FGSM"
            + " 96.4 %, PGD of 100 steps 92.5 %, from 50 starts 89.6 %, the best known attack"
            + " 88.0 %.");
    BoundaryModels.describe(findings, session, problem, models);
    return findings.result(
        holds(withstood, same, longer),
        ("holds if at least %.0f %% of the images withstand %d steps, and %d steps from %d starts"
                + " lower that on the same %d images by no more than %.0f points")
            .formatted(100 * LEAST, Walk.STEPS, LONG_STEPS, STARTS, few.size(), 100 * MORE),
        test);
  }

  /** Counts are compared, so that 3 points of 200 are 6 images and not a rounding less. */
  static boolean holds(Rate withstood, Rate same, Rate longer) {
    return withstood.value() >= LEAST
        && same.count() - longer.count() <= StrictMath.floor(MORE * same.n() + 1e-9);
  }

  private Pgd pgd(Session session, Walk walk, AttackLoss loss) {
    var within = BoundaryExamples.within(problem);
    return new Pgd(within, Aim.TRUE_LABEL, loss, true, walk, session.seed());
  }

  private static List<Sample> attack(
      Session session,
      BoundaryModels.Model model,
      String name,
      String title,
      Attack attack,
      Dataset images) {
    return BoundaryExamples.craft(session, model, "robustness-" + name, title, attack, images)
        .result()
        .samples();
  }

  /** The share of the images that none of these attacks has broken, nor was wrong when clean. */
  static Rate withstood(List<List<Sample>> attacks) {
    int n = attacks.getFirst().size();
    long count =
        IntStream.range(0, n)
            .filter(i -> attacks.stream().noneMatch(samples -> samples.get(i).broken()))
            .count();
    return new Rate(count, n);
  }
}
