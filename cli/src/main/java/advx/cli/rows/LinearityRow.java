package advx.cli.rows;

import advx.attacks.AttackEvaluation;
import advx.cli.result.Figure;
import advx.cli.result.RowResult;
import advx.nn.AdamOptimiser;
import advx.nn.Architecture;
import advx.nn.CleanObjective;
import advx.nn.Trained;
import advx.nn.TrainingPlan;
import advx.nn.data.Dataset;
import java.util.ArrayList;
import java.util.List;

/** Section 3: networks of different units, all too linear to resist. */
public final class LinearityRow implements Row {
  private static final List<String> UNITS = List.of("sigmoid", "tanh", "relu");
  private static final int[] DEPTHS = {1, 2};
  private static final int HIDDEN = 240;
  private static final int BATCH = 100;
  private static final double[] EPSILONS = {0, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3};
  private static final double RESISTS = 0.8;

  @Override
  public String id() {
    return "linearity";
  }

  @Override
  public List<String> numbers() {
    return List.of();
  }

  @Override
  public String title() {
    return "Sigmoid, tanh and ReLU networks under FGSM";
  }

  @Override
  public String place() {
    return "Goodfellow et al. 2015, §3";
  }

  @Override
  public String claim() {
    return "ReLUs and maxout behave linearly by design, and sigmoid networks are tuned to spend"
        + " most of their time where they are linear, so cheap, linear perturbations damage"
        + " them all.";
  }

  @Override
  public Work work(Profile profile) {
    return Work.seconds(id(), profile == Profile.SMOKE ? 8 : 45);
  }

  private static String name(String unit, int depth) {
    return "linearity-" + unit + "-" + depth;
  }

  private static int epochs(Session session) {
    int updates = session.profile() == Profile.SMOKE ? 800 : 3_000;
    return Math.max(1, updates * BATCH / session.data().train().size());
  }

  private static Trained train(Session session, String unit, int depth) {
    String hidden = "dense(%d,init=glorot) %s ".formatted(HIDDEN, unit);
    TrainingPlan plan =
        new TrainingPlan(
            Architecture.parse(hidden.repeat(depth) + "dense(10,init=glorot) softmax"),
            new CleanObjective(),
            () -> new AdamOptimiser(1e-3),
            BATCH,
            epochs(session),
            0,
            session.seed());
    String name = name(unit, depth);
    return session
        .models()
        .get(
            name,
            plan,
            session.data().train(),
            session.data().validation(),
            session.workers(),
            session.listener().apply(name));
  }

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    Dataset test = session.data().test();
    List<Figure.Series> series = new ArrayList<>();
    List<List<Figure.Cell>> table = new ArrayList<>();
    boolean all = true;
    for (int depth : DEPTHS) {
      for (String unit : UNITS) {
        Trained trained = train(session, unit, depth);
        List<AttackEvaluation> sweep =
            FgsmSection.sweep(session, EPSILONS, trained.network(), test);
        AttackEvaluation published = at(sweep, Models.EPSILON);
        String label = "%s, %d hidden layer%s".formatted(unit, depth, depth == 1 ? "" : "s");
        findings.rate(
            unit + "-" + depth + "-clean-error", label + ": clean", sweep.get(0).clean().error());
        findings.rate(
            unit + "-" + depth + "-fgsm-error",
            label + ": FGSM, ε 0.25",
            published.attacked().error());
        all &= FgsmSection.hasLearnt(published);
        all &= published.attacked().error().value() > RESISTS;
        double[] errors =
            sweep.stream().mapToDouble(e -> 100 * e.attacked().error().value()).toArray();
        series.add(new Figure.Series(label, EPSILONS, errors));
        table.add(cells(label, sweep));
        Models.describe(findings, session, name(unit, depth), trained);
      }
    }
    FgsmSection.decisions(findings);
    findings.decision(
        "The paper names no networks here: all have 240 units a layer, Glorot's weights, Adam with"
            + " rate 0.001 and the same number of epochs.");
    findings.figure(new Figure.Chart("FGSM error against ε", "ε", "error in %", false, series));
    findings.sweep("FGSM error against ε", heads(), table);
    return findings.result(
        all,
        "holds if each network errs on more than 80 % at ε = 0.25, and on less than 50 % without",
        true);
  }

  private static AttackEvaluation at(List<AttackEvaluation> sweep, double epsilon) {
    for (int i = 0; i < EPSILONS.length; i++) {
      if (EPSILONS[i] == epsilon) {
        return sweep.get(i);
      }
    }
    throw new IllegalStateException("ε = " + epsilon + " is not part of the sweep");
  }

  private static List<String> heads() {
    List<String> heads = new ArrayList<>(List.of("network"));
    for (double epsilon : EPSILONS) {
      heads.add("ε " + epsilon);
    }
    return heads;
  }

  private static List<Figure.Cell> cells(String label, List<AttackEvaluation> sweep) {
    List<Figure.Cell> cells = new ArrayList<>(List.of(Figure.cell(label)));
    sweep.forEach(e -> cells.add(Figure.share(e.attacked().error().value())));
    return cells;
  }
}
