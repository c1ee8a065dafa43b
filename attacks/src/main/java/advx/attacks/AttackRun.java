package advx.attacks;

import advx.attacks.AttackResult.Sample;
import advx.attacks.measure.Decision;
import advx.attacks.measure.Predictor;
import advx.engine.InputException;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Classifier;
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
 * nor on the other attacks.
 */
public final class AttackRun {
  /** Samples in one chunk: enough to fill the matrix products, little enough for the caches. */
  private static final int CHUNK = 500;

  private final Classifier classifier;
  private final Workers workers;

  private AttackRun(Classifier classifier, Workers workers) {
    this.classifier = classifier;
    this.workers = workers;
  }

  public static AttackRun of(Classifier classifier, Workers workers) {
    return new AttackRun(classifier, workers);
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
    Predictor.check(classifier, x, labels);
    if (samples.length != labels.length) {
      throw new IllegalArgumentException(
          "AttackRun: got %d indices for %d samples".formatted(samples.length, labels.length));
    }
    for (Attack attack : attacks) {
      checkBox(attack, x, samples);
    }
    List<List<Sample>> found = new ArrayList<>();
    List<Tensor> inputs = new ArrayList<>();
    for (int a = 0; a < attacks.size(); a++) {
      found.add(new ArrayList<>(labels.length));
      inputs.add(keep ? Tensor.zeros(x.rows(), x.columns()) : null);
    }
    Batch batch = new Batch(classifier, workers);
    Check check = new Check();
    for (int from = 0; from < labels.length; from += CHUNK) {
      batch.load(x, labels, samples, from, Math.min(labels.length, from + CHUNK));
      check.clean(batch);
      for (int a = 0; a < attacks.size(); a++) {
        batch.start();
        attacks.get(a).craft(batch);
        check.attacked(attacks.get(a), batch, found.get(a));
        if (keep) {
          float[] made = batch.adversarial().data();
          System.arraycopy(made, 0, inputs.get(a).data(), from * x.columns(), made.length);
        }
      }
    }
    List<AttackResult> results = new ArrayList<>();
    for (int a = 0; a < attacks.size(); a++) {
      List<Sample> all = List.copyOf(found.get(a));
      results.add(new AttackResult(attacks.get(a), classifier.classes(), all, inputs.get(a)));
    }
    return results;
  }

  /** The numbers 0 … n−1. */
  static int[] ascending(int n) {
    int[] numbers = new int[n];
    Arrays.setAll(numbers, i -> i);
    return numbers;
  }

  private static void checkBox(Attack attack, Tensor x, int[] samples) {
    Box box = attack.threat().box();
    if (!attack.clips()) {
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

  /** The part that no attack can reach: which perturbed inputs count, and what the model says. */
  private final class Check {
    private final Predictor predictor = new Predictor(classifier, workers);
    private final double[] delta = new double[classifier.features()];
    private Decision[] clean = {};
    private Decision[] attacked = {};
    private boolean[] admissible = {};

    void clean(Batch batch) {
      if (clean.length != batch.size()) {
        clean = new Decision[batch.size()];
        attacked = new Decision[batch.size()];
        admissible = new boolean[batch.size()];
      }
      predictor.decide(batch.x(), batch.labels(), clean, 0);
      for (int row = 0; row < clean.length; row++) {
        batch.predictions()[row] = clean[row].prediction();
      }
    }

    void attacked(Attack attack, Batch batch, List<Sample> into) {
      for (int row = 0; row < batch.size(); row++) {
        admissible[row] = admissible(attack, batch, row);
        if (!admissible[row]) {
          int at = row * delta.length;
          System.arraycopy(batch.x().data(), at, batch.adversarial().data(), at, delta.length);
        }
      }
      predictor.decide(batch.adversarial(), batch.labels(), attacked, 0);
      for (int row = 0; row < batch.size(); row++) {
        into.add(sample(attack, batch, row));
      }
    }

    /** Sets {@code delta} and says whether the perturbed input is finite, near enough, boxed. */
    private boolean admissible(Attack attack, Batch batch, int row) {
      perturbation(batch, row);
      ThreatModel threat = attack.threat();
      boolean fits = threat.allows(threat.norm().of(delta));
      for (int i = 0; i < delta.length && fits; i++) {
        float made = batch.adversarial().data()[row * delta.length + i];
        fits = Float.isFinite(made) && (!attack.clips() || threat.box().contains(made));
      }
      return fits;
    }

    private void perturbation(Batch batch, int row) {
      for (int i = 0; i < delta.length; i++) {
        int at = row * delta.length + i;
        delta[i] = (double) batch.adversarial().data()[at] - batch.x().data()[at];
      }
    }

    private Sample sample(Attack attack, Batch batch, int row) {
      perturbation(batch, row);
      int label = batch.labels()[row];
      Aim aim = attack.aim();
      boolean cleanCorrect = clean[row].prediction() == label;
      boolean stillCorrect = attacked[row].prediction() == label;
      return new Sample(
          batch.samples()[row],
          label,
          aim.targeted() ? aim.label(label, clean[row].prediction(), classifier.classes()) : -1,
          clean[row],
          attacked[row],
          admissible[row],
          Norm.LINF.of(delta),
          Norm.L2.of(delta),
          Norm.L1.of(delta),
          !cleanCorrect ? 0 : stillCorrect ? -1 : batch.firstStep()[row],
          batch.count(row),
          attack.seed());
    }
  }
}
