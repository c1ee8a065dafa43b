package advx.cli.rows;

import advx.attacks.Aim;
import advx.attacks.Attack;
import advx.attacks.measure.Evaluation;
import advx.attacks.measure.Mean;
import advx.attacks.measure.Median;
import advx.attacks.measure.Rate;
import advx.attacks.optimal.CarliniWagner;
import advx.attacks.optimal.CarliniWagner.Kind;
import advx.attacks.optimal.Quirks;
import advx.cli.result.Figure;
import advx.cli.result.RowResult;
import advx.nn.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Table 1: how often FGSM and OPT* succeed and at what distance. */
public final class DistortionRow implements BoundaryRow {
  private static final List<String> NEAREST_FIRST = List.of("optbrittle", "optmargin", "optstrong");

  private final BoundaryProblem problem;

  DistortionRow(BoundaryProblem problem) {
    this.problem = problem;
  }

  @Override
  public String id() {
    return problem.id("table-1");
  }

  @Override
  public String title() {
    return "Success and distortion of FGSM and OPT* on " + problem.title();
  }

  @Override
  public String place() {
    return "He et al. 2018, Table 1";
  }

  @Override
  public String claim() {
    return "OPTBRITTLE distorts least, OPTMARGIN more and OPTSTRONG most; FGSM succeeds less often"
        + " on the PGD-trained network than on the plain one.";
  }

  @Override
  public Set<Profile> profiles() {
    return problem.profiles();
  }

  /** Towards a class an attack takes as long as away from one; that of one point is quick. */
  @Override
  public Work work(Scope scope) {
    double each = problem.attackSeconds(scope.profile());
    double next = 1.1 * each * BoundaryExamples.targeted(problem, scope);
    double nearest = 0.05 * each * problem.attacked(scope);
    return BoundaryExamples.work(problem, scope).and(Work.seconds(id(), next + nearest));
  }

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    List<BoundaryModels.Model> models = BoundaryModels.both(session, problem);
    List<List<Figure.Cell>> table = new ArrayList<>();
    List<List<BoundaryExamples>> all = new ArrayList<>();
    List<List<Figure.Cell>> targeted = new ArrayList<>();
    boolean ordered = true;
    Dataset test = problem.inUnits(problem.source(session).test());
    for (BoundaryModels.Model model : models) {
      findings.rate(
          model.name() + "-clean",
          model.title() + " network: clean accuracy, all test images",
          Evaluation.of(model.trained().network(), test, session.workers()).accuracy());
      List<BoundaryExamples> made = BoundaryExamples.all(session, problem, model);
      all.add(made);
      for (BoundaryExamples examples : made) {
        note(findings, model, examples);
        table.add(line(model, examples));
      }
      ordered &= ordered(made);
      lenient(findings, session, model);
      for (BoundaryExamples examples : BoundaryExamples.towardsNext(session, problem, model)) {
        targeted.add(targeted(findings, model, examples, made));
      }
    }
    nearest(findings, BoundaryExamples.nearest(session, problem, models.getFirst()));
    findings.sweep(
        "Table 1, %s. The paper's figures are recalled and unverified".formatted(problem.title()),
        List.of(
            "network",
            "attack",
            "success",
            "mean RMS",
            "median L2",
            "iterations, median",
            "paper, recalled, unverified"),
        table);
    findings.sweep(
        "Towards the next class and away from the true one, the same images",
        List.of(
            "network",
            "attack",
            "success towards",
            "success away",
            "mean RMS towards",
            "mean RMS away"),
        targeted);
    findings.decision(
        "Targeted attacks aim at the class after the true one (of the last at the first), on the first %d images. Median L2 norms are over the examples that succeed, in pixels from 0 to 1, iterations over the images that are right when clean; where there are fewer than six, a median has no interval."
            .formatted(BoundaryExamples.targeted(problem, session.scope())));
    BoundaryModels.describe(findings, session, problem, models);
    BoundaryExamples.describe(findings, session, problem, all.getFirst());
    findings.decision(problem.distances());
    double plain = all.getFirst().getFirst().success().value();
    double trained = all.getLast().getFirst().success().value();
    return findings.result(
        ordered && trained < plain,
        "holds if the mean distortions of OPTBRITTLE, OPTMARGIN and OPTSTRONG ascend on both"
            + " networks, those that succeed, two at least, and FGSM succeeds less often on the"
            + " PGD-trained one",
        problem.source(session).test());
  }

  private static void note(
      Findings findings, BoundaryModels.Model model, BoundaryExamples examples) {
    String name = model.name() + "-" + examples.name();
    String label = model.title() + " network, " + examples.title() + ": ";
    findings.rate(name + "-success", label + "success", examples.success());
    Mean distortion = examples.distortion();
    if (distortion.n() > 0) {
      findings.mean(name + "-rms", label + "RMS of the distortion", "", distortion);
      findings.median(
          name + "-l2", label + "median L2 norm, pixels from 0 to 1", examples.length());
    }
    if (examples.result().attack() instanceof CarliniWagner) {
      findings.median(
          name + "-iterations",
          label + "iterations over all constants, median",
          examples.iterations());
    }
  }

  /** How near the nearest examples are, those of an attack made for nothing else. */
  private static void nearest(Findings findings, BoundaryExamples examples) {
    String label = "plain network, C-W: ";
    findings.rate("plain-cw-success", label + "success", examples.success());
    if (examples.length().n() > 0) {
      findings.median(
          "plain-cw-l2", label + "median L2 norm, pixels from 0 to 1", examples.length());
    }
    findings.setting("C-W", examples.result().attack().describe());
    findings.decision(
        "C-W is the attack of Carlini and Wagner with their nine constants from 0.001 on and none"
            + " of the later code's additions, on the plain network alone: it looks for the nearest"
            + " example, as OPTBRITTLE does with four constants. It is not among the paper's"
            + " attacks and decides nothing.");
  }

  private List<Figure.Cell> line(BoundaryModels.Model model, BoundaryExamples examples) {
    Mean distortion = examples.distortion();
    return List.of(
        Figure.cell(model.title()),
        Figure.cell(examples.title()),
        Figure.share(examples.success().value()),
        cell(distortion),
        cell(examples.length()),
        cell(examples.iterations()),
        Figure.cell(problem.recalled().getOrDefault(model.name() + "-" + examples.name(), "none")));
  }

  /** One attack towards a class, beside the same attack away from the label. */
  private static List<Figure.Cell> targeted(
      Findings findings,
      BoundaryModels.Model model,
      BoundaryExamples towards,
      List<BoundaryExamples> made) {
    String attack = towards.result().attack().name();
    BoundaryExamples away =
        made.stream()
            .filter(examples -> examples.name().equals(attack))
            .findFirst()
            .orElseThrow()
            .first(towards.result().size());
    String name = model.name() + "-" + attack + "-targeted";
    String label = "%s network, %s towards the next class: ".formatted(model.title(), away.title());
    findings.rate(name + "-success", label + "success", towards.success());
    if (towards.distortion().n() > 0) {
      findings.mean(name + "-rms", label + "RMS of the distortion", "", towards.distortion());
    }
    return List.of(
        Figure.cell(model.title()),
        Figure.cell(away.title()),
        Figure.share(towards.success().value()),
        Figure.share(away.success().value()),
        cell(towards.distortion()),
        cell(away.distortion()));
  }

  private static Figure.Cell cell(Median median) {
    return median.n() > 0 ? Figure.cell(median.value()) : Figure.cell("none");
  }

  private static Figure.Cell cell(Mean mean) {
    return mean.n() > 0 ? Figure.cell(mean.value()) : Figure.cell("none");
  }

  /** Whether distortions ascend, over the attacks that succeed at all. */
  static boolean ordered(List<BoundaryExamples> made) {
    double last = 0;
    int succeeded = 0;
    for (String name : NEAREST_FIRST) {
      Mean distortion =
          made.stream()
              .filter(examples -> examples.name().equals(name))
              .findFirst()
              .orElseThrow()
              .distortion();
      if (distortion.n() > 0) {
        if (!(distortion.value() > last)) {
          return false;
        }
        last = distortion.value();
        succeeded++;
      }
    }
    return succeeded >= 2;
  }

  /** OPTSTRONG with the authors' test of success, which counts clean images too. */
  private void lenient(Findings findings, Session session, BoundaryModels.Model model) {
    Attack attack =
        BoundaryExamples.optimal(session, problem, Kind.OPTSTRONG, Aim.TRUE_LABEL)
            .withQuirks(Quirks.AUTHORS);
    BoundaryExamples made =
        BoundaryExamples.craft(
            session,
            model,
            "optstrong-lenient",
            "OPTSTRONG, lenient κ",
            attack,
            BoundaryExamples.fewImages(session, problem));
    Rate success = made.success();
    String label = model.title() + " network, OPTSTRONG with the authors' test of success: ";
    findings.rate(model.name() + "-lenient-success", label + "fooled", success);
    Mean distortion = made.distortion();
    if (distortion.n() > 0) {
      findings.mean(model.name() + "-lenient-rms", label + "RMS of the distortion", "", distortion);
    }
  }
}
