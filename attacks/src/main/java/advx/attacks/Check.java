package advx.attacks;

import advx.attacks.AttackResult.Sample;
import advx.attacks.measure.Decision;
import advx.attacks.measure.Predictor;
import advx.engine.Workers;
import advx.engine.kernel.Extremes;
import advx.nn.Classifier;

/** The part that no attack can reach: which perturbed inputs count, and what the model says. */
final class Check {
  private final Classifier classifier;
  private final Predictor predictor;
  private Decision[] clean = {};
  private Decision[] attacked = {};
  private boolean[] admissible = {};
  private double[] linf = {};
  private double[] l2 = {};
  private double[] l1 = {};

  Check(Classifier classifier, Workers workers) {
    this.classifier = classifier;
    this.predictor = new Predictor(classifier, workers);
  }

  /** Decides the clean inputs, and tells the batch the predictions. */
  void clean(Batch batch) {
    if (clean.length != batch.size()) {
      clean = new Decision[batch.size()];
      attacked = new Decision[batch.size()];
      admissible = new boolean[batch.size()];
      linf = new double[batch.size()];
      l2 = new double[batch.size()];
      l1 = new double[batch.size()];
    }
    predictor.decide(batch.x(), batch.labels(), clean, 0);
    batch.predicted(clean);
  }

  /** Judges what the attack left in the batch; writes to {@code into[at …]}. */
  void attacked(Attack attack, Batch batch, Sample[] into, int at) {
    int n = classifier.features();
    for (int row = 0; row < batch.size(); row++) {
      measure(batch, row);
      admissible[row] = admissible(attack, batch, row);
      if (!admissible[row]) {
        float[] made = batch.adversarial().data();
        System.arraycopy(batch.x().data(), row * n, made, row * n, n);
        measure(batch, row);
      }
    }
    predictor.decide(batch.adversarial(), batch.labels(), attacked, 0);
    for (int row = 0; row < batch.size(); row++) {
      into[at + row] = sample(attack, batch, row);
    }
  }

  /** All norms of one perturbation, each as its {@link Norm} has it: their chains run abreast. */
  private void measure(Batch batch, int row) {
    float[] x = batch.x().data();
    float[] made = batch.adversarial().data();
    int n = classifier.features();
    double max = 0;
    double squares = 0;
    double sum = 0;
    for (int i = row * n; i < (row + 1) * n; i++) {
      double d = (double) made[i] - x[i];
      double size = Math.abs(d);
      // Not Math.max, whose chain takes twice as long as that of a sum. A NaN stays.
      if (size > max || Double.isNaN(size)) {
        max = size;
      }
      squares += d * d;
      sum += size;
    }
    linf[row] = max;
    l2[row] = Math.sqrt(squares);
    l1[row] = sum;
  }

  /** Whether the perturbed input is finite, near enough, boxed. */
  private boolean admissible(Attack attack, Batch batch, int row) {
    ThreatModel threat = attack.threat();
    double distance =
        switch (threat.norm()) {
          case LINF -> linf[row];
          case L2 -> l2[row];
          case L1 -> l1[row];
        };
    Box box = attack.clips() ? threat.box() : Box.NONE;
    float low = Math.max(box.low(), -Float.MAX_VALUE);
    float high = Math.min(box.high(), Float.MAX_VALUE);
    int n = classifier.features();
    return threat.allows(distance)
        && Extremes.within(batch.adversarial().data(), row * n, n, low, high);
  }

  private Sample sample(Attack attack, Batch batch, int row) {
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
        linf[row],
        l2[row],
        l1[row],
        !cleanCorrect ? 0 : stillCorrect ? -1 : batch.firstStep()[row],
        batch.count(row),
        attack.seed());
  }
}
