package advx.cli.rows;

import advx.attacks.AttackEvaluation;
import advx.cli.result.RowResult;
import advx.nn.Trained;
import advx.nn.data.Dataset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Section 6: a larger maxout network without adversarial training overfits a little. */
public final class WideMaxoutRow implements Row {
  /** A larger clean error is not that of a network that overfits slightly. */
  private static final double SLIGHTLY = 0.05;

  @Override
  public String id() {
    return "wide-maxout";
  }

  @Override
  public List<String> numbers() {
    return List.of("8");
  }

  @Override
  public String title() {
    return "Maxout network of 1600 units";
  }

  @Override
  public String place() {
    return "Goodfellow et al. 2015, §6";
  }

  @Override
  public String claim() {
    return "With 1600 units a layer in place of 240, and no adversarial training, the maxout"
        + " network overfits slightly: its test error is 1.14 %.";
  }

  @Override
  public Set<Profile> profiles() {
    return EnumSet.of(Profile.STANDARD, Profile.PAPER);
  }

  @Override
  public Work work(Profile profile) {
    return Models.work(profile, Models.MAXOUT)
        .and(Models.work(profile, MaxoutModels.WIDE_MAXOUT))
        .and(Work.seconds(id(), 15));
  }

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    Dataset test = session.data().test();
    List<Trained> stages = MaxoutModels.wide(session);
    Trained narrow = Models.maxout(session);
    AttackEvaluation attack = FgsmSection.attack(session, stages.getLast().network(), test);
    AttackEvaluation ofNarrow = FgsmSection.attack(session, narrow.network(), test);
    findings.rate(
        "clean-error",
        "clean error",
        attack.clean().error(),
        0.0114,
        0.0015,
        "fifteen of 10,000 images: seed noise at the paper's own length of training");
    findings.rate("clean-error-narrow", "clean error, 240 units", ofNarrow.clean().error());
    findings.rate("fgsm-error", "FGSM error, ε 0.25", attack.attacked().error());
    findings.rate("fgsm-error-narrow", "FGSM error, 240 units", ofNarrow.attacked().error());
    FgsmSection.decisions(findings);
    length(findings, session, stages);
    Models.describe(findings, session, MaxoutModels.WIDE_MAXOUT, stages);
    Models.describe(findings, session, Models.MAXOUT, narrow);
    findings.figure(Pictures.learningCurve("network of 1600 units", stages.getFirst()));
    boolean holds =
        attack.clean().error().value() > ofNarrow.clean().error().value()
            && attack.clean().error().value() < SLIGHTLY;
    return findings.result(
        holds,
        "holds if the clean error is above that of the network of 240 units, and below 5 %",
        true);
  }

  /** What the length of training of the wide networks is, beside the paper's. */
  static void length(Findings findings, Session session, List<Trained> stages) {
    findings.setting("units", MaxoutModels.wideUnits(session));
    findings.decision(
        session.profile() == Profile.PAPER
            ? "Trained by the schedule of the network of 240 units: "
                + MaxoutModels.told(stages)
                + ". The paper does not state another."
            : "The paper trains for hundreds of epochs; this profile for "
                + MaxoutModels.told(stages)
                + ", from wider initial weights and with less dropout.");
  }
}
