package advx.cli.rows;

import advx.attacks.AttackEvaluation;
import advx.attacks.measure.Evaluation;
import advx.attacks.measure.Rate;
import advx.cli.result.RowResult;
import advx.nn.Trained;
import java.util.List;

/** Section 6: adversarial examples made on one network and given to the other. */
public final class TransferRow implements Row {
  @Override
  public String id() {
    return "transfer";
  }

  @Override
  public List<String> numbers() {
    return List.of("12");
  }

  @Override
  public String title() {
    return "Transfer between plain and adversarially trained maxout";
  }

  @Override
  public String place() {
    return "Goodfellow et al. 2015, §6";
  }

  @Override
  public String claim() {
    return "Examples made on the original network give the adversarially trained one an error of"
        + " 19.6 %; examples made on that one give the original an error of 40.9 %.";
  }

  @Override
  public Work work(Profile profile) {
    return Models.work(profile, Models.MAXOUT)
        .and(Models.work(profile, Models.ADVERSARIAL_MAXOUT))
        .and(Work.seconds(id(), 1));
  }

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    Trained plain = Models.maxout(session);
    Trained robust = Models.adversarialMaxout(session);
    AttackEvaluation onPlain = attack(session, plain);
    AttackEvaluation onRobust = attack(session, robust);
    Evaluation plainToRobust = given(session, onPlain, robust);
    Evaluation robustToPlain = given(session, onRobust, plain);
    Rate white = onRobust.attacked().error();
    findings.rate(
        "plain-to-adversarial",
        "made on the original, given to the adversarially trained",
        plainToRobust.error(),
        0.196,
        0.1,
        "ten points: rebuilds by others range from 34 to 42 %");
    findings.rate(
        "adversarial-to-plain",
        "made on the adversarially trained, given to the original",
        robustToPlain.error(),
        0.409,
        0.1,
        "ten points: rebuilds by others range from 67 to 72 %");
    findings.rate("white-box", "made on the adversarially trained, given to itself", white);
    FgsmSection.decisions(findings);
    findings.decision(
        "The paper does not say whether these are the networks of 240 or of 1600 units: those of"
            + " 240 are measured.");
    Models.describe(findings, session, "maxout", plain);
    Models.describe(findings, session, "adversarial-maxout", robust);
    boolean holds =
        FgsmSection.hasLearnt(onPlain)
            && FgsmSection.hasLearnt(onRobust)
            && plainToRobust.error().value() < robustToPlain.error().value()
            && plainToRobust.error().value() > onRobust.clean().error().value()
            && robustToPlain.error().value() > onPlain.clean().error().value();
    return findings.result(
        holds,
        "holds if the adversarially trained network errs less on the other's examples than the"
            + " original does, each more than on clean images, and on less than 50 % of those",
        true);
  }

  private static AttackEvaluation attack(Session session, Trained model) {
    return FgsmSection.attack(session, model.network(), session.data().test());
  }

  private static Evaluation given(Session session, AttackEvaluation made, Trained to) {
    int[] labels = session.data().test().labels();
    return Evaluation.of(to.network(), made.result().inputs(), labels, session.workers());
  }
}
