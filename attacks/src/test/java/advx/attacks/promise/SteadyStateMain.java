package advx.attacks.promise;

import advx.attacks.Box;
import advx.attacks.SteadyAttacks;
import advx.attacks.measure.Decision;
import advx.attacks.measure.Predictor;
import advx.attacks.train.DifferentiableObjective;
import advx.attacks.train.GradientStep;
import advx.attacks.train.HiddenObjective;
import advx.attacks.train.L1DecayObjective;
import advx.attacks.train.LogisticAdversarialObjective;
import advx.attacks.train.NoiseObjective;
import advx.attacks.train.PgdObjective;
import advx.attacks.train.RisingEpsilon;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.AdamOptimiser;
import advx.nn.Architecture;
import advx.nn.CleanObjective;
import advx.nn.Network;
import advx.nn.Objective;
import advx.nn.Optimiser;
import advx.nn.Predictions;
import advx.nn.Sgd;
import advx.nn.data.Dataset;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Supplier;

/**
 * Prints how many bytes a warm iteration of each loop allocates, over all threads of this JVM: of
 * training, of attacks, of evaluations.
 */
public final class SteadyStateMain {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int STEPS = 100;
  private static final int ATTACKS = 10;
  private static final long LIMIT = 1024;
  private static final long PATIENCE = 90_000_000_000L;
  private static final long CANARY = 2_000_000_000L;

  /** As many samples as an evaluation takes at a time. */
  private static final int CHUNK = 500;

  /** What an evaluation has to say about a sample: a label and a confidence. */
  private static final int ANSWER = Integer.BYTES + Double.BYTES;

  private static final Objective PGD = new PgdObjective(new RisingEpsilon(0.25, 50), 4, Box.UNIT);

  private static volatile float[] sink = {};

  private SteadyStateMain() {}

  public static void main(String[] arguments) {
    try (Workers workers = new Workers(2)) {
      for (String net : new String[] {Steps.MAXOUT, Steps.EVERYTHING}) {
        String name = net.equals(Steps.MAXOUT) ? "maxout " : "everything ";
        printSteps(workers, name + "sgd", net, SteadyStateMain::sgd);
        printSteps(workers, name + "adam", net, () -> new AdamOptimiser(0.001));
      }
      printSteps(workers, "residual", Steps.RESIDUAL, SteadyStateMain::sgd);
      printSteps(workers, "images", Steps.IMAGES, SteadyStateMain::sgd);
      printSteps(workers, "line", Steps.LINE, SteadyStateMain::sgd);
      printSteps(workers, "bells", Steps.BELLS, SteadyStateMain::sgd);
      Steps pgd = new Steps(workers, Steps.MAXOUT, PGD, new AdamOptimiser(0.001));
      print("maxout pgd adam", pgd::step, PATIENCE);
      printObjectives(workers);
      Network network = Architecture.parse(Steps.EVERYTHING).network(Steps.FEATURES, 5);
      SteadyAttacks.print(network, Steps.images(40, 0), Steps.labels(40), workers);
      printDecisions(network, workers);
      printPredictions(network, workers);
      Steps clean = new Steps(workers, Steps.MAXOUT, false, sgd());
      print(
          "canary",
          () -> {
            sink = new float[400];
            clean.step();
          },
          CANARY);
    }
  }

  private static Optimiser sgd() {
    return new Sgd(Sgd.Schedule.constant(0.01, 0.5));
  }

  /** Clean and adversarial training steps of this network. */
  private static void printSteps(
      Workers workers, String name, String layers, Supplier<Optimiser> optimiser) {
    for (boolean adversarial : new boolean[] {false, true}) {
      Steps steps = new Steps(workers, layers, adversarial, optimiser.get());
      print((adversarial ? "adversarial " : "clean ") + name, steps::step, PATIENCE);
    }
  }

  /** Training steps of all other objectives. */
  private static void printObjectives(Workers workers) {
    Objective clean = new CleanObjective();
    for (NoiseObjective.Law law : NoiseObjective.Law.values()) {
      printObjective(workers, Steps.MAXOUT, new NoiseObjective(law, 0.5, 0.25));
    }
    printObjective(workers, Steps.MAXOUT, new L1DecayObjective(clean, 0.001));
    printObjective(workers, "dense(2) softmax", new LogisticAdversarialObjective(0.25));
    for (GradientStep step : GradientStep.values()) {
      printObjective(workers, Steps.MAXOUT, new DifferentiableObjective(step, 0.5, 0.25, true));
      printObjective(workers, Steps.MAXOUT, new HiddenObjective(step, 0.5, 0.25, List.of(0, 1, 2)));
    }
  }

  private static void printObjective(Workers workers, String net, Objective objective) {
    Steps steps = new Steps(workers, net, objective, sgd());
    print(objective.describe().replace('=', ' '), steps::step, PATIENCE);
  }

  /**
   * The forward passes that judge an attack; each ends in a record a sample, which is taken off.
   */
  private static void printDecisions(Network network, Workers workers) {
    int samples = 20;
    Predictor predictor = new Predictor(network, workers);
    Tensor x = Steps.images(samples, 0);
    int[] labels = Steps.labels(samples);
    Decision[] decisions = new Decision[samples];
    long records = 32L * samples;
    print("decisions", () -> predictor.decide(x, labels, decisions, 0), PATIENCE, STEPS, records);
  }

  /**
   * Chunk after chunk of a data set: what twice as many chunks allocate more, but the answers. It
   * counts once two rounds allocate the same: a cold round of few chunks takes more than a warm one
   * of many.
   */
  private static void printPredictions(Network network, Workers workers) {
    Dataset small = dataset(4);
    Dataset large = dataset(8);
    long least = Long.MAX_VALUE;
    long before = -1;
    long end = System.nanoTime() + PATIENCE;
    while (least >= LIMIT && System.nanoTime() < end) {
      long few = bytes(() -> sink = predict(network, small, workers));
      long many = bytes(() -> sink = predict(network, large, workers));
      if (few == before) {
        least = Math.min(least, (many - few - 4L * CHUNK * ANSWER) / 4);
      }
      before = few;
    }
    print("predictions", least);
  }

  private static float[] predict(Network network, Dataset data, Workers workers) {
    return Predictions.of(network, data, workers).labels().length > 0 ? sink : null;
  }

  private static Dataset dataset(int chunks) {
    int n = chunks * CHUNK;
    var info = new Dataset.Info("steady", 10, 1, Steps.FEATURES, 1, 0, 1, false);
    return new Dataset(info, Steps.images(n, 0), Steps.labels(n));
  }

  private static long bytes(Runnable call) {
    long before = THREADS.getTotalThreadAllocatedBytes();
    call.run();
    return THREADS.getTotalThreadAllocatedBytes() - before;
  }

  /** Prints what an attack allocates that has made its buffers. */
  public static void printAttack(String name, Runnable attack) {
    attack.run();
    print(name, attack, PATIENCE, ATTACKS, 0);
  }

  private static void print(String name, Runnable step, long patience) {
    print(name, step, patience, STEPS, 0);
  }

  /**
   * The least of several rounds, at most until it is below the limit: until the compilers are done,
   * they let steps allocate more.
   *
   * @param steps of a round
   * @param results bytes of a step that hold its results, which do not count
   */
  private static void print(String name, Runnable step, long patience, int steps, long results) {
    long least = Long.MAX_VALUE;
    long end = System.nanoTime() + patience;
    while (least >= LIMIT && System.nanoTime() < end) {
      long bytes =
          bytes(
              () -> {
                for (int i = 0; i < steps; i++) {
                  step.run();
                }
              });
      least = Math.min(least, bytes / steps - results);
    }
    print(name, least);
  }

  private static void print(String name, long bytes) {
    System.out.println("loop " + name + "=" + bytes);
  }
}
