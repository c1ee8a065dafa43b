package advx.cli.rows;

import advx.attacks.AttackEvaluation;
import advx.attacks.measure.Evaluation;
import advx.attacks.measure.Rate;
import advx.cli.result.RowResult;
import advx.nn.Trained;
import advx.nn.data.Dataset;
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
    Evaluation plainToRobust = transfer(session, plain, robust);
    Evaluation robustToPlain = transfer(session, robust, plain);
    Rate white =
        FgsmSection.attack(session, robust.network(), session.data().test()).attacked().error();
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
        plainToRobust.error().value() < robustToPlain.error().value()
            && plainToRobust.error().value() > cleanError(session, robust)
            && robustToPlain.error().value() > cleanError(session, plain);
    return findings.result(
        holds,
        "holds if the adversarially trained network errs less on the other's examples than the"
            + " original does, and each more than on clean images",
        true);
  }

  private static double cleanError(Session session, Trained model) {
    return Evaluation.of(model.network(), session.data().test(), session.workers())
        .error()
        .value();
  }

  private static Evaluation transfer(Session session, Trained from, Trained to) {
    Dataset test = session.data().test();
    AttackEvaluation attack = FgsmSection.attack(session, from.network(), test);
    return Evaluation.of(to.network(), attack.result().inputs(), test.labels(), session.workers());
  }
}
