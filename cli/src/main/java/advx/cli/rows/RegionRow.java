package advx.cli.rows;

import advx.attacks.AttackResult.Sample;
import advx.attacks.measure.Evaluation;
import advx.attacks.measure.Mean;
import advx.attacks.measure.Rate;
import advx.attacks.region.Region;
import advx.attacks.region.RegionClassifier;
import advx.cli.result.Figure;
import advx.cli.result.RowResult;
import advx.engine.Tensor;
import advx.nn.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Table 2: what a vote over a region around adversarial examples recovers. */
public final class RegionRow implements BoundaryRow {
  private final BoundaryProblem problem;

  RegionRow(BoundaryProblem problem) {
    this.problem = problem;
  }

  @Override
  public String id() {
    return problem.id("table-2");
  }

  @Override
  public String title() {
    return "Region against point classification of adversarial examples on " + problem.title();
  }

  @Override
  public String place() {
    return "He et al. 2018, Table 2";
  }

  @Override
  public String claim() {
    return "Region classification recovers most of what OPTBRITTLE makes, and least of what"
        + " OPTMARGIN makes.";
  }

  @Override
  public Set<Profile> profiles() {
    return problem.profiles();
  }

  @Override
  public Work work(Scope scope) {
    double each = scope.profile().atLeast(Profile.STANDARD) ? 0.3 : 0.1;
    return BoundaryExamples.work(problem, scope)
        .and(Work.seconds(id(), each * problem.attacked(scope)));
  }

  /**
   * Accuracies on the images that the model gets right when clean.
   *
   * @param fooled that of the region on those of them that the attack turned
   */
  record Accuracies(Rate point, Rate region, Rate fooled) {}

  static Accuracies of(Network network, Region region, Session session, BoundaryExamples examples) {
    int[] right = examples.right();
    List<Sample> samples = examples.result().samples();
    int[] labels = new int[right.length];
    int[] indices = new int[right.length];
    for (int i = 0; i < right.length; i++) {
      labels[i] = samples.get(right[i]).label();
      indices[i] = samples.get(right[i]).index();
    }
    Tensor x = BoundaryExamples.rows(examples.result().adversarial(), right);
    Evaluation votes =
        new RegionClassifier(network, region, session.workers()).evaluate(x, labels, indices);
    int point = 0;
    int both = 0;
    for (int i = 0; i < right.length; i++) {
      boolean fooled = samples.get(right[i]).fooled();
      point += fooled ? 0 : 1;
      both += fooled && votes.correct(i) ? 1 : 0;
    }
    return new Accuracies(
        new Rate(point, right.length), votes.accuracy(), new Rate(both, examples.fooled().length));
  }

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    List<BoundaryModels.Model> models = BoundaryModels.both(session, problem);
    Region region = problem.region(session.seed());
    List<List<Figure.Cell>> table = new ArrayList<>();
    boolean holds = true;
    List<BoundaryExamples> all = List.of();
    for (BoundaryModels.Model model : models) {
      Network network = model.trained().network();
      clean(findings, session, region, model, table);
      Recovered brittle = null;
      Recovered margin = null;
      Recovered strong = null;
      all = BoundaryExamples.all(session, problem, model);
      for (BoundaryExamples examples : all) {
        Accuracies found = of(network, region, session, examples);
        note(findings, model, examples.name(), examples.title(), found, table);
        switch (examples.name()) {
          case "optbrittle" -> brittle = new Recovered(found.fooled(), examples.distortion());
          case "optmargin" -> margin = new Recovered(found.fooled(), examples.distortion());
          case "optstrong" -> strong = new Recovered(found.fooled(), examples.distortion());
          default -> {}
        }
      }
      holds &= holds(brittle, margin, strong);
      if (!noMore(margin, strong)) {
        findings.cause(cause(model.title(), margin, strong));
      }
    }
    BoundaryExamples.describe(findings, session, problem, all);
    findings.sweep(
        "Table 2, %s: accuracy on the images that the network gets right when clean"
            .formatted(problem.title()),
        List.of("network", "attack", "point", "region", "region, where the attack succeeds"),
        table);
    findings.setting("region", region.describe());
    findings.decision(
        "The paper's figures are recalled and unverified: region classification gets 1 to 10 % of"
            + " OPTMARGIN's examples right and 70 to 95 % of OPTBRITTLE's. The class of most of 100"
            + " points counts, of several the lowest.");
    BoundaryModels.describe(findings, session, problem, models);
    return findings.result(
        holds,
        "holds if, on both networks, region classification gets fewer of OPTMARGIN's successful"
            + " examples right than of OPTBRITTLE's, and no more than of OPTSTRONG's, if any"
            + " succeed",
        problem.source(session).test());
  }

  /**
   * What region classification makes of one attack's examples.
   *
   * @param right those of which it finds the true class, of all that fool the network
   * @param distortion their root mean square
   */
  record Recovered(Rate right, Mean distortion) {}

  /** Whether the claim holds for one network. */
  static boolean holds(Recovered brittle, Recovered margin, Recovered strong) {
    return margin.right().value() < brittle.right().value() && noMore(margin, strong);
  }

  private static boolean noMore(Recovered margin, Recovered strong) {
    return strong.right().n() == 0 || margin.right().value() <= strong.right().value();
  }

  /** Counts, intervals and distances of OPTMARGIN's and OPTSTRONG's. */
  static String cause(String network, Recovered margin, Recovered strong) {
    Rate less = strong.right();
    Rate more = margin.right();
    return String.format(
        Locale.ROOT,
        "On the %s network region classification gets %d of %d of OPTMARGIN's examples right (%.1f"
            + " to %.1f %%) and %d of %d of OPTSTRONG's (%.1f to %.1f %%), whose distortion is %.2f"
            + " times as large here.",
        network,
        more.count(),
        more.n(),
        100 * more.low(),
        100 * more.high(),
        less.count(),
        less.n(),
        100 * less.low(),
        100 * less.high(),
        strong.distortion().value() / margin.distortion().value());
  }

  /** Benign images, all that are looked at. */
  private void clean(
      Findings findings,
      Session session,
      Region region,
      BoundaryModels.Model model,
      List<List<Figure.Cell>> table) {
    Network network = model.trained().network();
    var images = BoundaryExamples.images(session, problem);
    Rate point = Evaluation.of(network, images, session.workers()).accuracy();
    Rate voted =
        new RegionClassifier(network, region, session.workers()).evaluate(images).accuracy();
    String label = model.title() + " network, benign images: ";
    findings.rate(model.name() + "-benign-point", label + "point accuracy", point);
    findings.rate(model.name() + "-benign-region", label + "region accuracy", voted);
    table.add(
        List.of(
            Figure.cell(model.title()),
            Figure.cell("none: all images"),
            Figure.share(point.value()),
            Figure.share(voted.value()),
            Figure.cell("none")));
  }

  private static void note(
      Findings findings,
      BoundaryModels.Model model,
      String attack,
      String title,
      Accuracies found,
      List<List<Figure.Cell>> table) {
    String name = model.name() + "-" + attack;
    String label = model.title() + " network, " + title + ": ";
    findings.rate(name + "-point", label + "point accuracy", found.point());
    findings.rate(name + "-region", label + "region accuracy", found.region());
    boolean any = found.fooled().n() > 0;
    if (any) {
      findings.rate(
          name + "-region-fooled",
          label + "region accuracy where the attack succeeds",
          found.fooled());
    }
    table.add(
        List.of(
            Figure.cell(model.title()),
            Figure.cell(title),
            Figure.share(found.point().value()),
            Figure.share(found.region().value()),
            any ? Figure.share(found.fooled().value()) : Figure.cell("none")));
  }
}
