package advx.attacks.audit;

import advx.attacks.Attack;
import advx.attacks.AttackEvaluation;
import advx.attacks.AttackLoss;
import advx.attacks.AttackResult;
import advx.attacks.AttackRun;
import advx.attacks.Fgsm;
import advx.attacks.Pgd;
import advx.attacks.RandomNoise;
import advx.attacks.Walk;
import advx.attacks.exact.LinearClosedForm;
import advx.attacks.measure.Evaluation;
import advx.attacks.measure.Rate;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Classifier;
import advx.nn.Network;
import advx.nn.data.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Asks of an evaluation with the fast gradient sign method what an evaluation of robustness has to
 * stand: a weak attack, a masked gradient or a mistake of bookkeeping makes a model look robust,
 * and each of them shows in one of these items. A model that passes them all is still robust to a
 * single step only.
 */
public final class Audit {
  /** The budgets tried beside the attack's own, as multiples of it. */
  private static final double[] FACTORS = {0, 0.25, 0.5, 1, 2, 4};

  /** Samples whose gradient is held against differences, and that are attacked alone. */
  private static final int PROBES = 20;

  /** Gradient and difference may differ by this share of the gradient: kinks and rounding. */
  private static final double AGREEMENT = 0.05;

  /** The share of probes that have to agree: a kink may lie between any two points. */
  private static final double AGREEING = 0.9;

  /** Above this share of zero gradients the attack had nothing to go by too often. */
  private static final double ZERO_SHARE = 0.05;

  /**
   * The margin loss may break this share of samples more before the cost's gradient is in doubt.
   */
  private static final double LOSS_GAP = 0.05;

  /** Part of the budget may break this share of samples more than all of it. */
  private static final double OVERSHOOT = 0.01;

  /** Of the walk that a single step is held against. */
  private static final int STEPS = 20;

  /** The walk may break this share of samples less: the loss is not the number of mistakes. */
  private static final double STEP_GAP = 0.01;

  private final Fgsm attack;
  private final Classifier classifier;
  private final Workers workers;
  private final Tensor x;
  private final int[] labels;
  private final int[] samples;

  private Audit(Fgsm attack, Classifier classifier, Dataset data, Workers workers) {
    this.attack = attack;
    this.classifier = classifier;
    this.workers = workers;
    this.x = data.images(0, data.size());
    this.labels = data.labels();
    this.samples = new int[data.size()];
    Arrays.setAll(samples, data::index);
  }

  /** Audits the attack on all samples given; a few hundred are enough. */
  public static List<AuditItem> of(
      Fgsm attack, Classifier classifier, Dataset data, Workers workers) {
    return new Audit(attack, classifier, data, workers).items();
  }

  private List<AuditItem> items() {
    Fgsm other =
        new Fgsm(
            attack.threat(),
            attack.aim(),
            attack.loss() == AttackLoss.COST ? AttackLoss.MARGIN : AttackLoss.COST,
            attack.clip());
    Attack noise = new RandomNoise(attack.threat(), attack.clip(), 0);
    Attack walking =
        new Pgd(attack.threat(), attack.aim(), attack.loss(), attack.clip(), Walk.bim(STEPS), 0);
    List<AttackResult> results =
        AttackRun.of(classifier, workers)
            .all(List.of(attack, other, noise, walking), x, labels, samples, true);
    AttackEvaluation own = new AttackEvaluation(results.get(0));
    List<AttackEvaluation> sweep = sweep();
    List<AuditItem> items = new ArrayList<>();
    items.add(named(own));
    items.add(inside(own));
    items.add(checked(own));
    items.add(alone(own));
    items.add(zeroBudget(sweep.getFirst()));
    items.add(growing(sweep));
    closedForm(own, items);
    items.add(gradients(own));
    items.add(differences());
    items.add(noise(own, new AttackEvaluation(results.get(2))));
    items.add(otherLoss(own, new AttackEvaluation(results.get(1)), other));
    items.add(manySteps(own, new AttackEvaluation(results.get(3))));
    return items;
  }

  private List<AttackEvaluation> sweep() {
    double epsilon = attack.threat().epsilon();
    double[] epsilons = Arrays.stream(FACTORS).map(factor -> factor * epsilon).toArray();
    return AttackRun.of(classifier, workers).sweep(attack, epsilons, x, labels, samples).stream()
        .map(AttackEvaluation::new)
        .toList();
  }

  private static AuditItem named(AttackEvaluation own) {
    long clean = own.clean().unnamed();
    long attacked = own.attacked().unnamed();
    return AuditItem.of(
        "the model names a class for every input",
        clean + attacked == 0,
        String.format(
            Locale.ROOT,
            "NaN or infinite logits for %d clean and %d perturbed inputs, which count as wrong",
            clean,
            attacked));
  }

  private AuditItem inside(AttackEvaluation own) {
    double largest =
        own.result().samples().stream()
            .mapToDouble(s -> s.norm(attack.threat().norm()))
            .max()
            .orElse(0);
    return AuditItem.of(
        "every perturbed input lies in the threat model",
        own.refused().count() == 0 && attack.threat().allows(largest),
        String.format(
            Locale.ROOT,
            "largest %s norm %.9g of %.9g, %d thrown away",
            attack.threat().norm().word(),
            largest,
            attack.threat().epsilon(),
            own.refused().count()));
  }

  /** A whole evaluation of the stored inputs has to say what the run said. */
  private AuditItem checked(AttackEvaluation own) {
    Evaluation again = Evaluation.of(classifier, own.result().adversarial(), labels, workers);
    long equal = 0;
    for (int i = 0; i < labels.length; i++) {
      equal += again.decisions().get(i).equals(own.attacked().decisions().get(i)) ? 1 : 0;
    }
    return AuditItem.of(
        "another forward pass says the same",
        equal == labels.length,
        String.format(Locale.ROOT, "%d of %d samples", equal, labels.length));
  }

  private AuditItem alone(AttackEvaluation own) {
    int n = x.columns();
    int equal = 0;
    int[] probes = probes();
    for (int i : probes) {
      Tensor one = Tensor.of(Arrays.copyOfRange(x.data(), i * n, (i + 1) * n), 1, n);
      AttackResult result =
          attack.run(classifier, one, new int[] {labels[i]}, new int[] {samples[i]}, workers);
      float[] all = own.result().adversarial().data();
      boolean same =
          Arrays.equals(result.adversarial().data(), 0, n, all, i * n, (i + 1) * n)
              && result.samples().getFirst().equals(own.result().samples().get(i));
      equal += same ? 1 : 0;
    }
    return AuditItem.of(
        "a sample's result does not depend on its batch",
        equal == probes.length,
        String.format(
            Locale.ROOT,
            "%d of %d samples equal bit for bit when attacked alone",
            equal,
            probes.length));
  }

  private AuditItem zeroBudget(AttackEvaluation nothing) {
    return AuditItem.of(
        "a budget of 0 changes nothing",
        nothing.broken().equals(nothing.clean().error())
            && nothing.attacked().error().equals(nothing.clean().error()),
        String.format(
            Locale.ROOT,
            "%s wrong when clean, %s at epsilon 0",
            percent(nothing.clean().error()),
            percent(nothing.attacked().error())));
  }

  /**
   * Of a linear model that is not clipped, a margin that has fallen to 0 keeps falling. A single
   * step may overshoot on a curved one; but when part of the budget breaks more than all of it, the
   * figure for all of it is not that of the threat model.
   */
  private AuditItem growing(List<AttackEvaluation> sweep) {
    String figures =
        sweep.stream()
            .map(
                e ->
                    String.format(
                        Locale.ROOT,
                        "%s at %.3g",
                        percent(e.broken()),
                        e.result().attack().threat().epsilon()))
            .collect(Collectors.joining(", "));
    boolean grows = true;
    double inside = 0;
    double whole = 0;
    for (int i = 0; i < sweep.size(); i++) {
      grows &= i == 0 || sweep.get(i).broken().count() >= sweep.get(i - 1).broken().count();
      double share = sweep.get(i).broken().value();
      inside = FACTORS[i] < 1 ? Math.max(inside, share) : inside;
      whole = FACTORS[i] == 1 ? share : whole;
    }
    boolean strict = linear() && !attack.clip();
    String name = "more budget breaks no fewer samples";
    return grows || strict || inside > whole + OVERSHOOT
        ? AuditItem.of(name, grows, figures)
        : AuditItem.note(name, figures + "; a long step overshoots");
  }

  private boolean linear() {
    return classifier instanceof Network network && network.linear();
  }

  private void closedForm(AttackEvaluation own, List<AuditItem> items) {
    if (linear() && !attack.clip() && !attack.aim().targeted()) {
      Rate exact = LinearClosedForm.of((Network) classifier).error(x, labels, attack.threat());
      boolean fits =
          classifier.classes() == 2
              ? own.broken().equals(exact)
              : own.broken().count() <= exact.count();
      items.add(
          AuditItem.of(
              "the closed form of the linear model",
              fits,
              String.format(
                  Locale.ROOT, "%s broken, %s can be", percent(own.broken()), percent(exact))));
    }
  }

  private static AuditItem gradients(AttackEvaluation own) {
    return AuditItem.of(
        "gradients point somewhere",
        own.zeroGradients().value() <= ZERO_SHARE
            && own.nanGradients().count() == 0
            && own.infiniteGradients().count() == 0,
        String.format(
            Locale.ROOT,
            "%s zero, %s with a NaN, %s infinite; at most %.0f %% may be zero",
            percent(own.zeroGradients()),
            percent(own.nanGradients()),
            percent(own.infiniteGradients()),
            100 * ZERO_SHARE));
  }

  private AuditItem differences() {
    FiniteDifferences differences = new FiniteDifferences(classifier, attack.loss(), workers);
    int compared = 0;
    int agreeing = 0;
    double worst = 0;
    for (int i : probes()) {
      double gap = differences.disagreement(x.data(), i * x.columns(), labels[i]);
      if (!Double.isNaN(gap)) {
        compared++;
        agreeing += gap <= AGREEMENT ? 1 : 0;
        worst = Math.max(worst, gap);
      }
    }
    return AuditItem.of(
        "gradients agree with differences of the loss",
        compared > 0 && agreeing >= AGREEING * compared,
        String.format(
            Locale.ROOT,
            "%d of %d samples within %.0f %%, the worst off by %.2g %%",
            agreeing,
            compared,
            100 * AGREEMENT,
            100 * worst));
  }

  private static AuditItem noise(AttackEvaluation own, AttackEvaluation noise) {
    return AuditItem.of(
        "random noise of the same size is not stronger",
        noise.broken().count() <= own.broken().count(),
        String.format(
            Locale.ROOT,
            "%s broken by noise, %s by the attack",
            percent(noise.broken()),
            percent(own.broken())));
  }

  private static AuditItem otherLoss(AttackEvaluation own, AttackEvaluation other, Fgsm that) {
    return AuditItem.of(
        "another loss is not much stronger",
        other.broken().value() <= own.broken().value() + LOSS_GAP,
        String.format(
            Locale.ROOT,
            "%s broken with the loss %s, %s with %s; up to %.0f points are let pass",
            percent(own.broken()),
            ((Fgsm) own.result().attack()).loss().word(),
            percent(other.broken()),
            that.loss().word(),
            100 * LOSS_GAP));
  }

  /** The same budget in many steps; what it breaks more is what one step does not tell. */
  private static AuditItem manySteps(AttackEvaluation own, AttackEvaluation many) {
    return AuditItem.of(
        "many small steps are not weaker",
        many.broken().value() >= own.broken().value() - STEP_GAP,
        String.format(
            Locale.ROOT,
            "%s broken by one step, %s by %d steps",
            percent(own.broken()),
            percent(many.broken()),
            STEPS));
  }

  /** Evenly spread over the samples. */
  private int[] probes() {
    int count = Math.min(PROBES, labels.length);
    int[] at = new int[count];
    Arrays.setAll(at, i -> (int) ((long) i * labels.length / count));
    return at;
  }

  private static String percent(Rate rate) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * rate.value());
  }
}
