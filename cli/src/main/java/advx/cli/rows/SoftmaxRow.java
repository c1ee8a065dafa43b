package advx.cli.rows;

import advx.attacks.AttackEvaluation;
import advx.cli.result.RowResult;
import advx.nn.Trained;
import java.util.List;

/** Section 4: a shallow softmax classifier under the fast gradient sign method. */
public final class SoftmaxRow implements Row {
  @Override
  public String id() {
    return "softmax";
  }

  @Override
  public List<String> numbers() {
    return List.of("2");
  }

  @Override
  public String title() {
    return "Shallow softmax under FGSM";
  }

  @Override
  public String place() {
    return "Goodfellow et al. 2015, §4";
  }

  @Override
  public String claim() {
    return "A step of ε = 0.25 along the sign of the gradient makes a shallow softmax classifier"
        + " err on 99.9 % of the MNIST test images, with an average confidence of 79.3 %.";
  }

  @Override
  public Work work(Profile profile) {
    return Models.work(profile, Models.SOFTMAX).and(Work.seconds(id(), 1));
  }

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    Trained trained = Models.softmax(session);
    AttackEvaluation attack = FgsmSection.attack(session, trained.network(), session.data().test());
    findings.rate("clean-error", "clean error", attack.clean().error());
    findings.rate(
        "fgsm-error",
        "FGSM error, ε 0.25",
        attack.attacked().error(),
        0.999,
        0.01,
        "one point: an error this close to 100 % varies little with the training");
    findings.mean(
        "fgsm-confidence-mistakes",
        "confidence on mistakes, ε 0.25",
        attack.attacked().confidenceOnMistakes(),
        0.793,
        0.03,
        "three points; confidence depends on the norm of the weights, which the paper does not"
            + " state");
    findings.mean(
        "fgsm-confidence",
        "confidence over all, ε 0.25",
        attack.attacked().confidence(),
        null,
        null,
        "");
    FgsmSection.gradients(findings, attack);
    FgsmSection.decisions(findings);
    findings.decision(
        "The training of the softmax classifier is not stated: SGD with momentum 0.5, rate 0.1,"
            + " weights from zero, without decay. The confidence on mistakes is held against the"
            + " paper.");
    Models.describe(findings, session, "softmax", trained);
    findings.figure(Pictures.learningCurve("softmax classifier", trained));
    findings.figure(
        FgsmSection.curve(session, "Softmax under FGSM", trained.network(), session.data().test()));
    findings.figure(
        FgsmSection.examples(
            "Clean images and their adversarial examples, with the prediction and its confidence",
            session.data().test(),
            attack));
    findings.figure(
        Pictures.filters("The weights of the ten classes", session.data().test(), trained, 1, 10));
    boolean holds = FgsmSection.hasLearnt(attack) && attack.attacked().error().value() > 0.99;
    return findings.result(
        holds, "holds if the FGSM error is above 99 %, and the clean error below 50 %", true);
  }
}
