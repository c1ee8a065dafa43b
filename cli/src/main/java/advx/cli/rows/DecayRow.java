package advx.cli.rows;

import advx.attacks.AttackEvaluation;
import advx.attacks.measure.Evaluation;
import advx.attacks.measure.Rate;
import advx.attacks.train.LogisticAdversarialObjective;
import advx.cli.result.Figure;
import advx.cli.result.RowResult;
import advx.nn.Measure;
import advx.nn.ObjectiveCost;
import advx.nn.Trained;
import advx.nn.data.Dataset;
import java.util.ArrayList;
import java.util.List;

/** Section 5: L1 weight decay is no substitute for adversarial training. */
public final class DecayRow implements Row {
  /** The paper's coefficient, which is too large, and smaller ones, which it does not name. */
  private static final double[] MAXOUT = {0.0025, 0.00025, 0.000025};

  /** From ε itself, which adversarial training of logistic regression subtracts as ε‖w‖₁. */
  private static final double[] LOGISTIC = {Models.EPSILON, 0.025, 0.0025};

  private static final Measure UNDER_ATTACK =
      new ObjectiveCost(new LogisticAdversarialObjective(Models.EPSILON), 0);

  private static final String[] NAMES = {"large", "medium", "small"};

  @Override
  public String id() {
    return "l1-decay";
  }

  @Override
  public List<String> numbers() {
    return List.of("6");
  }

  @Override
  public String title() {
    return "L1 weight decay against adversarial training";
  }

  @Override
  public String place() {
    return "Goodfellow et al. 2015, §5";
  }

  @Override
  public String claim() {
    return "L1 decay of a maxout network's first layer with the coefficient 0.0025 is already too"
        + " large: training stays stuck above 5 % error on the training set; smaller ones train but"
        + " bring no benefit.";
  }

  @Override
  public Work work(Profile profile) {
    Work work =
        Models.work(profile, Models.MAXOUT)
            .and(Models.work(profile, Models.ADVERSARIAL_MAXOUT))
            .and(Models.work(profile, Models.THREE_VERSUS_SEVEN));
    if (profile == Profile.STANDARD) {
      work = work.and(Models.work(profile, MaxoutModels.UNDECAYED));
    }
    for (double lambda : MAXOUT) {
      work = work.and(Models.work(profile, MaxoutModels.decayedName(lambda)));
    }
    return work.and(Work.seconds(id(), profile == Profile.SMOKE ? 5 : 20));
  }

  /** What was measured of one network. */
  private record Line(String training, Rate onTraining, Rate clean, Rate attacked) {
    List<Figure.Cell> cells() {
      return List.of(
          Figure.cell(training),
          Figure.share(onTraining.value()),
          Figure.share(clean.value()),
          Figure.share(attacked.value()));
    }
  }

  private static final List<String> HEADS =
      List.of("training", "error on training images", "clean test error", "FGSM error, ε 0.25");

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    boolean holds = maxout(findings, session);
    logistic(findings, session);
    FgsmSection.decisions(findings);
    findings.decision(
        "λ·Σ|w| over the first layer's weights, biases left out, is added to the mean cost of a"
            + " batch. The paper names the coefficient 0.0025 alone and gives no numbers for"
            + " logistic regression, whose adversarial cost ζ(ε‖w‖₁ − y(wᵀx + b)) is the exact"
            + " worst case for both labels (the printed one is it for y = +1 only). Regressions"
            + " with ‖w‖₁ in their cost are trained with a rate that falls a hundredfold.");
    if (session.profile() != Profile.PAPER) {
      findings.decision(
          session.profile() == Profile.STANDARD
              ? "The decayed networks, and the plain one beside them, are trained as published, but"
                  + " for fifteen epochs only."
              : "The decayed networks are trained like the plain one of this profile.");
    }
    return findings.result(
        holds,
        "holds if the attack takes the plain network's error from below 50 % to above, 0.0025"
            + " leaves more than 5 % error on the training images and the smallest coefficient"
            + " less, and no smaller one lowers the clean error by more than 0.3 points or the FGSM"
            + " error below that of adversarial training",
        true);
  }

  private static boolean maxout(Findings findings, Session session) {
    Dataset train = session.data().train();
    Dataset test = session.data().test();
    Line plain = line(session, "plain", MaxoutModels.undecayed(session), train, test);
    Line robust =
        line(session, "adversarial, ε 0.25", Models.adversarialMaxout(session), train, test);
    List<Line> lines = new ArrayList<>(List.of(plain, robust));
    boolean none = true;
    for (int i = 0; i < MAXOUT.length; i++) {
      Trained trained = MaxoutModels.decayed(session, MAXOUT[i]);
      Line line = line(session, "L1 decay, λ " + Models.plain(MAXOUT[i]), trained, train, test);
      lines.add(line);
      note(findings, "maxout-" + NAMES[i], ", maxout, λ " + Models.plain(MAXOUT[i]), line);
      Models.describe(findings, session, MaxoutModels.decayedName(MAXOUT[i]), trained);
      boolean helps =
          line.clean.value() < plain.clean.value() - 0.003
              || line.attacked.value() < robust.attacked.value();
      none &= i == 0 || !helps;
    }
    note(findings, "maxout-plain", ", maxout, plain", plain);
    note(findings, "maxout-adversarial", ", maxout, adversarial training", robust);
    String model = ", maxout, adversarial training";
    Trained defence = Models.adversarialMaxout(session);
    FgsmSection.iterated(findings, session, "maxout-adversarial-", model, defence.network(), test);
    findings.sweep("The maxout network", HEADS, lines.stream().map(Line::cells).toList());
    return plain.clean.value() < 0.5
        && plain.attacked.value() > 0.5
        && lines.get(2).onTraining.value() > 0.05
        && lines.getLast().onTraining.value() <= 0.05
        && none;
  }

  private record Logistic(String name, String training, Trained trained) {}

  private static List<Logistic> regressions(Session session) {
    List<Logistic> all = new ArrayList<>();
    all.add(new Logistic("plain", "plain", Models.threeVersusSeven(session)));
    Trained adversarial = Models.adversarialThreeVersusSeven(session);
    all.add(new Logistic("adversarial", "adversarial, ε 0.25", adversarial));
    for (int i = 0; i < LOGISTIC.length; i++) {
      Trained decayed = Models.decayedThreeVersusSeven(session, LOGISTIC[i]);
      all.add(new Logistic(NAMES[i], "L1 decay, λ " + Models.plain(LOGISTIC[i]), decayed));
    }
    return all;
  }

  private static void logistic(Findings findings, Session session) {
    Dataset train = session.data().train().filterLabels(3, 7);
    Dataset test = session.data().test().filterLabels(3, 7);
    List<String> heads = new ArrayList<>(HEADS);
    heads.add("mean ζ(ε‖w‖₁ − y(wᵀx + b)) on test images");
    List<List<Figure.Cell>> rows = new ArrayList<>();
    for (Logistic regression : regressions(session)) {
      Trained trained = regression.trained;
      String name = "logistic-" + regression.name;
      String training = regression.training;
      Line line = line(session, training, trained, train, test);
      double cost = UNDER_ATTACK.of(trained.network(), test, session.workers());
      note(findings, name, ", 3 versus 7, " + training, line);
      findings.metric(
          "attacked-cost-" + name,
          "mean cost under the worst perturbation, 3 versus 7, " + training,
          "",
          test.size(),
          cost);
      Models.describe(findings, session, "three-versus-seven-" + regression.name, trained);
      List<Figure.Cell> cells = new ArrayList<>(line.cells());
      cells.add(Figure.cell(cost));
      rows.add(cells);
    }
    findings.sweep("Logistic regression, 3 versus 7", heads, rows);
  }

  private static Line line(
      Session session, String training, Trained trained, Dataset train, Dataset test) {
    AttackEvaluation attack = FgsmSection.attack(session, trained.network(), test);
    return new Line(
        training,
        Evaluation.of(trained.network(), train, session.workers()).error(),
        attack.clean().error(),
        attack.attacked().error());
  }

  private static void note(Findings findings, String name, String label, Line line) {
    findings.rate("train-error-" + name, "error on training images" + label, line.onTraining);
    findings.rate("clean-error-" + name, "clean error" + label, line.clean);
    findings.rate("fgsm-error-" + name, "FGSM error, ε 0.25" + label, line.attacked);
  }
}
