package advx.cli.rows;

import advx.attacks.AttackEvaluation;
import advx.attacks.Fgsm;
import advx.attacks.Pgd;
import advx.attacks.ThreatModel;
import advx.attacks.Walk;
import advx.attacks.measure.Decision;
import advx.attacks.measure.Rate;
import advx.cli.result.Figure;
import advx.nn.Classifier;
import advx.nn.data.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What every row that attacks a model with the fast gradient sign method shows of it. */
final class FgsmSection {
  private static final double[] EPSILONS = {0, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3};
  private static final int CURVE_SAMPLES = 1_000;
  private static final int SHOWN = 10;

  /** Of ten classes, nine tenths are errors by chance: no attack is needed for that. */
  private static final double LEARNT = 0.5;

  private FgsmSection() {}

  /** The paper's budget in the data's own units: ε is 0.25 where pixels go from 0 to 1. */
  static double epsilon(Dataset data) {
    return inUnitsOf(data, Models.EPSILON);
  }

  /** Whether a model has learnt anything that an attack could undo: it is right on most images. */
  static boolean hasLearnt(AttackEvaluation attack) {
    return attack.clean().error().value() < LEARNT;
  }

  private static double inUnitsOf(Dataset data, double epsilon) {
    return epsilon * ((double) data.info().high() - data.info().low());
  }

  /** The published attack at ε = 0.25 on the whole test set. */
  static AttackEvaluation attack(Session session, Classifier classifier, Dataset test) {
    return AttackEvaluation.of(Fgsm.paper(epsilon(test)), classifier, test, session.workers());
  }

  /** The published attack with each ε, all for pixels that go from 0 to 1. */
  static List<AttackEvaluation> sweep(
      Session session, double[] epsilons, Classifier classifier, Dataset data) {
    double[] own = Arrays.stream(epsilons).map(epsilon -> inUnitsOf(data, epsilon)).toArray();
    return AttackEvaluation.sweep(
        Fgsm.paper(epsilon(data)), own, classifier, data, session.workers());
  }

  /**
   * The same model under an attack of many steps with the same budget: what an error under one step
   * is worth.
   *
   * @param prefix of the metric's name
   * @param model ", the model" for people, or ""
   */
  static Rate iterated(
      Findings findings,
      Session session,
      String prefix,
      String model,
      Classifier classifier,
      Dataset test) {
    Dataset some =
        test.subset(
            0,
            switch (session.profile()) {
              case SMOKE -> Math.min(500, test.size());
              case QUICK -> Math.min(2_000, test.size());
              case STANDARD, PAPER -> test.size();
            });
    int restarts =
        switch (session.profile()) {
          case SMOKE -> 1;
          case QUICK -> 2;
          case STANDARD, PAPER -> 10;
        };
    Pgd pgd =
        Pgd.of(ThreatModel.linf(epsilon(test)), Walk.pgd(Walk.STEPS, restarts), session.seed());
    Rate error = AttackEvaluation.of(pgd, classifier, some, session.workers()).attacked().error();
    findings.rate(
        prefix + "pgd-error",
        "PGD error, %d steps, %d starts, ε 0.25%s".formatted(Walk.STEPS, restarts, model),
        error);
    findings.setting("iterated attack", pgd.describe());
    return error;
  }

  /** The attack's decisions, as the paper leaves them open. */
  static void decisions(Findings findings) {
    findings.setting("attack", Fgsm.paper(Models.EPSILON).describe());
    findings.decision(
        "The gradient is that of the true label's cost; sign(0) = 0; the perturbed image is not"
            + " clipped to [0, 1] (the paper mentions no clipping).");
    findings.decision(
        "\"Error\" counts all test images, those that are wrong when clean included (the paper's"
            + " wording). \"Confidence\" is the probability of the predicted class.");
  }

  /** The shares of samples without a usable gradient. */
  static void gradients(Findings findings, AttackEvaluation evaluation) {
    findings.rate("zero-gradients", "images whose gradient is zero", evaluation.zeroGradients());
  }

  /** Error against ε on the first test images. */
  static Figure curve(Session session, String title, Classifier classifier, Dataset test) {
    Dataset some = test.subset(0, Math.min(CURVE_SAMPLES, test.size()));
    double[] errors =
        sweep(session, EPSILONS, classifier, some).stream()
            .mapToDouble(e -> 100 * e.attacked().error().value())
            .toArray();
    return new Figure.Chart(
        title + " (first " + some.size() + " test images)",
        "ε",
        "error in %",
        false,
        List.of(new Figure.Series("FGSM error", EPSILONS, errors)));
  }

  /** The first test image of each class above its adversarial example. */
  static Figure examples(String title, Dataset test, AttackEvaluation evaluation) {
    return Pictures.cleanAndAdversarial(
        title,
        test,
        evaluation.result().inputs(),
        i -> said(evaluation.result().samples().get(i).clean()),
        i -> said(evaluation.result().samples().get(i).attacked()),
        firstOfEachClass(test));
  }

  /** "7 · 97.6 %". */
  static String said(Decision decision) {
    return "%d · %.1f %%".formatted(decision.prediction(), 100 * decision.confidence());
  }

  /** Indices of the first sample of each of the first ten classes. */
  static int[] firstOfEachClass(Dataset data) {
    List<Integer> first = new ArrayList<>();
    for (int c = 0; c < Math.min(SHOWN, data.classes()); c++) {
      int wanted = c;
      IntStream.range(0, data.size())
          .filter(i -> data.label(i) == wanted)
          .findFirst()
          .ifPresent(first::add);
    }
    int[] which = new int[first.size()];
    Arrays.setAll(which, first::get);
    return which;
  }
}
