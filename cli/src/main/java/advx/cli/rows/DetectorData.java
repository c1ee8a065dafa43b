package advx.cli.rows;

import advx.attacks.Aim;
import advx.attacks.AttackResult.Sample;
import advx.attacks.boundary.BoundaryProfile;
import advx.attacks.detector.Surroundings;
import advx.attacks.optimal.CarliniWagner;
import advx.engine.Tensor;
import advx.nn.data.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What boundary classifiers read, of one network: the surroundings of images that it gets right,
 * and of the examples that fool it.
 *
 * @param settings on what they are trained and judged
 * @param work the part of the run that all of it belongs to, shared by the rows
 * @param model the network
 * @param images benign ones, those to train on and those to judge by
 * @param kinds benign first, then by attack
 */
record DetectorData(
    DetectorSettings settings,
    String work,
    BoundaryModels.Model model,
    Dataset images,
    KeptProfiles profiles,
    List<Kind> kinds) {
  static final String BENIGN = "benign";

  /** The attacks that a classifier is trained on, each by itself. */
  static final List<String> TRAINED_ON = List.of("optbrittle", "optmargin");

  /**
   * Images of one origin: of all that are looked at, those that are right when clean and, of an
   * attack, fooled.
   *
   * @param x all images, benign or perturbed
   * @param training the places of those that train
   * @param test the places of those that judge
   * @param trainingProfiles of those that train, in the same order
   * @param testProfiles of those that judge
   */
  record Kind(
      String name,
      String title,
      Tensor x,
      int[] training,
      int[] test,
      List<BoundaryProfile> trainingProfiles,
      List<BoundaryProfile> testProfiles) {
    Optional<Surroundings> surroundings(boolean judging) {
      List<BoundaryProfile> some = judging ? testProfiles : trainingProfiles;
      return some.isEmpty() ? Optional.empty() : Optional.of(Surroundings.ofProfiles(some));
    }
  }

  Kind kind(String name) {
    return kinds.stream().filter(kind -> kind.name().equals(name)).findFirst().orElseThrow();
  }

  /** The attacks. */
  List<Kind> attacks() {
    return kinds.subList(1, kinds.size());
  }

  /** What it takes to train both networks, to attack them, and to analyse all that is looked at. */
  static Work work(BoundaryProblem problem, Scope scope) {
    double each = problem.detectorSeconds(scope.profile());
    int images = problem.detectors(scope, 1).images();
    return problem.training(scope.profile()).and(Work.seconds(work(problem), each * images));
  }

  private static String work(BoundaryProblem problem) {
    return problem.id("detector");
  }

  /** What all rows on detectors state of them. */
  static void describe(Findings findings, Session session, BoundaryProblem problem) {
    DetectorSettings settings = problem.detectors(session.scope(), session.seed());
    DetectorSettings published = problem.detectors(Scope.of(Profile.PAPER), session.seed());
    findings.setting("training images", settings.training());
    findings.setting("test images", settings.test());
    findings.setting("directions", settings.boundary().describe());
    findings.setting("search of OPT*", settings.search());
    findings.setting("boundary classifier", settings.classifier());
    findings.setting("its training", settings.learning().describe());
    findings.decision(
        "Test images of the data set train the classifier, the ones after them judge it; no image"
            + " does both. Only benign images that the network gets right count, and only examples"
            + " that fool it.");
    String reduced = settings.reduced(published);
    if (!reduced.isEmpty()) {
      findings.decision(reduced);
    }
  }

  /** Reads what is kept, makes and analyses the rest. */
  static DetectorData of(Session session, BoundaryProblem problem, BoundaryModels.Model model) {
    DetectorSettings settings = problem.detectors(session.scope(), session.seed());
    Dataset test = problem.source(session).test();
    Dataset images = problem.inUnits(test.subset(0, Math.min(settings.images(), test.size())));
    KeptProfiles profiles = new KeptProfiles(session, model, settings.boundary());
    DetectorData data =
        new DetectorData(settings, work(problem), model, images, profiles, List.of());
    List<Kind> kinds = new ArrayList<>();
    for (BoundaryExamples examples : data.examples(session, problem)) {
      List<Sample> samples = examples.result().samples();
      if (kinds.isEmpty()) {
        int[] right = examples.right();
        kinds.add(data.kind(BENIGN, BENIGN, images.images(0, images.size()), right));
      }
      int[] fooled =
          IntStream.range(0, samples.size()).filter(i -> samples.get(i).fooled()).toArray();
      Tensor x = examples.result().adversarial();
      kinds.add(data.kind(examples.name(), examples.title(), x, fooled));
    }
    return new DetectorData(settings, work(problem), model, images, profiles, List.copyOf(kinds));
  }

  private List<BoundaryExamples> examples(Session session, BoundaryProblem problem) {
    List<BoundaryExamples> all = new ArrayList<>();
    all.add(
        BoundaryExamples.craft(
            session, model, "fgsm", "FGSM", BoundaryExamples.fgsm(problem), images));
    for (CarliniWagner.Kind kind : kindsTrainedOn()) {
      CarliniWagner attack =
          BoundaryExamples.optimal(session, problem, kind, Aim.TRUE_LABEL)
              .withSearch(settings.search());
      String name = attack.name();
      all.add(BoundaryExamples.craft(session, model, name, kind.name(), attack, images));
    }
    return all;
  }

  private static List<CarliniWagner.Kind> kindsTrainedOn() {
    return List.of(CarliniWagner.Kind.OPTBRITTLE, CarliniWagner.Kind.OPTMARGIN);
  }

  private Kind kind(String name, String title, Tensor x, int[] places) {
    List<BoundaryProfile> all = profiles.of(BoundaryExamples.rows(x, places), work, title);
    int split = (int) Arrays.stream(places).filter(place -> place < settings.training()).count();
    return new Kind(
        name,
        title,
        x,
        Arrays.copyOf(places, split),
        Arrays.copyOfRange(places, split, places.length),
        all.subList(0, split),
        all.subList(split, places.length));
  }
}
