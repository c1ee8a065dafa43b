package advx.attacks.fooling;

import advx.attacks.Box;
import advx.engine.InputException;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Classifier;
import java.util.Arrays;

/**
 * Fooling images by evolution, MAP-Elites with one niche a class: each class keeps the image that
 * the model is surest about (Nguyen, Yosinski, Clune: Deep Neural Networks are Easily Fooled, 2015,
 * §2.3, direct encoding).
 *
 * <pre>
 *  generation 0   images of uniform numbers in the box
 *  generation g   each child: a champion drawn at random, each number mutated with probability
 *                 rate/2^⌊g/1000⌋ by polynomial mutation; in every class where the model gives the
 *                 child more than the champion, the child takes its place
 * </pre>
 *
 * <p>Polynomial mutation (Deb, Agrawal 1995) of strength s moves a number by (high − low)·δ: δ =
 * (2u)^(1/(s+1)) − 1 for u &lt; ½, else 1 − (2(1−u))^(1/(s+1)), u uniform; then the box clips it.
 * Numbers are drawn from (seed, generation, child), so that the work may be done in any portions.
 */
public final class Elites {
  /**
   * How evolution goes.
   *
   * @param children in a generation
   * @param rate the probability that a number is mutated, in the first thousand generations
   * @param strength s: the larger, the smaller the steps
   */
  public record Settings(int children, double rate, double strength) {
    /** The published rate and strength; children: one batch. */
    public static final Settings PUBLISHED = new Settings(400, 0.1, 15);

    public Settings {
      if (children < 1 || !(rate > 0 && rate <= 1) || !(strength >= 0 && strength <= 1e6)) {
        throw new InputException(
            "Evolution with %d children, mutation rate %s and strength %s cannot run: give one child or more, a rate above 0 and up to 1, and a strength from 0 up."
                .formatted(children, rate, strength));
      }
    }
  }

  /** After so many generations the mutation rate halves. */
  private static final int HALVING = 1000;

  private static final int LAYER = 1;

  private final Classifier classifier;
  private final Box box;
  private final Settings settings;
  private final long seed;
  private final Workers workers;
  private final Tape tape;
  private final Tensor children;
  private final Tensor champions;
  private final double[] confidence;
  private int generation;

  public Elites(Classifier classifier, Box box, Settings settings, long seed, Workers workers) {
    if (!box.limits()) {
      throw new InputException(
          "Evolution of images needs the box of the data to draw from, but it has none: give it.");
    }
    this.classifier = classifier;
    this.box = box;
    this.settings = settings;
    this.seed = seed;
    this.workers = workers;
    tape = new Tape(workers);
    children = Tensor.zeros(settings.children(), classifier.features());
    champions = Tensor.zeros(classifier.classes(), classifier.features());
    confidence = new double[classifier.classes()];
    Arrays.fill(confidence, -1);
  }

  /** Goes on for this many generations; the drawn images count as the first. */
  public Elites run(int generations) {
    for (int i = 0; i < generations; i++) {
      workers.run(children.rows(), (child, worker) -> make(child));
      select();
      generation++;
    }
    return this;
  }

  private void make(int child) {
    RandomStream random = new RandomStream(seed, Purpose.EVOLUTION, LAYER, generation, child);
    int n = children.columns();
    int at = child * n;
    if (generation == 0) {
      for (int i = at; i < at + n; i++) {
        children.data()[i] = box.clip(random.uniform(box.low(), box.high()));
      }
      return;
    }
    int parent = random.nextInt(confidence.length) * n;
    double rate = Math.scalb(settings.rate(), -(generation / HALVING));
    double range = (double) box.high() - box.low();
    for (int i = 0; i < n; i++) {
      float number = champions.data()[parent + i];
      if (random.uniform() < rate) {
        double move = range * mutation(random.uniform(), settings.strength());
        number = box.clip((float) (number + move));
      }
      children.data()[at + i] = number;
    }
  }

  /** δ of polynomial mutation for a uniform number u. */
  static double mutation(double u, double strength) {
    double power = 1 / (strength + 1);
    return u < 0.5 ? StrictMath.pow(2 * u, power) - 1 : 1 - StrictMath.pow(2 * (1 - u), power);
  }

  private void select() {
    tape.rewind();
    float[] logits = classifier.logits(tape, tape.constant(children)).data();
    int classes = confidence.length;
    int n = children.columns();
    for (int child = 0; child < children.rows(); child++) {
      for (int c = 0; c < classes; c++) {
        double p = classifier.top().probability(logits, child * classes, classes, c);
        if (p > confidence[c]) {
          confidence[c] = p;
          System.arraycopy(children.data(), child * n, champions.data(), c * n, n);
        }
      }
    }
  }

  /** The generations that have been. */
  public int generation() {
    return generation;
  }

  /** The probability that the model gives to class c for its champion; −1 before the first. */
  public double confidence(int c) {
    return confidence[c];
  }

  /** The least of all classes. */
  public double leastConfidence() {
    return Arrays.stream(confidence).min().orElseThrow();
  }

  /** The champions [classes, features]; evolution goes on in them. */
  public Tensor champions() {
    return champions;
  }
}
