package advx.cli.rows;

import advx.attacks.detector.DetectorEvaluation;
import advx.attacks.measure.Rate;
import advx.attacks.region.Region;
import advx.attacks.region.RegionClassifier;
import advx.cli.result.Figure;
import advx.cli.result.RowResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Table 4: boundary classifier against region classification where each does worst. */
public final class WorstCaseRow implements BoundaryRow {
  /** So many images of a kind, at least, are held against region classification. */
  static final int FEWEST = 5;

  private final BoundaryProblem problem;

  WorstCaseRow(BoundaryProblem problem) {
    this.problem = problem;
  }

  @Override
  public String id() {
    return problem.id("table-4");
  }

  @Override
  public String title() {
    return "The worst case of the boundary classifier and of region classification on "
        + problem.title();
  }

  @Override
  public String place() {
    return "He et al. 2018, Table 4";
  }

  @Override
  public String claim() {
    return "Where each does worst, over benign images and every attack, the boundary classifier is"
        + " more accurate than region classification.";
  }

  @Override
  public Set<Profile> profiles() {
    return problem.profiles();
  }

  @Override
  public int leastImages() {
    return new DetectorRow(problem).leastImages();
  }

  @Override
  public Work work(Scope scope) {
    double each = scope.profile().atLeast(Profile.STANDARD) ? 0.05 : 0.01; // seconds
    int tests = 2 * 4 * problem.detectors(scope, 1).test();
    return DetectorData.work(problem, scope).and(Work.seconds(id(), each * tests));
  }

  /**
   * How accurate both are on images of one kind.
   *
   * @param detector the share told rightly, benign or adversarial
   * @param region the share given the true class
   */
  record Accuracies(String name, String title, Rate detector, Rate region) {}

  /** The least accuracy of the boundary classifier over all kinds, of which there is one. */
  static Rate worstDetector(List<Accuracies> kinds) {
    return least(kinds.stream().map(Accuracies::detector).toList(), 0);
  }

  /**
   * That of region classification, over kinds of images enough: one image that it gets wrong is no
   * worst case to be better than.
   */
  static Rate worstRegion(List<Accuracies> kinds) {
    return least(kinds.stream().map(Accuracies::region).toList(), FEWEST);
  }

  /** Of the shares of so many images; of all, if there are nowhere so many. */
  private static Rate least(List<Rate> rates, int fewest) {
    return rates.stream()
        .min(Comparator.comparing((Rate r) -> r.n() < fewest).thenComparing(Rate::value))
        .orElseThrow();
  }

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    List<BoundaryModels.Model> models = BoundaryModels.both(session, problem);
    Region region = problem.region(session.seed());
    List<List<Figure.Cell>> table = new ArrayList<>();
    List<String> causes = new ArrayList<>();
    boolean holds = true;
    for (BoundaryModels.Model model : models) {
      DetectorData data = DetectorData.of(session, problem, model);
      Optional<DetectorModels.Detector> detector =
          DetectorModels.trained(session, data, "optmargin");
      List<Accuracies> kinds =
          detector.isEmpty() ? List.of() : accuracies(session, region, data, detector.get());
      if (kinds.isEmpty()) {
        findings.decision(
            "No figures for the %s network: no example of OPTMARGIN succeeds on its training images, or no image judges."
                .formatted(model.title()));
        holds = false;
        continue;
      }
      findings.fingerprint(
          model.name() + "-detector-optmargin", detector.get().trained().fingerprint());
      note(findings, model, kinds, table);
      if (!(worstDetector(kinds).value() > worstRegion(kinds).value())) {
        holds = false;
        causes.add(
            "On the %s network the worst kind is right %s by the boundary classifier, %s by region classification."
                .formatted(
                    model.title(),
                    DetectorRow.counted(worstDetector(kinds)),
                    DetectorRow.counted(worstRegion(kinds))));
      }
    }
    findings.sweep(
        "Table 4, %s: accuracy by kind of image, and the worst. The paper's figures are recalled and unverified"
            .formatted(problem.title()),
        List.of(
            "network", "images", "boundary classifier", "region", "paper, recalled, unverified"),
        table);
    if (!causes.isEmpty()) {
      findings.cause(
          "%s Where their intervals overlap, the images are too few to tell."
              .formatted(String.join(" ", causes)));
    }
    findings.setting("region", region.describe());
    findings.decision(
        "The boundary classifier, trained on OPTMARGIN, is right if it flags an example, or does"
            + " not flag a benign image; region classification if it gives the image its true"
            + " class. Both are asked about the same test images: those that the network gets right"
            + " when clean, and the examples that fool it. Of region classification a kind of fewer"
            + " than five images is no worst case, of the boundary classifier it is. The claim that"
            + " the verdict asks for is recalled and unverified, as the paper's figures are.");
    DetectorData.describe(findings, session, problem);
    BoundaryModels.describe(findings, session, problem, models);
    return findings.result(
        holds,
        "holds if, on both networks, the least accuracy over benign images and each attack's"
            + " examples (of region classification, where they are five or more) is larger for the"
            + " boundary classifier than for region classification",
        problem.source(session).test());
  }

  private static List<Accuracies> accuracies(
      Session session, Region region, DetectorData data, DetectorModels.Detector detector) {
    List<Accuracies> all = new ArrayList<>();
    RegionClassifier regions =
        new RegionClassifier(data.model().trained().network(), region, session.workers());
    for (DetectorData.Kind kind : data.attacks()) {
      Optional<DetectorEvaluation> judged = detector.judge(session, kind);
      if (judged.isEmpty()) {
        continue;
      }
      if (all.isEmpty()) {
        DetectorData.Kind benign = data.kind(DetectorData.BENIGN);
        Rate rightly = judged.get().falsePositives().complement();
        all.add(of(data, benign, "benign images", rightly, regions));
      }
      Rate rightly = judged.get().falseNegatives().complement();
      all.add(of(data, kind, kind.title(), rightly, regions));
    }
    return all;
  }

  private static Accuracies of(
      DetectorData data,
      DetectorData.Kind kind,
      String title,
      Rate detector,
      RegionClassifier regions) {
    int[] places = kind.test();
    int[] labels = new int[places.length];
    int[] indices = new int[places.length];
    for (int i = 0; i < places.length; i++) {
      labels[i] = data.images().label(places[i]);
      indices[i] = data.images().index(places[i]);
    }
    Rate region =
        regions.evaluate(BoundaryExamples.rows(kind.x(), places), labels, indices).accuracy();
    return new Accuracies(kind.name(), title, detector, region);
  }

  private void note(
      Findings findings,
      BoundaryModels.Model model,
      List<Accuracies> kinds,
      List<List<Figure.Cell>> table) {
    for (Accuracies kind : kinds) {
      String name = model.name() + "-" + kind.name();
      String label = "%s network, %s: ".formatted(model.title(), kind.title());
      findings.rate(name + "-detector", label + "boundary classifier", kind.detector());
      findings.rate(name + "-region", label + "region classification", kind.region());
      table.add(
          List.of(
              Figure.cell(model.title()),
              Figure.cell(kind.title()),
              Figure.share(kind.detector().value()),
              Figure.share(kind.region().value()),
              Figure.cell("none")));
    }
    String label = model.title() + " network, worst kind: ";
    Rate detector = worstDetector(kinds);
    Rate region = worstRegion(kinds);
    findings.rate(model.name() + "-worst-detector", label + "boundary classifier", detector);
    findings.rate(model.name() + "-worst-region", label + "region classification", region);
    table.add(
        List.of(
            Figure.cell(model.title()),
            Figure.cell("the worst"),
            Figure.share(detector.value()),
            Figure.share(region.value()),
            Figure.cell(model.name().equals("plain") ? problem.recalledWorst() : "none")));
  }
}
