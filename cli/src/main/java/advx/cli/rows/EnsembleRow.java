package advx.cli.rows;

import advx.attacks.AttackEvaluation;
import advx.attacks.measure.Evaluation;
import advx.cli.result.RowResult;
import advx.nn.Classifier;
import advx.nn.Ensemble;
import advx.nn.Trained;
import advx.nn.data.Dataset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Section 9: an ensemble does not resist, attacked as a whole or through one member. */
public final class EnsembleRow implements Row {
  static final int MEMBERS = 12;

  @Override
  public String id() {
    return "ensemble";
  }

  @Override
  public List<String> numbers() {
    return List.of("18");
  }

  @Override
  public String title() {
    return "An ensemble of twelve maxout networks under FGSM";
  }

  @Override
  public String place() {
    return "Goodfellow et al. 2015, §9";
  }

  @Override
  public String claim() {
    return "An ensemble of twelve maxout networks errs on 91.1 % of examples made to fool all of"
        + " it, and on 87.9 % of those made to fool one member.";
  }

  @Override
  public Set<Profile> profiles() {
    return EnumSet.of(Profile.STANDARD, Profile.PAPER);
  }

  @Override
  public Work work(Profile profile) {
    double each = profile == Profile.PAPER ? 740 : 40;
    return Work.seconds("ensemble-members", MEMBERS * each).and(Work.seconds(id(), 20));
  }

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    Dataset test = session.data().test();
    List<Trained> members = new ArrayList<>();
    for (int k = 0; k < MEMBERS; k++) {
      Trained member = MaxoutModels.member(session, k);
      members.add(member);
      Models.describe(findings, session, MaxoutModels.memberName(k), member);
    }
    List<Classifier> networks = members.stream().map(m -> (Classifier) m.network()).toList();
    Ensemble ensemble = new Ensemble(networks, Ensemble.Combination.MEAN_PROBABILITY);
    AttackEvaluation whole = FgsmSection.attack(session, ensemble, test);
    AttackEvaluation first = FgsmSection.attack(session, networks.getFirst(), test);
    Evaluation throughOne =
        Evaluation.of(ensemble, first.result().inputs(), test.labels(), session.workers());
    Ensemble logits = new Ensemble(networks, Ensemble.Combination.MEAN_LOGIT);
    AttackEvaluation onLogits = FgsmSection.attack(session, logits, test);
    findings.rate("clean-error", "clean error of the ensemble", whole.clean().error());
    findings.rate("clean-error-member", "clean error of its first member", first.clean().error());
    findings.rate(
        "fgsm-error-whole",
        "made on the whole ensemble",
        whole.attacked().error(),
        0.911,
        0.05,
        "five points: rebuilds by others range from 93 to 98 %");
    findings.rate(
        "fgsm-error-member",
        "made on one member, given to the ensemble",
        throughOne.error(),
        0.879,
        0.05,
        "five points: rebuilds by others range from 90 to 93 %");
    findings.rate(
        "fgsm-error-logits",
        "made on, and given to, the mean of the logits",
        onLogits.attacked().error());
    FgsmSection.decisions(findings);
    findings.decision(
        "The paper does not say how the ensemble votes or how it is attacked as a whole: here by"
            + " the mean of the members' probabilities, the attack by the gradient of −log of that"
            + " mean; the mean of logits stands beside it. The one member is the first.");
    findings.decision(
        "The members differ in their random numbers: initial weights, order of images, dropout.");
    boolean holds =
        FgsmSection.hasLearnt(whole)
            && whole.attacked().error().value() > 0.5
            && throughOne.error().value() > 0.5
            && throughOne.error().value() < whole.attacked().error().value();
    return findings.result(
        holds,
        "holds if both errors are above 50 %, the clean one is below, and the one through a member"
            + " is the lower",
        true);
  }
}
