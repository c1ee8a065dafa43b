package advx.cli.rows;

import advx.attacks.AttackEvaluation;
import advx.attacks.fooling.RubbishError;
import advx.cli.result.Figure;
import advx.cli.result.RowResult;
import advx.engine.Tensor;
import advx.nn.Trained;
import java.util.ArrayList;
import java.util.List;

/** Section 4: a shallow softmax classifier under the fast gradient sign method. */
public final class SoftmaxRow implements Row {
  private static final double[] LIMITS = {0.5, 1, 1.5, 1.9365, 2.5, 3.5};

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
    return Models.work(profile, Models.SOFTMAX).and(Work.seconds(id(), 2 + 1.2 * LIMITS.length));
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
    norms(findings, session, trained);
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

  /** What the norm of the weights does to the paper's figures of this model. */
  private static void norms(Findings findings, Session session, Trained unlimited) {
    List<List<Figure.Cell>> lines = new ArrayList<>();
    for (double limit : LIMITS) {
      lines.add(norm(session, Figure.cell(limit), Models.softmax(session, limit)));
    }
    lines.add(norm(session, Figure.cell("none"), unlimited));
    lines.add(
        List.of(
            Figure.cell("the paper"),
            Figure.cell("not stated"),
            Figure.cell("not stated"),
            Figure.share(0.999),
            Figure.share(0.793),
            Figure.share(0.598),
            Figure.share(0.708)));
    findings.sweep(
        "The norm of the weights, which the paper does not state",
        List.of(
            "limit of a class's norm",
            "longest",
            "clean error",
            "FGSM error",
            "confidence on mistakes",
            "noise with p > 0.5",
            "confidence on it"),
        lines);
    findings.decision(
        "The measured model has no limit. The sweep limits the L2 norm of each class's weights,"
            + " 1.9365 being the limit in the same authors' maxout network, and shows all figures"
            + " of the paper that depend on it: these, and those of Gaussian noise in appendix A.");
  }

  private static List<Figure.Cell> norm(Session session, Figure.Cell limit, Trained trained) {
    AttackEvaluation attack = FgsmSection.attack(session, trained.network(), session.data().test());
    RubbishError noise = RubbishRow.of(trained, session);
    return List.of(
        limit,
        Figure.cell(longest(trained)),
        Figure.share(attack.clean().error().value()),
        Figure.share(attack.attacked().error().value()),
        Figure.share(attack.attacked().confidenceOnMistakes().value()),
        Figure.share(noise.error().value()),
        Figure.share(noise.confidence().value()));
  }

  /** The largest L2 norm of a class's weights. */
  static double longest(Trained trained) {
    Tensor w = trained.network().parameters().getFirst().value();
    double longest = 0;
    for (int row = 0; row < w.rows(); row++) {
      double squares = 0;
      for (int i = 0; i < w.columns(); i++) {
        double weight = w.data()[row * w.columns() + i];
        squares += weight * weight;
      }
      longest = Math.max(longest, Math.sqrt(squares));
    }
    return longest;
  }
}
