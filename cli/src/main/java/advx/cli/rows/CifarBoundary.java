package advx.cli.rows;

import advx.attacks.Box;
import advx.attacks.StepSize;
import advx.attacks.Walk;
import advx.attacks.boundary.BoundarySettings;
import advx.attacks.detector.BoundaryClassifier;
import advx.attacks.detector.DetectorTraining;
import advx.attacks.optimal.Search;
import advx.attacks.region.Region;
import advx.attacks.train.PgdObjective;
import advx.attacks.train.PgdTraining;
import advx.attacks.train.RisingEpsilon;
import advx.engine.Tensor;
import advx.nn.Architecture;
import advx.nn.CleanObjective;
import advx.nn.Objective;
import advx.nn.Sgd;
import advx.nn.TrainingPlan;
import advx.nn.WideResNet;
import advx.nn.data.Cifar10;
import advx.nn.data.Dataset;
import advx.nn.data.Splits;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * CIFAR-10, on wide residual networks narrower than the published one: what two cores can train.
 */
final class CifarBoundary implements BoundaryProblem {
  private static final double EPSILON = 8;

  /** Of five images of boundary classifiers four train where their number is asked for. */
  private static final int PARTS = 5;

  /** Pixels are bytes. */
  private static final Box BYTES = new Box(0, 255);

  /** The network; no row on CIFAR-10 is part of a smoke or quick run: theirs is for tests. */
  private static WideResNet network(Profile profile) {
    return profile == Profile.PAPER ? new WideResNet(32, 1) : new WideResNet(8, 1);
  }

  @Override
  public String title() {
    return "CIFAR-10";
  }

  @Override
  public String id(String row) {
    return "boundary-cifar-" + row;
  }

  @Override
  public Set<Profile> profiles() {
    return EnumSet.range(Profile.STANDARD, Profile.PAPER);
  }

  @Override
  public Splits source(Session session) {
    return session.cifar();
  }

  /** From 0 to 1 to the bytes that they were read from. */
  @Override
  public Dataset inUnits(Dataset images) {
    Tensor x = images.images(0, images.size());
    for (int i = 0; i < x.size(); i++) {
      x.data()[i] = Math.round(BYTES.high() * x.data()[i]);
    }
    Dataset.Info info = images.info();
    return images.withImages(
        new Dataset.Info(
            info.name(),
            info.classes(),
            info.height(),
            info.width(),
            info.channels(),
            BYTES.low(),
            BYTES.high(),
            info.comparable()),
        x);
  }

  @Override
  public String label(int label) {
    return Cifar10.CLASSES.get(label);
  }

  @Override
  public String plain() {
    return "cifar-wide-resnet";
  }

  @Override
  public String robust() {
    return "cifar-wide-resnet-pgd";
  }

  @Override
  public TrainingPlan plainPlan(Session session) {
    Dataset train = session.cifar().train();
    Architecture network = architecture(session.profile(), train);
    return switch (session.profile()) {
      case SMOKE, QUICK -> small(session, network, new CleanObjective());
      case STANDARD -> PgdTraining.shortCleanCifar(network, train.size(), session.seed());
      case PAPER -> PgdTraining.publishedCleanCifar(network, train.size(), session.seed());
    };
  }

  @Override
  public TrainingPlan robustPlan(Session session) {
    Dataset train = session.cifar().train();
    Architecture network = architecture(session.profile(), train);
    PgdObjective pgd = new PgdObjective(RisingEpsilon.constant(EPSILON), 2, BYTES);
    return switch (session.profile()) {
      case SMOKE, QUICK -> small(session, network, pgd);
      case STANDARD -> PgdTraining.shortCifar(network, train.size(), session.seed());
      case PAPER -> PgdTraining.publishedCifar(network, train.size(), session.seed());
    };
  }

  private static Architecture architecture(Profile profile, Dataset images) {
    return network(profile).architecture(images.info().height());
  }

  private static TrainingPlan small(Session session, Architecture network, Objective objective) {
    return new TrainingPlan(
        network,
        objective,
        () -> new Sgd(Sgd.Schedule.constant(0.05, 0.9)),
        50,
        4,
        0,
        session.seed());
  }

  @Override
  public Work training(Profile profile) {
    return switch (profile) {
      case SMOKE, QUICK -> Work.seconds(plain(), 2).and(Work.seconds(robust(), 4));
      case STANDARD -> Work.seconds(plain(), 200).and(Work.seconds(robust(), 880));
      case PAPER -> Work.seconds(plain(), 43_000).and(Work.seconds(robust(), 250_000));
    };
  }

  @Override
  public String networks(Profile profile) {
    String narrower =
        "The network is %s, where the paper has w32-10, ten times as wide: with 2 cores that one would learn for months."
            .formatted(network(profile));
    return profile == Profile.PAPER
        ? narrower
        : narrower
            + " It is trained for 3,130 updates against PGD with 2 steps, on clean images for"
            + " 1,878, where the paper has 80,000 and 7 steps of 2.";
  }

  @Override
  public double epsilon() {
    return EPSILON;
  }

  @Override
  public Box box() {
    return BYTES;
  }

  /** As many steps as for MNIST: 7 are for training. */
  @Override
  public Walk walk() {
    return Walk.pgd(Walk.STEPS, 1).withSize(StepSize.of(2));
  }

  @Override
  public Search search(Profile profile) {
    return switch (profile) {
      case SMOKE, QUICK -> Search.CIFAR.withIterations(100);
      case STANDARD -> Search.CIFAR.withIterations(300);
      case PAPER -> Search.CIFAR;
    };
  }

  @Override
  public int attacked(Scope scope) {
    return scope.imagesOr(scope.profile() == Profile.PAPER ? 1_000 : 10);
  }

  @Override
  public double attackSeconds(Profile profile) {
    return switch (profile) {
      case SMOKE, QUICK -> 0.3;
      case STANDARD -> 30; // nearly all for OPTMARGIN
      case PAPER -> 500;
    };
  }

  @Override
  public Region region(long seed) {
    return Region.cifar10(seed);
  }

  @Override
  public BoundarySettings directions(Session session) {
    BoundarySettings published = BoundarySettings.cifar10(session.seed());
    return switch (session.profile()) {
      case SMOKE, QUICK -> published.along(20, false);
      case STANDARD -> published.along(200, false);
      case PAPER -> published;
    };
  }

  @Override
  public String published() {
    return "1000";
  }

  @Override
  public int benign(Scope scope) {
    return attacked(scope);
  }

  @Override
  public int examples(Scope scope) {
    return attacked(scope);
  }

  @Override
  public double analysisSeconds(Profile profile) {
    return switch (profile) {
      case SMOKE, QUICK -> 0.1;
      case STANDARD -> 2;
      case PAPER -> 60;
    };
  }

  @Override
  public Map<String, String> recalled() {
    return Map.of(
        "plain-fgsm", "82 %, 8.00",
        "plain-optbrittle", "100 %, 0.824",
        "plain-optmargin", "100 %, 1.13",
        "plain-optstrong", "100 %, 2.86",
        "pgd-fgsm", "36 %, 8.00",
        "pgd-optbrittle", "100 %, 3.83",
        "pgd-optmargin", "100 %, 4.08",
        "pgd-optstrong", "73 %, 37.4");
  }

  @Override
  public DetectorSettings detectors(Scope scope, long seed) {
    BoundarySettings published = BoundarySettings.cifar10(seed);
    BoundarySettings coarse = published.inSteps(6, 21, published.never());
    Search search = Search.CIFAR;
    DetectorTraining learning = DetectorTraining.cifar10(seed);
    DetectorSettings usual =
        switch (scope.profile()) {
          case SMOKE, QUICK ->
              detectors(
                  20,
                  10,
                  1,
                  coarse.along(40, false),
                  search.withIterations(60).withSteps(1),
                  new DetectorTraining(16, 150, 2e-3, seed));
          case STANDARD ->
              detectors(
                  20,
                  10,
                  2,
                  coarse.along(200, false),
                  search.withIterations(150).withSteps(2),
                  learning);
          case PAPER -> detectors(800, 200, 20, published, search, learning);
        };
    return usual.on(scope.images(), PARTS);
  }

  private static DetectorSettings detectors(
      int training,
      int test,
      int adaptive,
      BoundarySettings boundary,
      Search search,
      DetectorTraining learning) {
    return new DetectorSettings(
        training,
        test,
        adaptive,
        boundary,
        search,
        learning,
        BoundaryClassifier.architecture(16, 127.5),
        new DetectorSettings.Evasion(8, 2));
  }

  @Override
  public double detectorSeconds(Profile profile) {
    return switch (profile) {
      case SMOKE, QUICK -> 0.2;
      case STANDARD -> 7.5 + 2 * 4 * 0.7;
      case PAPER -> 350 + 2 * 4 * 30;
    };
  }

  @Override
  public double evasionSeconds(Profile profile) {
    return switch (profile) {
      case SMOKE, QUICK -> 1;
      case STANDARD -> 15;
      case PAPER -> 600;
    };
  }

  @Override
  public Map<String, String> recalledDetectors() {
    return Map.of(
        "plain-optmargin", "8.4 %; 7.4 %, 5.3 %",
        "pgd-optmargin", "3.6 %; 0.0 %, 1.2 %",
        "plain-optbrittle", "OPTMARGIN 40 to 74 %",
        "pgd-optbrittle", "OPTMARGIN 40 to 74 %");
  }

  @Override
  public String recalledWorst() {
    return "96.4 % against 5 %";
  }

  @Override
  public String distances() {
    return "Distortion is the root mean square over the 3072 numbers, pixels from 0 to 255.";
  }
}
