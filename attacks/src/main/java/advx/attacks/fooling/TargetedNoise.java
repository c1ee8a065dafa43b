package advx.attacks.fooling;

import advx.attacks.Aim;
import advx.attacks.AttackLoss;
import advx.attacks.Box;
import advx.attacks.Fgsm;
import advx.attacks.Norm;
import advx.attacks.ThreatModel;
import advx.attacks.measure.Rate;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Classifier;
import java.util.ArrayList;
import java.util.List;

/**
 * Fooling images made in one step: x' = x − ε·sign(∇ₓJ(θ, x, c)) for x of {@link Noise} and a
 * wanted class c; a success if the model gives c a probability of ½ or more (Goodfellow, Shlens,
 * Szegedy 2015, appendix A, figure 5). Every class starts from the same noise.
 *
 * @param before for each class, the share of the noise that reaches ½ as it is
 * @param after the share that does after the step
 */
public record TargetedNoise(List<Rate> before, List<Rate> after) {
  /** From here on a class counts as given. */
  public static final double SUCCESS = 0.5;

  /** Inputs in one forward pass. The size changes no result. */
  private static final int CHUNK = 500;

  /** Attacks the first n images of this noise, once for each class. */
  public static TargetedNoise of(
      Classifier classifier, Noise noise, int n, double epsilon, Workers workers) {
    int classes = classifier.classes();
    long[] before = new long[classes];
    long[] after = new long[classes];
    Tape tape = new Tape(workers);
    for (int from = 0; from < n; from += CHUNK) {
      Tensor x = noise.images(from, Math.min(n, from + CHUNK), workers);
      for (int c = 0; c < classes; c++) {
        before[c] += successes(classifier, tape, x, c);
        after[c] += successes(classifier, tape, stepTo(c, classifier, x, epsilon, workers), c);
      }
    }
    return new TargetedNoise(rates(before, n), rates(after, n));
  }

  /** The images after a step towards class c. */
  public static Tensor stepTo(
      int c, Classifier classifier, Tensor x, double epsilon, Workers workers) {
    ThreatModel threat = new ThreatModel(Norm.LINF, epsilon, Box.NONE);
    Fgsm step = new Fgsm(threat, Aim.target(c), AttackLoss.COST, false);
    return step.run(classifier, x, new int[x.rows()], workers).adversarial();
  }

  private static long successes(Classifier classifier, Tape tape, Tensor x, int c) {
    int classes = classifier.classes();
    tape.rewind();
    float[] logits = classifier.logits(tape, tape.constant(x)).data();
    long count = 0;
    for (int row = 0; row < x.rows(); row++) {
      double p = classifier.top().probability(logits, row * classes, classes, c);
      count += p >= SUCCESS ? 1 : 0;
    }
    return count;
  }

  private static List<Rate> rates(long[] counts, int n) {
    List<Rate> rates = new ArrayList<>();
    for (long count : counts) {
      rates.add(new Rate(count, n));
    }
    return List.copyOf(rates);
  }

  /** The share of all images, over all classes, that reach their class after the step. */
  public Rate all() {
    return new Rate(
        after.stream().mapToLong(Rate::count).sum(), after.stream().mapToLong(Rate::n).sum());
  }
}
