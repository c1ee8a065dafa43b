package advx.attacks.fooling;

import advx.attacks.Aim;
import advx.attacks.AttackLoss;
import advx.attacks.Box;
import advx.attacks.Fgsm;
import advx.attacks.Norm;
import advx.attacks.ThreatModel;
import advx.attacks.measure.Decision;
import advx.attacks.measure.Evaluation;
import advx.attacks.measure.Mean;
import advx.attacks.measure.Predictor;
import advx.attacks.measure.Rate;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Classifier;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a model says of inputs that show nothing. It errs when it gives any class a probability
 * above ½: the right answer is none (Goodfellow, Shlens, Szegedy 2015, appendix A). That asks the
 * same of one distribution over the classes and of independent sigmoids: the largest of all
 * probabilities.
 *
 * @param decisions one for each input; the confidence is the largest probability
 */
public record RubbishError(int classes, List<Decision> decisions) {
  /** Above it the model claims a class. */
  public static final double CLAIM = 0.5;

  /** Inputs in one forward pass. The size changes no result. */
  private static final int CHUNK = 500;

  /** The first n images of this noise. */
  public static RubbishError of(Classifier classifier, Noise noise, int n, Workers workers) {
    return of(classifier, noise, n, workers, UnaryOperator.identity());
  }

  /**
   * The first n images of this noise after one step towards what each is taken for already: x − ε ·
   * sign(∇ₓJ(θ, x, c)) for the class c with the largest logit; of equal ones the lowest.
   */
  public static RubbishError afterStep(
      Classifier classifier, Noise noise, int n, double epsilon, Workers workers) {
    ThreatModel threat = new ThreatModel(Norm.LINF, epsilon, Box.NONE);
    Fgsm step = new Fgsm(threat, Aim.NEXT_LABEL, AttackLoss.COST, false);
    return of(
        classifier,
        noise,
        n,
        workers,
        x -> step.run(classifier, x, before(classifier, x, workers), workers).adversarial());
  }

  /** For each input the class before that which it is taken for: the one whose next is wanted. */
  private static int[] before(Classifier classifier, Tensor x, Workers workers) {
    int classes = classifier.classes();
    return Evaluation.of(classifier, x, new int[x.rows()], workers).decisions().stream()
        .mapToInt(d -> (Math.max(0, d.prediction()) + classes - 1) % classes)
        .toArray();
  }

  private static RubbishError of(
      Classifier classifier, Noise noise, int n, Workers workers, UnaryOperator<Tensor> change) {
    Predictor predictor = new Predictor(classifier, workers);
    Decision[] decisions = new Decision[n];
    Tensor chunk = Tensor.zeros(0, noise.features());
    for (int from = 0; from < n; from += CHUNK) {
      int rows = Math.min(n - from, CHUNK);
      chunk = chunk.rows() == rows ? chunk : Tensor.zeros(rows, noise.features());
      noise.fill(chunk, from, workers);
      Predictor.check(classifier, chunk, new int[rows]);
      predictor.decide(change.apply(chunk), new int[rows], decisions, from);
    }
    return new RubbishError(classifier.classes(), List.of(decisions));
  }

  private static boolean claims(Decision decision) {
    return decision.confidence() > CLAIM;
  }

  /** The share of all inputs that were given a class with p > ½. */
  public Rate error() {
    return new Rate(decisions.stream().filter(RubbishError::claims).count(), decisions.size());
  }

  /** The mean probability of the class given, over the inputs that count as errors. */
  public Mean confidence() {
    return Mean.of(
        decisions.stream()
            .filter(RubbishError::claims)
            .mapToDouble(Decision::confidence)
            .toArray());
  }

  /** The mean of the largest probability over all inputs. */
  public Mean confidenceOnAll() {
    return Mean.of(decisions.stream().mapToDouble(Decision::confidence).toArray());
  }

  /** How many of the errors were given each class. */
  public long[] histogram() {
    long[] counts = new long[classes];
    decisions.stream().filter(RubbishError::claims).forEach(d -> counts[d.prediction()]++);
    return counts;
  }

  /** The share of the errors that were given this class. */
  public Rate share(int label) {
    return new Rate(histogram()[label], error().count());
  }
}
