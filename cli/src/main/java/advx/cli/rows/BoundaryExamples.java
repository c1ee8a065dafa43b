package advx.cli.rows;

import advx.attacks.Aim;
import advx.attacks.Attack;
import advx.attacks.AttackLoss;
import advx.attacks.AttackResult;
import advx.attacks.AttackResult.Sample;
import advx.attacks.AttackRun;
import advx.attacks.Box;
import advx.attacks.Fgsm;
import advx.attacks.Norm;
import advx.attacks.ThreatModel;
import advx.attacks.measure.Mean;
import advx.attacks.measure.Rate;
import advx.attacks.optimal.CarliniWagner;
import advx.attacks.optimal.CarliniWagner.Kind;
import advx.attacks.optimal.Quirks;
import advx.attacks.optimal.Search;
import advx.engine.Numerics;
import advx.engine.Tensor;
import advx.nn.TrainingListener;
import advx.nn.data.Dataset;
import advx.nn.io.Canonical;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The adversarial examples of "Decision Boundary Analysis of Adversarial Examples" on MNIST: FGSM
 * and OPT*, away from the true label, on the first test images. Made once, and shared by the rows
 * that look at them.
 *
 * @param name short and unique: {@code optmargin}
 * @param title for people: "OPTMARGIN"
 */
record BoundaryExamples(String name, String title, AttackResult result) {
  /** The name of the work that all rows share. */
  static final String WORK = "boundary-examples";

  /**
   * What the authors' code does beyond its text, but for the lenient test of success: with κ 40 it
   * takes clean images for successes.
   */
  static final Quirks QUIRKS = new Quirks(true, true, false, true);

  /** Images that are attacked. */
  static int images(Scope scope) {
    return scope.imagesOr(
        switch (scope.profile()) {
          case SMOKE, QUICK -> 12;
          case STANDARD -> 50;
          case PAPER -> 10_000;
        });
  }

  /** Iterations at most for each constant; the paper's 1000 where there is time. */
  private static int iterations(Profile profile) {
    return switch (profile) {
      case SMOKE -> 100;
      case QUICK -> 400;
      case STANDARD, PAPER -> Search.MNIST.iterations();
    };
  }

  /** What it takes to train both networks and to attack them. */
  static Work work(Scope scope) {
    double each = // seconds
        switch (scope.profile()) {
          case SMOKE -> 0.5;
          case QUICK -> 2;
          case STANDARD, PAPER -> 60;
        };
    return BoundaryModels.work(scope.profile()).and(Work.seconds(WORK, each * images(scope)));
  }

  /** Those of all attacks on one model: FGSM, OPTBRITTLE, OPTMARGIN, OPTSTRONG. */
  static List<BoundaryExamples> all(Session session, BoundaryModels.Model model) {
    List<BoundaryExamples> all = new ArrayList<>();
    all.add(craft(session, model, "fgsm", "FGSM", fgsm()));
    for (Kind kind : List.of(Kind.OPTBRITTLE, Kind.OPTMARGIN, Kind.OPTSTRONG)) {
      String name = kind.name().toLowerCase(Locale.ROOT);
      all.add(craft(session, model, name, kind.name(), optimal(session, kind)));
    }
    return all;
  }

  private static Fgsm fgsm() {
    ThreatModel threat = new ThreatModel(Norm.LINF, BoundaryModels.EPSILON, Box.UNIT);
    return new Fgsm(threat, Aim.TRUE_LABEL, AttackLoss.COST, true);
  }

  /** One of OPT* as it is run here. */
  static CarliniWagner optimal(Session session, Kind kind) {
    ThreatModel threat = new ThreatModel(Norm.L2, ThreatModel.UNLIMITED, Box.UNIT);
    return CarliniWagner.of(kind, threat, Aim.TRUE_LABEL, session.seed())
        .withSearch(Search.MNIST.withIterations(iterations(session.profile())))
        .withQuirks(QUIRKS);
  }

  /** The examples of one attack: read if they are kept, else made. */
  static BoundaryExamples craft(
      Session session, BoundaryModels.Model model, String name, String title, Attack attack) {
    Dataset images = images(session);
    int[] samples = new int[images.size()];
    Arrays.setAll(samples, images::index);
    Map<String, Object> settings = new TreeMap<>();
    settings.put("model", model.trained().fingerprint());
    settings.put("attack", attack.describe());
    settings.put("data", images.checksum());
    settings.put("numerics", Numerics.VERSION);
    String what = model.title() + " network, " + title;
    TrainingListener listener = session.listener().apply(WORK);
    Path file = session.models().file(model.name() + "-" + name, Canonical.sha256(settings));
    String base = file.getFileName().toString().replace(".safetensors", ".examples");
    Tensor x = images.images(0, images.size());
    AttackResult result =
        AttackRun.of(model.trained().network(), session.workers())
            .keeping(new KeptExamples(file.resolveSibling(base), listener, what))
            .all(List.of(attack), x, images.labels(), samples, true)
            .getFirst();
    return new BoundaryExamples(name, title, result);
  }

  /** The images that are attacked, the first ones. */
  static Dataset images(Session session) {
    Dataset test = session.data().test();
    return test.subset(0, Math.min(images(session.scope()), test.size()));
  }

  /** Over the images that the model gets right when clean. */
  Rate success() {
    List<Sample> samples = result.samples();
    return new Rate(
        samples.stream().filter(Sample::fooled).count(),
        samples.stream().filter(Sample::cleanCorrect).count());
  }

  /** Root mean square of the perturbations that succeed. */
  Mean distortion() {
    double root = Math.sqrt(result.adversarial().columns());
    return Mean.of(
        result.samples().stream()
            .filter(Sample::fooled)
            .mapToDouble(sample -> sample.l2() / root)
            .toArray());
  }

  /** The middle number of iterations over all constants, of the images right when clean. */
  double iterations() {
    int points = result.attack() instanceof CarliniWagner optimal ? optimal.points().count() : 1;
    double[] taken =
        result.samples().stream()
            .filter(Sample::cleanCorrect)
            .mapToDouble(sample -> (double) sample.gradients().taken() / points)
            .sorted()
            .toArray();
    return taken.length == 0 ? Double.NaN : taken[taken.length / 2];
  }

  /** The places of the images that are right when clean and fooled. */
  int[] fooled() {
    return places(true);
  }

  /** The places of the images that are right when clean. */
  int[] right() {
    return places(false);
  }

  private int[] places(boolean fooled) {
    List<Sample> samples = result.samples();
    return java.util.stream.IntStream.range(0, samples.size())
        .filter(i -> fooled ? samples.get(i).fooled() : samples.get(i).cleanCorrect())
        .toArray();
  }

  /** The rows of these places. */
  static Tensor rows(Tensor x, int[] places) {
    int n = x.columns();
    Tensor rows = Tensor.zeros(places.length, n);
    for (int i = 0; i < places.length; i++) {
      System.arraycopy(x.data(), places[i] * n, rows.data(), i * n, n);
    }
    return rows;
  }

  /** What all rows on these examples state of them. */
  static void describe(Findings findings, Session session, List<BoundaryExamples> examples) {
    for (BoundaryExamples made : examples) {
      findings.setting(made.title(), made.result().attack().describe());
    }
    findings.setting("attacked images", images(session).size());
    findings.decision(
        "What the authors' code does beyond the paper's text is switched on: squared distances are"
            + " divided by 255² for pixels in [0, 1] too, points around an image are not clipped,"
            + " and a constant counts as enough if any image on the way succeeded. Early abort is"
            + " by each image's own loss. The fourth of the quirks, which takes κ off the label's"
            + " logit before asking whether the model is fooled, is left off but where it is"
            + " named.");
    findings.decision(
        "All attacks go away from the true label. Success and distortion are over the images that"
            + " the model gets right when clean, distortion over the fooled ones.");
    if (!session.profile().atLeast(Profile.STANDARD)) {
      findings.decision(
          "At most %d iterations for each constant instead of the published 1000, on %d images."
              .formatted(iterations(session.profile()), images(session).size()));
    }
  }
}
