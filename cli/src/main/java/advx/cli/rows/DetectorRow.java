package advx.cli.rows;

import advx.attacks.detector.DetectorEvaluation;
import advx.attacks.detector.Roc;
import advx.attacks.measure.Rate;
import advx.cli.report.Numbers;
import advx.cli.result.Figure;
import advx.cli.result.RowResult;
import advx.nn.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Table 3: what the boundary classifier flags, and who gets past it. */
public final class DetectorRow implements BoundaryRow {
  /** Of benign images and of each attack's examples, more than this share is told rightly. */
  static final double MOST = 0.5;

  /** A classifier that misses at least this share misses many. */
  static final double MANY = 0.25;

  private final BoundaryProblem problem;

  DetectorRow(BoundaryProblem problem) {
    this.problem = problem;
  }

  @Override
  public String id() {
    return problem.id("table-3");
  }

  @Override
  public String title() {
    return "The boundary classifier on adversarial examples of " + problem.title();
  }

  @Override
  public String place() {
    return "He et al. 2018, Table 3";
  }

  @Override
  public String claim() {
    return "The boundary classifier trained on OPTMARGIN tells most examples of every attack from"
        + " benign images; trained on OPTBRITTLE it misses many OPTMARGIN examples.";
  }

  @Override
  public Set<Profile> profiles() {
    return problem.profiles();
  }

  /** Four to train on and one to judge by. */
  @Override
  public int leastImages() {
    return 5;
  }

  @Override
  public Work work(Scope scope) {
    double each = problem.evasionSeconds(scope.profile());
    int attacked = problem.detectors(scope, 1).adaptive();
    return DetectorData.work(problem, scope).and(Work.seconds(id(), 2 * each * attacked));
  }

  /**
   * How one classifier does.
   *
   * @param flagged benign images that it flags
   * @param found by attack, those with examples among the test images
   */
  record Judged(String trainedOn, Rate flagged, Map<String, DetectorEvaluation> found) {
    /** Whether it tells most benign images and most examples of each attack. */
    boolean tellsMost() {
      return !found.isEmpty()
          && flagged.value() < MOST
          && found.values().stream().allMatch(e -> e.falseNegatives().value() < MOST);
    }

    double misses(String attack) {
      DetectorEvaluation evaluation = found.get(attack);
      return evaluation == null ? Double.NaN : evaluation.falseNegatives().value();
    }
  }

  /** What contradicts the claim on one network: counts, with their intervals; empty if nothing. */
  static List<String> contradictions(Judged onMargin, Judged onBrittle) {
    List<String> all = new ArrayList<>();
    if (onMargin.found().isEmpty()) {
      all.add("no example judges one trained on OPTMARGIN");
    }
    if (!(onMargin.flagged().value() < MOST)) {
      all.add(
          "one trained on OPTMARGIN flags %s benign images".formatted(counted(onMargin.flagged())));
    }
    onMargin
        .found()
        .forEach(
            (attack, found) -> {
              if (!(found.falseNegatives().value() < MOST)) {
                all.add(
                    "one trained on OPTMARGIN misses %s examples of %s"
                        .formatted(
                            counted(found.falseNegatives()), attack.toUpperCase(Locale.ROOT)));
              }
            });
    DetectorEvaluation missed = onBrittle.found().get("optmargin");
    if (missed == null) {
      all.add("no example of OPTMARGIN is there to be missed");
    } else if (!(missed.falseNegatives().value() >= MANY)) {
      all.add(
          "one trained on OPTBRITTLE misses only %s examples of OPTMARGIN"
              .formatted(counted(missed.falseNegatives())));
    } else if (!(onBrittle.misses("optmargin") > onMargin.misses("optmargin"))) {
      all.add(
          "one trained on OPTBRITTLE misses %s examples of OPTMARGIN, no more than the other"
              .formatted(counted(missed.falseNegatives())));
    }
    return all;
  }

  /** Such as "9 of 50 (9.8 to 30.8 %)". */
  static String counted(Rate rate) {
    return String.format(
        Locale.ROOT,
        "%d of %d (%.1f to %.1f %%)",
        rate.count(),
        rate.n(),
        100 * rate.low(),
        100 * rate.high());
  }

  /** Whether the claim holds for one network. */
  static boolean holds(Judged onMargin, Judged onBrittle) {
    double missed = onBrittle.misses("optmargin");
    return onMargin.tellsMost() && missed >= MANY && missed > onMargin.misses("optmargin");
  }

  @Override
  public RowResult run(Session session) {
    Findings findings = new Findings(this, session);
    List<BoundaryModels.Model> models = BoundaryModels.both(session, problem);
    List<List<Figure.Cell>> table = new ArrayList<>();
    List<String> causes = new ArrayList<>();
    boolean holds = true;
    for (BoundaryModels.Model model : models) {
      DetectorData data = DetectorData.of(session, problem, model);
      List<Judged> both = new ArrayList<>();
      for (String attack : DetectorData.TRAINED_ON) {
        Optional<DetectorModels.Detector> detector = DetectorModels.trained(session, data, attack);
        if (detector.isEmpty()) {
          findings.decision(
              "No classifier for the %s network on %s: no example succeeds on its training images."
                  .formatted(model.title(), data.kind(attack).title()));
          continue;
        }
        Judged judged = judge(session, data, detector.get());
        both.add(judged);
        note(findings, data, judged);
        findings.fingerprint(
            model.name() + "-detector-" + attack, detector.get().trained().fingerprint());
        table.add(line(data, judged));
        if (attack.equals("optmargin")) {
          evade(findings, session, detector.get());
        }
      }
      holds &= both.size() == 2 && holds(both.getLast(), both.getFirst());
      if (both.size() == 2 && !holds(both.getLast(), both.getFirst())) {
        causes.add(
            "On the %s network %s."
                .formatted(
                    model.title(),
                    String.join("; ", contradictions(both.getLast(), both.getFirst()))));
      }
      findings.figure(curves(data, both));
    }
    findings.sweep(
        "Table 3, %s: benign images flagged, and examples missed. The paper's figures are recalled and unverified"
            .formatted(problem.title()),
        heads(),
        table);
    if (!causes.isEmpty()) {
      findings.cause(
          "%s With an interval on both sides of a bound the images are too few to tell."
              .formatted(String.join(" ", causes)));
    }
    DetectorData.describe(findings, session, problem);
    BoundaryModels.describe(findings, session, problem, models);
    findings.decision(
        "The paper's figures are recalled and unverified, and so is the claim that the verdict asks"
            + " for; those of a classifier trained on OPTBRITTLE are known as a range over its"
            + " networks and data sets only.");
    DetectorSettings settings = problem.detectors(session.scope(), session.seed());
    findings.decision(
        "The adaptive attack knows network and detector: it makes all points at a radius along %s misclassified too, for growing radii, until the detector is silent, then bisects radius and distance, asking the detector each time. A detector that withstands it withstands this search, not every attack."
            .formatted(DetectorEvasion.ways(settings)));
    Dataset test = problem.source(session).test();
    findings.setting("adaptive attack", DetectorEvasion.describe(settings, test.features()));
    return findings.result(
        holds,
        "holds if, on both networks, the classifier trained on OPTMARGIN flags less than half of"
            + " the benign images and misses less than half of each attack's examples, and the one"
            + " trained on OPTBRITTLE misses a quarter or more of OPTMARGIN's, and more than the"
            + " other",
        test);
  }

  private static Judged judge(
      Session session, DetectorData data, DetectorModels.Detector detector) {
    Map<String, DetectorEvaluation> found = new java.util.LinkedHashMap<>();
    Rate flagged = new Rate(0, 0);
    for (DetectorData.Kind kind : data.attacks()) {
      Optional<DetectorEvaluation> evaluation = detector.judge(session, kind);
      if (evaluation.isPresent()) {
        found.put(kind.name(), evaluation.get());
        flagged = evaluation.get().falsePositives();
      }
    }
    return new Judged(detector.attack().name(), flagged, found);
  }

  private static void note(Findings findings, DetectorData data, Judged judged) {
    String name = data.model().name() + "-on-" + judged.trainedOn();
    String label =
        "%s network, classifier trained on %s: "
            .formatted(data.model().title(), data.kind(judged.trainedOn()).title());
    if (judged.flagged().n() > 0) {
      findings.rate(name + "-false-positives", label + "benign flagged", judged.flagged());
    }
    judged
        .found()
        .forEach(
            (attack, evaluation) -> {
              String title = data.kind(attack).title();
              Rate missed = evaluation.falseNegatives();
              findings.rate(name + "-" + attack + "-missed", label + title + " missed", missed);
              findings.area(
                  name + "-" + attack + "-area",
                  label + "area under the ROC curve, " + title,
                  missed.n() + judged.flagged().n(),
                  evaluation.roc());
            });
  }

  private static List<String> heads() {
    return List.of(
        "network",
        "trained on",
        "benign flagged",
        "FGSM missed",
        "OPTBRITTLE missed",
        "OPTMARGIN missed",
        "paper, recalled, unverified: flagged; OPTBRITTLE, OPTMARGIN missed");
  }

  private List<Figure.Cell> line(DetectorData data, Judged judged) {
    List<Figure.Cell> cells = new ArrayList<>();
    cells.add(Figure.cell(data.model().title()));
    cells.add(Figure.cell(data.kind(judged.trainedOn()).title()));
    cells.add(cell(judged.flagged()));
    for (DetectorData.Kind kind : data.attacks()) {
      DetectorEvaluation evaluation = judged.found().get(kind.name());
      cells.add(evaluation == null ? Figure.cell("no example") : cell(evaluation.falseNegatives()));
    }
    cells.add(
        Figure.cell(
            problem
                .recalledDetectors()
                .getOrDefault(data.model().name() + "-" + judged.trainedOn(), "none")));
    return cells;
  }

  private static Figure.Cell cell(Rate rate) {
    return rate.n() > 0 ? Figure.share(rate.value()) : Figure.cell("no image");
  }

  /** The curves of both classifiers on every attack. */
  private static Figure curves(DetectorData data, List<Judged> both) {
    List<Figure.Series> series = new ArrayList<>();
    for (Judged judged : both) {
      String trained = data.kind(judged.trainedOn()).title();
      judged
          .found()
          .forEach(
              (attack, evaluation) ->
                  series.add(
                      curve(
                          "%s, trained on %s".formatted(data.kind(attack).title(), trained),
                          evaluation.roc())));
    }
    return new Figure.Chart(
        "ROC curves of the boundary classifiers of the " + data.model().title() + " network",
        "benign images flagged in %",
        "examples flagged in %",
        false,
        series);
  }

  private static Figure.Series curve(String name, Roc roc) {
    return new Figure.Series(
        name,
        roc.points().stream().mapToDouble(p -> 100 * p.falsePositives()).toArray(),
        roc.points().stream().mapToDouble(p -> 100 * p.truePositives()).toArray());
  }

  /** Who knows the detector. */
  private static void evade(Findings findings, Session session, DetectorModels.Detector detector) {
    DetectorEvasion found = DetectorEvasion.of(session, detector);
    if (found.places().length == 0) {
      return;
    }
    DetectorData data = detector.data();
    String name = data.model().name() + "-adaptive";
    String label = data.model().title() + " network, attack that knows the detector: ";
    findings.rate(name + "-passes", label + "passes network and detector", found.rate());
    findings.rate(
        name + "-any-passes",
        "%s network, the same images: an example of this attack, or of one above, passes"
            .formatted(data.model().title()),
        found.anyRate(session, detector));
    if (found.distance().n() > 0) {
      findings.mean(name + "-rms", label + "RMS of what passes", "", found.distance());
    }
    List<Figure.Picture> pictures = new ArrayList<>();
    for (int place : found.places()) {
      float[] clean = data.images().images(place, place + 1).data();
      String caption = "a " + data.images().label(place);
      pictures.add(Pictures.picture(data.images(), clean, 0, caption));
    }
    for (int i = 0; i < found.places().length; i++) {
      String caption =
          found.evaded()[i] ? "passes, " + Numbers.plain(found.rms()[i]) : "none passes";
      int at = i * data.images().features();
      pictures.add(Pictures.picture(data.images(), found.inputs().data(), at, caption));
    }
    findings.figure(
        new Figure.Sheet(
            "What passes the "
                + data.model().title()
                + " network and its detector, with its RMS distance",
            found.places().length,
            pictures));
  }
}
