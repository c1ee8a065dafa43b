package advx.cli.rows;

import advx.attacks.AttackEvaluation;
import advx.attacks.train.NoiseObjective.Law;
import advx.cli.result.RowResult;
import advx.nn.Trained;
import advx.nn.data.Dataset;
import java.util.List;

/** Section 6: noise of the same size in place of adversarial examples does not help. */
public final class NoiseControlRow implements Row {
  @Override
  public String id() {
    return "noise-controls";
  }

  @Override
  public List<String> numbers() {
    return List.of("13");
  }

  @Override
  public String title() {
    return "Maxout trained with noise, under FGSM";
  }

  @Override
  public String place() {
    return "Goodfellow et al. 2015, §6";
  }

  @Override
  public String claim() {
    return "Noise of the size of adversarial perturbations does not regularise: trained with random"
        + " ±ε on every pixel the network errs on 86.2 % of adversarial examples (confidence"
        + " 97.3 %), with noise from U(−ε, ε) on 90.4 % (97.8 %).";
  }

  @Override
  public Work work(Profile profile) {
    Work work = Models.work(profile, Models.MAXOUT);
    for (Law law : Law.values()) {
      work = work.and(Models.work(profile, MaxoutModels.noisyName(law)));
    }
    return work.and(Work.seconds(id(), profile.atLeast(Profile.STANDARD) ? 30 : 5));
  }

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    Dataset test = session.data().test();
    Trained plain = Models.maxout(session);
    AttackEvaluation before = FgsmSection.attack(session, plain.network(), test);
    AttackEvaluation signs = measure(findings, session, Law.SIGNS, "signs", "±ε", 0.862, 0.973);
    AttackEvaluation uniform =
        measure(findings, session, Law.UNIFORM, "uniform", "U(−ε, ε)", 0.904, 0.978);
    findings.rate("fgsm-error-plain", "FGSM error, plain training", before.attacked().error());
    FgsmSection.decisions(findings);
    findings.decision(
        "The paper does not say whether its controls see clean examples too. They differ from"
            + " adversarial training in the perturbation alone: α 0.5, ε 0.25, and noise drawn"
            + " afresh for every image at every step, not clipped. The confidence on mistakes is"
            + " held against the paper.");
    if (session.profile() != Profile.PAPER) {
      findings.decision(
          session.profile() == Profile.STANDARD
              ? "The controls are trained as published, but for twenty epochs only, the best of"
                  + " them kept."
              : "Like the adversarially trained network of this profile, the controls go on from"
                  + " the plain network for six epochs without dropout.");
    }
    Models.describe(findings, session, Models.MAXOUT, plain);
    double attacked = before.attacked().error().value();
    boolean holds = attacked > 0.5;
    for (AttackEvaluation control : List.of(signs, uniform)) {
      holds &= FgsmSection.hasLearnt(control);
      holds &= control.attacked().error().value() > attacked - 0.15;
    }
    return findings.result(
        holds,
        "holds if the plain network's FGSM error is above 50 %, neither noise lowers it by 15"
            + " points or more, and both leave a clean error below 50 %",
        true);
  }

  private static AttackEvaluation measure(
      Findings findings,
      Session session,
      Law law,
      String name,
      String noise,
      double error,
      double confidence) {
    Dataset test = session.data().test();
    Trained trained = MaxoutModels.noisy(session, law);
    AttackEvaluation attack = FgsmSection.attack(session, trained.network(), test);
    findings.rate("clean-error-" + name, "clean error, " + noise, attack.clean().error());
    findings.rate(
        "fgsm-error-" + name,
        "FGSM error, ε 0.25, " + noise,
        attack.attacked().error(),
        error,
        0.05,
        "five points: rebuilds by others range from 86 to 90 %");
    findings.mean(
        "fgsm-confidence-mistakes-" + name,
        "confidence on mistakes, " + noise,
        attack.attacked().confidenceOnMistakes(),
        confidence,
        0.03,
        "three points: confidence grows with the length of training");
    FgsmSection.iterated(findings, session, name + "-", ", " + noise, trained.network(), test);
    Models.describe(findings, session, MaxoutModels.noisyName(law), trained);
    return attack;
  }
}
