package advx.attacks;

import advx.attacks.AttackResult.Sample;
import advx.attacks.measure.Predictor;
import advx.engine.InputException;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.engine.kernel.Extremes;
import advx.nn.Classifier;
import advx.nn.Layer;
import advx.nn.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs attacks on a model and finds out what they achieved.
 *
 * <pre>
 *  for each chunk of samples
 *    predict the clean inputs                        tape of the check
 *    for each attack
 *      craft                                         tape of the attack
 *      throw away what is not in the threat model
 *      predict the perturbed inputs                  tape of the check
 * </pre>
 *
 * <p>Several attacks share the clean prediction and the gradient at the clean inputs, so that a
 * list of budgets of one attack costs one gradient. A sample's result does not depend on its chunk,
 * nor on the other attacks: chunks may be worked on side by side.
 */
public final class AttackRun {
  /** Samples in one chunk: enough to fill the matrix products, little enough for the caches. */
  private static final int CHUNK = 250;

  /** Numbers that a network may make of one sample if each thread is to hold those of a chunk. */
  private static final int SMALL = 8192;

  private final Classifier classifier;
  private final Workers workers;
  private Lane[] lanes = {};
  private Lane shared;
  private RunKeeper keeper;

  /** What works on a chunk. */
  private record Lane(Batch batch, Check check) {
    Lane(Classifier classifier, Workers workers) {
      this(new Batch(classifier, workers), new Check(classifier, workers));
    }
  }

  /** What is done with the samples from … to−1. */
  private interface Body {
    void run(Lane lane, int from, int to);
  }

  private AttackRun(Classifier classifier, Workers workers) {
    this.classifier = classifier;
    this.workers = workers;
  }

  public static AttackRun of(Classifier classifier, Workers workers) {
    return new AttackRun(classifier, workers);
  }

  /**
   * From now on, what is done is kept, and an interrupted run goes on where it was; perturbed
   * inputs alone ({@link #perturb}) are not kept.
   */
  public AttackRun keeping(RunKeeper newKeeper) {
    keeper = newKeeper;
    return this;
  }

  /** One attack with each of these budgets; the perturbed inputs are not kept. */
  public List<AttackResult> sweep(
      Attack attack, double[] epsilons, Tensor x, int[] labels, int[] samples) {
    List<Attack> attacks = Arrays.stream(epsilons).mapToObj(attack::withEpsilon).toList();
    return all(attacks, x, labels, samples, false);
  }

  /**
   * Runs every attack on every sample.
   *
   * @param x clean inputs [samples, features]
   * @param samples the index of each in its data set
   * @param keep whether the results hold the perturbed inputs
   */
  public List<AttackResult> all(
      List<Attack> attacks, Tensor x, int[] labels, int[] samples, boolean keep) {
    check(x, labels, samples);
    for (Attack attack : attacks) {
      checkBox(attack, x, samples);
    }
    Sample[][] found = new Sample[attacks.size()][labels.length];
    Tensor[] inputs = new Tensor[attacks.size()];
    for (int a = 0; a < inputs.length && keep; a++) {
      inputs[a] = Tensor.zeros(x.rows(), x.columns());
    }
    inChunks(
        labels.length,
        (lane, from, to) -> {
          Batch batch = lane.batch();
          batch.load(x, labels, samples, from, to);
          lane.check().clean(batch);
          for (int a = 0; a < found.length; a++) {
            if (keeper == null) {
              attack(attacks.get(a), lane, found[a], from);
            } else {
              double share = 1.0 / found.length / labels.length;
              double before = (a * (to - from) + (double) from * found.length) * share;
              batch.keeping(keeper, "work-%d-%d".formatted(a, from), before, (to - from) * share);
              attackOrRead(attacks.get(a), "result-%d-%d".formatted(a, from), lane, found[a], from);
              batch.keeping(null, "", 0, 0);
            }
            if (keep) {
              batch.store(inputs[a], from);
            }
          }
        });
    List<AttackResult> results = new ArrayList<>();
    for (int a = 0; a < found.length; a++) {
      List<Sample> all = List.of(found[a]);
      results.add(new AttackResult(attacks.get(a), classifier.classes(), all, inputs[a]));
    }
    return results;
  }

  private static void attack(Attack attack, Lane lane, Sample[] found, int from) {
    lane.batch().start();
    attack.craft(lane.batch());
    lane.check().attacked(attack, lane.batch(), found, from);
  }

  /** Takes the result that is kept, or makes it and keeps it. */
  private void attackOrRead(Attack attack, String name, Lane lane, Sample[] found, int from) {
    int to = from + lane.batch().size();
    float[] inputs = lane.batch().adversarial().data();
    byte[] kept = keeper.read(name);
    if (kept != null) {
      KeptResults.read(kept, attack.seed(), found, from, to, inputs);
      return;
    }
    attack(attack, lane, found, from);
    keeper.write(name, KeptResults.bytes(found, from, to, inputs));
  }

  /**
   * Perturbs every sample and does nothing else: no prediction, no check, no norm. The bits are
   * those that {@link #all} keeps, but for what its check throws away.
   *
   * <p>Allocates nothing that grows with the samples once it was called with as many.
   *
   * @param x clean inputs [samples, features]
   * @param samples the index of each in its data set
   * @param into the perturbed inputs, [samples, features]
   */
  public void perturb(Attack attack, Tensor x, int[] labels, int[] samples, Tensor into) {
    check(x, labels, samples);
    Shapes.same("AttackRun", x, into);
    checkBox(attack, x, samples);
    if (attack.shortcut(classifier, workers, x, labels, into)) {
      return;
    }
    inChunks(
        labels.length,
        (lane, from, to) -> {
          lane.batch().load(x, labels, samples, from, to);
          lane.batch().start();
          attack.craft(lane.batch());
          lane.batch().store(into, from);
        });
  }

  /**
   * Cuts the samples into chunks. Threads share the work on each; or, if the model is small and the
   * chunks are many, each thread takes a chunk of its own, so that nothing waits for a loop's end
   * and all loops are shared out, of attacks and checks too.
   */
  private void inChunks(int n, Body body) {
    int chunks = (n + CHUNK - 1) / CHUNK;
    if (keeper == null && chunks >= 2 * workers.threads() && small()) {
      if (lanes.length == 0) {
        lanes = new Lane[workers.threads()];
        Arrays.setAll(lanes, i -> new Lane(classifier, new Workers(1)));
      }
      workers.run(
          chunks,
          (chunk, worker) ->
              body.run(lanes[worker], chunk * CHUNK, Math.min(n, (chunk + 1) * CHUNK)));
      return;
    }
    if (shared == null) {
      shared = new Lane(classifier, workers);
    }
    for (int from = 0; from < n; from += CHUNK) {
      body.run(shared, from, Math.min(n, from + CHUNK));
    }
  }

  /** Other classifiers need not bear several threads, and large ones fill the memory. */
  private boolean small() {
    if (!(classifier instanceof Network network)) {
      return false;
    }
    int made = 0;
    for (Layer layer : network.layers()) {
      made += layer.output().size();
    }
    return made <= SMALL;
  }

  /** The numbers 0 … n−1. */
  static int[] ascending(int n) {
    int[] numbers = new int[n];
    Arrays.setAll(numbers, i -> i);
    return numbers;
  }

  private void check(Tensor x, int[] labels, int[] samples) {
    Predictor.check(classifier, x, labels);
    if (samples.length != labels.length) {
      throw new IllegalArgumentException(
          "AttackRun: got %d indices for %d samples".formatted(samples.length, labels.length));
    }
  }

  private static void checkBox(Attack attack, Tensor x, int[] samples) {
    Box box = attack.threat().box();
    if (!attack.clips() || Extremes.within(x.data(), 0, x.size(), box.low(), box.high())) {
      return;
    }
    for (int i = 0; i < x.size(); i++) {
      if (!box.contains(x.data()[i])) {
        throw new InputException(
            "Sample %d holds the number %s, outside the box %s of the threat model: give the box in the data's own units."
                .formatted(samples[i / x.columns()], x.data()[i], box));
      }
    }
  }
}
