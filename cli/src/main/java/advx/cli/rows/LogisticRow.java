package advx.cli.rows;

import advx.attacks.AttackEvaluation;
import advx.attacks.ThreatModel;
import advx.attacks.exact.LinearClosedForm;
import advx.cli.result.Figure;
import advx.cli.result.Metric;
import advx.cli.result.RowResult;
import advx.engine.Tensor;
import advx.nn.Trained;
import advx.nn.data.Dataset;
import java.util.ArrayList;
import java.util.List;

/**
 * Section 5 and Figure 2: logistic regression on threes and sevens, for which the fast gradient
 * sign method is the exact worst case.
 */
public final class LogisticRow implements Row {
  private static final int SHOWN = 8;

  @Override
  public String id() {
    return "logistic";
  }

  @Override
  public List<String> numbers() {
    return List.of("5");
  }

  @Override
  public String title() {
    return "Logistic regression, 3 versus 7";
  }

  @Override
  public String place() {
    return "Goodfellow et al. 2015, §5, Figure 2";
  }

  @Override
  public String claim() {
    return "Logistic regression tells threes from sevens with 1.6 % error; under FGSM with ε = 0.25"
        + " its error is 99 %.";
  }

  @Override
  public Work work(Profile profile) {
    return Models.work(profile, Models.THREE_VERSUS_SEVEN).and(Work.seconds(id(), 1));
  }

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    Trained trained = Models.threeVersusSeven(session);
    Dataset test = session.data().test().filterLabels(3, 7);
    AttackEvaluation attack = FgsmSection.attack(session, trained.network(), test);
    double[] w = difference(trained);
    long closedForm =
        LinearClosedForm.of(trained.network())
            .error(
                test.images(0, test.size()),
                test.labels(),
                ThreatModel.linf(FgsmSection.epsilon(test)))
            .count();
    long measured = attack.attacked().error().count();
    findings.rate(
        "clean-error",
        "clean error",
        attack.clean().error(),
        0.016,
        0.006,
        "twelve of the 2,038 test images");
    findings.rate(
        "fgsm-error",
        "FGSM error, ε 0.25",
        attack.attacked().error(),
        0.99,
        0.01,
        "one point: the paper prints whole percents");
    findings.metric(
        new Metric(
            "closed-form-gap",
            "images on which FGSM and the closed form y(wᵀx + b) ≤ ε‖w‖₁ disagree in count",
            "",
            test.size(),
            Math.abs(closedForm - measured),
            null,
            null,
            null,
            ""));
    FgsmSection.gradients(findings, attack);
    FgsmSection.decisions(findings);
    findings.decision(
        "The regression is trained as a softmax over two classes, w = w₇ − w₃, which is the same"
            + " model and the same attack. How the paper trains it is not stated: SGD from zero,"
            + " rate 0.05, momentum 0.5.");
    Models.describe(findings, session, "three-versus-seven", trained);
    findings.figure(panels(test, w, attack));
    boolean holds =
        attack.attacked().error().value() >= 0.95
            && attack.clean().error().value() <= 0.05
            && closedForm == measured;
    return findings.result(
        holds,
        "holds if the clean error is at most 5 %, the FGSM error at least 95 %, and FGSM equals the"
            + " closed form on every count",
        true);
  }

  /** w = w₁ − w₀ in double. */
  private static double[] difference(Trained trained) {
    Tensor weights = trained.network().parameters().getFirst().value();
    double[] w = new double[weights.columns()];
    for (int i = 0; i < w.length; i++) {
      w[i] = (double) weights.get(1, i) - weights.get(0, i);
    }
    return w;
  }

  /** Figure 2: the weights, their sign, clean and adversarial threes and sevens. */
  private static Figure panels(Dataset test, double[] w, AttackEvaluation attack) {
    float[] weights = new float[w.length];
    float[] signs = new float[w.length];
    for (int i = 0; i < w.length; i++) {
      weights[i] = (float) w[i];
      signs[i] = (float) Math.signum(w[i]);
    }
    List<Figure.Picture> pictures = new ArrayList<>();
    pictures.add(Pictures.weights(test, weights, 0, "weights"));
    pictures.add(Pictures.weights(test, signs, 0, "their sign"));
    int shown = Math.min(SHOWN, test.size());
    for (int i = 0; i < shown; i++) {
      pictures.add(Pictures.picture(test, test.images(i, i + 1).data(), 0, "clean"));
    }
    float[] inputs = attack.result().inputs().data();
    for (int i = 0; i < shown; i++) {
      pictures.add(Pictures.picture(test, inputs, i * test.features(), "ε 0.25"));
    }
    return new Figure.Sheet(
        "The weights, their sign, test images and what ε·sign(∇J) makes of them",
        SHOWN + 2,
        arrange(pictures, shown));
  }

  /** Weights and sign stand before the clean row; blank pictures keep the second row aligned. */
  private static List<Figure.Picture> arrange(List<Figure.Picture> pictures, int shown) {
    List<Figure.Picture> rows = new ArrayList<>(pictures.subList(0, 2 + shown));
    Figure.Picture first = pictures.getFirst();
    Figure.Picture blank =
        new Figure.Picture(
            "", first.height(), first.width(), new float[first.pixels().length], -1, 1, true);
    rows.add(blank);
    rows.add(blank);
    rows.addAll(pictures.subList(2 + shown, pictures.size()));
    return rows;
  }
}
