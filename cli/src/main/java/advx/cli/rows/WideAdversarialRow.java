package advx.cli.rows;

import advx.attacks.AttackEvaluation;
import advx.cli.result.RowResult;
import advx.nn.Trained;
import advx.nn.data.Dataset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Section 6: a larger maxout network, trained adversarially, errs least of all. */
public final class WideAdversarialRow implements Row {
  @Override
  public String id() {
    return "wide-adversarial";
  }

  @Override
  public List<String> numbers() {
    return List.of("9");
  }

  @Override
  public String title() {
    return "Adversarially trained maxout network of 1600 units";
  }

  @Override
  public String place() {
    return "Goodfellow et al. 2015, §6";
  }

  @Override
  public String claim() {
    return "With 1600 units a layer, adversarial training, and early stopping on the adversarial"
        + " validation error, five runs on all 60,000 images reach test errors of 0.77 % four times"
        + " and 0.83 % once, 0.782 % in the mean.";
  }

  @Override
  public Set<Profile> profiles() {
    return EnumSet.of(Profile.STANDARD, Profile.PAPER);
  }

  @Override
  public Work work(Profile profile) {
    Work work = Models.work(profile, MaxoutModels.WIDE_ADVERSARIAL_MAXOUT);
    work = work.and(Models.work(profile, MaxoutModels.WIDE_MAXOUT));
    return work.and(Work.seconds(id(), profile == Profile.SMOKE ? 10 : 400));
  }

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    Dataset test = session.data().test();
    List<Trained> plain = MaxoutModels.wide(session);
    List<Trained> stages = MaxoutModels.wideAdversarial(session);
    Trained trained = stages.getLast();
    AttackEvaluation before = FgsmSection.attack(session, plain.getLast().network(), test);
    AttackEvaluation after = FgsmSection.attack(session, trained.network(), test);
    findings.rate(
        "clean-error",
        "clean error",
        after.clean().error(),
        0.00782,
        0.001,
        "ten of 10,000 images: the paper's five seeds lie within six of each other");
    findings.rate("clean-error-plain", "clean error, plain training", before.clean().error());
    findings.rate("fgsm-error", "FGSM error, ε 0.25", after.attacked().error());
    findings.rate("fgsm-error-plain", "FGSM error, plain training", before.attacked().error());
    findings.mean(
        "fgsm-confidence-mistakes",
        "confidence on mistakes, ε 0.25",
        after.attacked().confidenceOnMistakes(),
        null,
        null,
        "");
    FgsmSection.iterated(findings, session, "", "", trained.network(), test);
    FgsmSection.decisions(findings);
    WideMaxoutRow.length(findings, session, stages);
    findings.decision(
        session.profile() == Profile.PAPER
            ? "The number of epochs is that of the lowest FGSM error on the validation images,"
                + " patience 100; then fresh weights are trained on all 60,000 images for as many."
            : "No validation chooses the number of epochs, and the validation images are not"
                + " trained on: the training goes on from the plain network of 1600 units,"
                + " without dropout.");
    Models.describe(findings, session, MaxoutModels.WIDE_MAXOUT, plain);
    Models.describe(findings, session, MaxoutModels.WIDE_ADVERSARIAL_MAXOUT, stages);
    findings.figure(Pictures.learningCurve("network of 1600 units", stages.getFirst()));
    boolean holds =
        after.clean().error().value() < before.clean().error().value()
            && before.attacked().error().value() > 0.5
            && after.attacked().error().value() < before.attacked().error().value() / 2;
    return findings.result(
        holds,
        "holds if the clean error is below that of plain training, whose FGSM error is above 50 %,"
            + " and the FGSM error is less than half of that",
        true);
  }
}
