package advx.attacks.promise;

import advx.attacks.Aim;
import advx.attacks.Attack;
import advx.attacks.AttackLoss;
import advx.attacks.Box;
import advx.attacks.DeepFool;
import advx.attacks.Fgsm;
import advx.attacks.Norm;
import advx.attacks.Pgd;
import advx.attacks.ThreatModel;
import advx.attacks.Walk;
import advx.attacks.boundary.BoundaryAnalysis;
import advx.attacks.boundary.BoundaryProfile;
import advx.attacks.boundary.BoundarySettings;
import advx.attacks.optimal.CarliniWagner;
import advx.attacks.optimal.CarliniWagner.Kind;
import advx.attacks.optimal.Search;
import advx.attacks.region.Region;
import advx.attacks.region.RegionClassifier;
import advx.attacks.region.Votes;
import advx.attacks.train.AdversarialObjective;
import advx.attacks.train.DifferentiableObjective;
import advx.attacks.train.GradientStep;
import advx.attacks.train.PgdObjective;
import advx.attacks.train.RisingEpsilon;
import advx.engine.Bits;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.engine.kernel.Lanes;
import advx.nn.AdamOptimiser;
import advx.nn.Architecture;
import advx.nn.CleanObjective;
import advx.nn.Network;
import advx.nn.Objective;
import advx.nn.Optimiser;
import advx.nn.Sgd;

/** Prints digests of training steps and of an attack; argument: the number of threads. */
public final class PromiseMain {
  private PromiseMain() {}

  public static void main(String[] arguments) {
    System.out.println("lanes=" + Lanes.COUNT);
    System.out.println("kind=" + (Lanes.VECTOR ? "vector" : "scalar"));
    try (Workers workers = new Workers(Integer.parseInt(arguments[0]))) {
      System.out.println("threads=" + workers.threads());
      print(
          "clean",
          workers,
          new CleanObjective(),
          new Sgd(new Sgd.Schedule(0.1, 1.01, 1e-6, 0.5, 0.7, 1, 3)));
      Objective fgsm = new AdversarialObjective(0.5, 0.25);
      print("adversarial", workers, fgsm, new Sgd(Sgd.Schedule.constant(0.1, 0.5)));
      print("adam", workers, fgsm, new AdamOptimiser(0.01));
      Objective pgd = new PgdObjective(new RisingEpsilon(0.25, 2), 3, Box.UNIT);
      print("pgd training", workers, pgd, new AdamOptimiser(0.01));
      Objective second = new DifferentiableObjective(GradientStep.ROTATION, 0.5, 0.25, true);
      print("differentiable", workers, second, new Sgd(Sgd.Schedule.constant(0.1, 0.5)));
      printSurroundings(workers);
    }
  }

  /** Distances and adjacent classes around inputs, and votes of the points around them. */
  private static void printSurroundings(Workers workers) {
    Network network = Architecture.parse(Steps.EVERYTHING).network(Steps.FEATURES, 5);
    Tensor images = Steps.images(10, 50);
    Bits.Digest digest = new Bits.Digest();
    BoundarySettings settings = BoundarySettings.mnist(3).along(30, true);
    for (BoundaryProfile profile : new BoundaryAnalysis(network, settings, workers).of(images)) {
      for (int way = 0; way < profile.ways(); way++) {
        digest.add((float) profile.distance(way));
        digest.add(profile.adjacent()[way]);
      }
    }
    System.out.println("surroundings.boundary=" + digest.hex());
    for (Votes votes :
        new RegionClassifier(network, Region.mnist(3), workers).votes(images, new int[10])) {
      for (int count : votes.counts()) {
        digest.add(count);
      }
    }
    System.out.println("surroundings.region=" + digest.hex());
  }

  private static void print(
      String name, Workers workers, Objective objective, Optimiser optimiser) {
    Steps steps = new Steps(workers, Steps.EVERYTHING, objective, optimiser);
    Bits.Digest digest = new Bits.Digest();
    for (int i = 0; i < 3; i++) {
      digest.add((float) steps.step());
    }
    System.out.println(name + ".costs=" + digest.hex());
    steps.network.parameters().forEach(p -> digest.add(steps.pass.parameter(p).gradient().data()));
    System.out.println(name + ".gradients=" + digest.hex());
    steps.network.parameters().forEach(p -> digest.add(p.value().data()));
    System.out.println(name + ".parameters=" + digest.hex());
    digest.add(
        Fgsm.paper(0.25)
            .run(steps.network, Steps.images(30, 50), Steps.labels(30), workers)
            .inputs()
            .data());
    System.out.println(name + ".attack=" + digest.hex());
    for (Norm norm : Norm.values()) {
      ThreatModel threat = new ThreatModel(norm, 0.25, Box.UNIT);
      Walk walk = Walk.pgd(3, 2).withMomentum(0.5);
      Attack attack = new Pgd(threat, Aim.NEXT_LABEL, AttackLoss.COST, true, walk, 7);
      Tensor images = Steps.images(30, 50);
      digest.add(attack.run(steps.network, images, Steps.labels(30), workers).inputs().data());
      System.out.println(name + ".pgd " + norm.word() + "=" + digest.hex());
    }
    ThreatModel anywhere = new ThreatModel(Norm.L2, ThreatModel.UNLIMITED, Box.UNIT);
    Attack[] minimal = {
      CarliniWagner.of(Kind.OPTMARGIN, anywhere, Aim.NEXT_LABEL, 7)
          .withSearch(new Search(0.1, 20, 3, 1, true)),
      DeepFool.of(anywhere, Aim.TRUE_LABEL)
    };
    for (Attack attack : minimal) {
      Tensor images = Steps.images(30, 50);
      digest.add(attack.run(steps.network, images, Steps.labels(30), workers).inputs().data());
      System.out.println(name + "." + attack.name() + "=" + digest.hex());
    }
  }
}
