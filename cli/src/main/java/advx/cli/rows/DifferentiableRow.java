package advx.cli.rows;

import advx.attacks.AttackEvaluation;
import advx.attacks.measure.Rate;
import advx.attacks.train.DifferentiableObjective;
import advx.attacks.train.GradientStep;
import advx.cli.result.Figure;
import advx.cli.result.RowResult;
import advx.nn.Trained;
import advx.nn.data.Dataset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Section 6: training on perturbations that the learner can anticipate. */
public final class DifferentiableRow implements Row {
  private static final double DEGREES = 15;

  /** About the length of the step by which 15 degrees turn an image of MNIST. */
  private static final double LENGTH = 2.4;

  /** Two of 10,000 images: below it two clean errors count as equal. */
  private static final double SAME = 0.0002;

  @Override
  public String id() {
    return "differentiable";
  }

  @Override
  public List<String> numbers() {
    return List.of("30");
  }

  @Override
  public String title() {
    return "Training on perturbations that can be differentiated";
  }

  @Override
  public String place() {
    return "Goodfellow et al. 2015, §6";
  }

  @Override
  public String claim() {
    return "Small rotations and scaled gradients can be differentiated, so that learning takes the"
        + " adversary's reaction into account; but trained on them a network is regularised nowhere"
        + " near as much as by the sign of the gradient.";
  }

  /** Each model is trained through two gradients: too long for the short profiles. */
  @Override
  public Set<Profile> profiles() {
    return EnumSet.range(Profile.STANDARD, Profile.PAPER);
  }

  @Override
  public Work work(Profile profile) {
    Work work = MaxoutModels.variantsWork(profile).and(Work.seconds(id(), 120));
    boolean all = profile == Profile.PAPER;
    for (Variant variant : Variant.all()) {
      double seconds = variant.anticipates() ? 150 : 80;
      work = work.and(Work.seconds(variant.name(), (all ? 25 : 1) * seconds));
    }
    return work;
  }

  /** One way to train. */
  private record Variant(GradientStep step, boolean anticipates) {
    static List<Variant> all() {
      List<Variant> all = new ArrayList<>();
      for (GradientStep step : List.of(GradientStep.ROTATION, GradientStep.SCALED)) {
        all.add(new Variant(step, true));
        all.add(new Variant(step, false));
      }
      return all;
    }

    String key() {
      return step.word() + (anticipates ? "" : "-held");
    }

    String name() {
      return "maxout-differentiable-" + key();
    }

    String label() {
      return (step == GradientStep.ROTATION ? "rotation" : "scaled gradient")
          + (anticipates ? "" : ", held constant");
    }

    Trained train(Session session) {
      double size = step == GradientStep.ROTATION ? StrictMath.toRadians(DEGREES) : LENGTH;
      var objective = new DifferentiableObjective(step, Models.ALPHA, size, anticipates);
      return MaxoutModels.variant(session, name(), objective);
    }
  }

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    List<List<Figure.Cell>> table = new ArrayList<>();
    double[] plain =
        measure(findings, session, MaxoutModels.undecayed(session), "plain", "plain", table);
    double[] sign =
        measure(
            findings,
            session,
            MaxoutModels.shortAdversarial(session),
            "sign",
            "sign of the gradient, ε 0.25",
            table);
    boolean weaker = true;
    for (Variant variant : Variant.all()) {
      Trained trained = variant.train(session);
      double[] errors = measure(findings, session, trained, variant.key(), variant.label(), table);
      if (variant.anticipates()) {
        weaker &= errors[0] + SAME >= sign[0] && errors[1] > sign[1];
      }
      Models.describe(findings, session, variant.name(), trained);
    }
    decide(findings, session);
    if (sign[0] > plain[0] + SAME) {
      findings.cause(
          "After so few epochs training on the sign of the gradient leaves the clean error higher, too (%.2f %% against %.2f %% of plain training)"
              .formatted(100 * sign[0], 100 * plain[0]));
    }
    findings.sweep(
        "Test error by what the network was trained on",
        List.of("trained on", "clean", "FGSM, ε 0.25", "rotated by 15 degrees", "PGD, ε 0.25"),
        table);
    return findings.result(
        plain[1] > 0.5 && weaker && sign[0] <= plain[0] + SAME,
        "holds if the FGSM error of plain training is above 50 %, the clean error of training on"
            + " the sign is not above that of plain training, and both differentiable perturbations"
            + " leave the clean error no lower and the FGSM error higher than the sign does",
        true);
  }

  private static void decide(Findings findings, Session session) {
    FgsmSection.decisions(findings);
    findings.decision(
        "The paper states neither angle nor length. Here the input is turned by 15 degrees towards"
            + " its gradient, and moved by 2.4 along the gradient of length 1, about as far. α is"
            + " 0.5. The gradient of the cost goes through the perturbation, which holds a gradient"
            + " itself; \"held constant\" is the same perturbation without that share, to tell what"
            + " anticipation does.");
    findings.decision(
        "Regularisation is judged by the clean test error, and beside it by the error under FGSM."
            + (session.profile() == Profile.PAPER
                ? ""
                : " All networks of this comparison are trained for the same few epochs, so clean"
                    + " errors that differ by less than a tenth of a point say little."));
  }

  /** Clean error, error under FGSM. */
  private static double[] measure(
      Findings findings,
      Session session,
      Trained trained,
      String key,
      String label,
      List<List<Figure.Cell>> table) {
    Dataset test = session.data().test();
    AttackEvaluation attack = FgsmSection.attack(session, trained.network(), test);
    AttackEvaluation turned =
        AttackEvaluation.of(
            RotationRow.rotation(DEGREES), trained.network(), test, session.workers());
    findings.rate("clean-error-" + key, "clean error, " + label, attack.clean().error());
    findings.rate("fgsm-error-" + key, "FGSM error, " + label, attack.attacked().error());
    findings.rate(
        "rotation-error-" + key,
        "error rotated by 15 degrees, " + label,
        turned.attacked().error());
    Rate iterated =
        FgsmSection.iterated(findings, session, key + "-", ", " + label, trained.network(), test);
    table.add(
        List.of(
            Figure.cell(label),
            Figure.share(attack.clean().error().value()),
            Figure.share(attack.attacked().error().value()),
            Figure.share(turned.attacked().error().value()),
            Figure.share(iterated.value())));
    return new double[] {attack.clean().error().value(), attack.attacked().error().value()};
  }
}
