package advx.attacks.fooling;

import advx.attacks.Aim;
import advx.attacks.Attack;
import advx.attacks.AttackLoss;
import advx.attacks.AttackResult;
import advx.attacks.AttackRun;
import advx.attacks.Box;
import advx.attacks.Fgsm;
import advx.attacks.Norm;
import advx.attacks.ThreatModel;
import advx.attacks.measure.Rate;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Classifier;
import advx.nn.Top;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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
    return sweep(classifier, noise, n, new double[] {epsilon}, workers).getFirst();
  }

  /** The same for each of these steps, which share their gradients. */
  public static List<TargetedNoise> sweep(
      Classifier classifier, Noise noise, int n, double[] epsilons, Workers workers) {
    int classes = classifier.classes();
    long[] before = new long[classes];
    long[][] after = new long[epsilons.length][classes];
    Tape tape = new Tape(workers);
    AttackRun run = AttackRun.of(classifier, workers);
    // Of one distribution, no class but the likeliest can reach ½: the run's own check tells.
    boolean told = classifier.top() == Top.SOFTMAX;
    for (int from = 0; from < n; from += CHUNK) {
      Tensor x = noise.images(from, Math.min(n, from + CHUNK), workers);
      int[] samples = IntStream.range(from, from + x.rows()).toArray();
      long[] asItIs = successes(classifier, tape, x);
      for (int c = 0; c < classes; c++) {
        before[c] += asItIs[c];
        List<Attack> steps = new ArrayList<>();
        for (double epsilon : epsilons) {
          steps.add(step(c, epsilon));
        }
        List<AttackResult> moved = run.all(steps, x, new int[x.rows()], samples, !told);
        for (int e = 0; e < epsilons.length; e++) {
          after[e][c] +=
              told
                  ? successes(moved.get(e), c)
                  : successes(classifier, tape, moved.get(e).adversarial())[c];
        }
      }
    }
    return Arrays.stream(after)
        .map(counts -> new TargetedNoise(rates(before, n), rates(counts, n)))
        .toList();
  }

  /** The attack that takes the step towards class c. */
  public static Fgsm step(int c, double epsilon) {
    ThreatModel threat = new ThreatModel(Norm.LINF, epsilon, Box.NONE);
    return new Fgsm(threat, Aim.target(c), AttackLoss.COST, false);
  }

  private static long successes(AttackResult moved, int c) {
    return moved.samples().stream()
        .map(AttackResult.Sample::attacked)
        .filter(d -> d.prediction() == c && d.confidence() >= SUCCESS)
        .count();
  }

  /** How many of the inputs reach ½ of each class. */
  private static long[] successes(Classifier classifier, Tape tape, Tensor x) {
    int classes = classifier.classes();
    tape.rewind();
    float[] logits = classifier.logits(tape, tape.constant(x)).data();
    long[] counts = new long[classes];
    for (int i = 0; i < x.rows() * classes; i++) {
      int c = i % classes;
      counts[c] += classifier.top().probability(logits, i - c, classes, c) >= SUCCESS ? 1 : 0;
    }
    return counts;
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
    return all(after);
  }

  /** The same as they are. */
  public Rate allBefore() {
    return all(before);
  }

  private static Rate all(List<Rate> rates) {
    return new Rate(
        rates.stream().mapToLong(Rate::count).sum(), rates.stream().mapToLong(Rate::n).sum());
  }
}
