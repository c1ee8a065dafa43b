package advx.attacks;

import advx.attacks.measure.Decision;
import advx.attacks.measure.Predictor;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.nn.Classifier;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Some samples under attack: what an attack reads, where it writes its perturbed inputs, and the
 * count of the gradients it took. One batch object serves a whole run, its buffers are used again.
 */
public final class Batch {
  private final Classifier classifier;
  private final Tape tape;
  private Tensor x = Tensor.zeros(0, 0);
  private Tensor adversarial = x;
  private int[] labels = {};
  private int[] samples = {};
  private int[] predictions = {};
  private int[] aimed = {};
  private int[] firstStep = {};
  private final GradientCounter counts = new GradientCounter();
  private final IdentityHashMap<Class<?>, Object> scratch = new IdentityHashMap<>();
  private final float[] direction;
  private final double[] delta;
  private Predictor predictor;
  private boolean predicted;
  private Tensor gradient;
  private AttackLoss gradientLoss;
  private Aim gradientAim;

  Batch(Classifier classifier, Workers workers) {
    this.classifier = classifier;
    this.tape = new Tape(workers);
    this.direction = new float[classifier.features()];
    this.delta = new double[classifier.features()];
  }

  /** Where unfinished work is kept, or null, and the share of all work before and in this batch. */
  private RunKeeper keeper;

  private String keptAs = "";
  private double before;
  private double share;

  /** Says where the next attack's work is kept; null for nowhere. */
  void keeping(RunKeeper newKeeper, String name, double shareBefore, double shareOfAll) {
    keeper = newKeeper;
    keptAs = name;
    before = shareBefore;
    share = shareOfAll;
  }

  /**
   * Tells how much of the attack on this batch is done, 0 to 1; returns whether the attack is to
   * {@link #keep} what it has done, which it may always leave.
   */
  public boolean progress(double done) {
    if (keeper == null) {
      return false;
    }
    keeper.progress(before + share * done);
    return keeper.due();
  }

  /**
   * Keeps the state of unfinished work: the attack's own, and with it the perturbed inputs, first
   * steps and counts so far.
   *
   * @param bytes that the attack's own state takes
   */
  public void keep(int bytes, Consumer<ByteBuffer> own) {
    int numbers = adversarial.size() + (1 + GradientCounter.NUMBERS) * size();
    ByteBuffer out = ByteBuffer.allocate(bytes + Integer.BYTES * numbers);
    out.asFloatBuffer().put(adversarial.data());
    out.position(Float.BYTES * adversarial.size());
    counts.save(out.asIntBuffer().put(firstStep));
    out.position(Integer.BYTES * numbers);
    own.accept(out);
    keeper.write(keptAs, out.array());
  }

  /** Goes back to the state that an interrupted run kept; null if there is none. */
  public ByteBuffer kept() {
    byte[] bytes = keeper == null ? null : keeper.read(keptAs);
    if (bytes == null) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    in.asFloatBuffer().get(adversarial.data());
    in.position(Float.BYTES * adversarial.size());
    counts.restore(in.asIntBuffer().get(firstStep));
    int numbers = adversarial.size() + (1 + GradientCounter.NUMBERS) * size();
    return in.position(Integer.BYTES * numbers);
  }

  /** Goes to the samples from … to−1; the gradient of the ones before is forgotten. */
  void load(Tensor all, int[] allLabels, int[] allSamples, int from, int to) {
    int m = to - from;
    int d = classifier.features();
    if (labels.length != m) {
      x = Tensor.zeros(m, d);
      adversarial = Tensor.zeros(m, d);
      labels = new int[m];
      samples = new int[m];
      predictions = new int[m];
      aimed = new int[m];
      firstStep = new int[m];
    }
    System.arraycopy(all.data(), from * d, x.data(), 0, m * d);
    System.arraycopy(allLabels, from, labels, 0, m);
    System.arraycopy(allSamples, from, samples, 0, m);
    gradient = null;
    predicted = false;
  }

  /** Takes over what the model predicts for the clean inputs. */
  void predicted(Decision[] clean) {
    for (int row = 0; row < predictions.length; row++) {
      predictions[row] = clean[row].prediction();
    }
    predicted = true;
  }

  /** Copies the perturbed inputs to the rows from … on of {@code all}. */
  void store(Tensor all, int from) {
    int n = x.columns();
    System.arraycopy(adversarial.data(), 0, all.data(), from * n, size() * n);
  }

  /** Starts the next attack on the same samples: nothing perturbed, nothing counted. */
  void start() {
    adversarial.set(x);
    Arrays.fill(firstStep, 1);
    counts.start(labels.length);
  }

  public Classifier classifier() {
    return classifier;
  }

  /** The tape that attacks compute on; the check of their success has one of its own. */
  public Tape tape() {
    return tape;
  }

  /** The number of samples. */
  public int size() {
    return labels.length;
  }

  /** The clean inputs [samples, features]; attacks do not write into them. */
  public Tensor x() {
    return x;
  }

  /** Where the attack leaves its perturbed inputs; it holds the clean ones before. */
  public Tensor adversarial() {
    return adversarial;
  }

  /** The true labels. */
  public int[] labels() {
    return labels;
  }

  /** The index of each sample in its data set. */
  public int[] samples() {
    return samples;
  }

  /** What the model predicts for each clean input; −1 where it names no class. */
  public int[] predictions() {
    if (!predicted) {
      if (predictor == null) {
        predictor = new Predictor(classifier, tape.workers());
      }
      predictor.predict(x, predictions);
      predicted = true;
    }
    return predictions;
  }

  /**
   * The step, counted from 1, after which each sample was first broken, as far as the attack can
   * tell; it holds 1 before. An attack of several steps writes into it.
   */
  public int[] firstStep() {
    return firstStep;
  }

  /** Scratch for one sample's direction, [features]; it holds old numbers. */
  float[] direction() {
    return direction;
  }

  /** Scratch for one sample's perturbation, [features]; it holds old numbers. */
  public double[] delta() {
    return delta;
  }

  /** What an attack keeps from batch to batch: made on first use, the same object ever after. */
  @SuppressWarnings("unchecked")
  public <T> T scratch(Class<T> type, Supplier<T> maker) {
    T found = (T) scratch.get(type);
    if (found == null) {
      found = maker.get();
      scratch.put(type, found);
    }
    return found;
  }

  /** Where an attack counts the gradients that it takes without {@link #gradient}. */
  public GradientCounter counts() {
    return counts;
  }

  /** The gradients that the attack has taken of one sample so far. */
  GradientCount count(int row) {
    return counts.of(row);
  }

  /**
   * Counts a gradient g[at … at+n−1] that an attack took of a sample by itself; threads may count
   * different samples at once.
   *
   * @return the largest |gᵢ|; NaN if one is NaN
   */
  public float count(int row, float[] g, int at, int n) {
    return counts.add(row, g, at, n);
  }

  /** Counts gradients that were taken and had nothing to say: the attack asked for none of them. */
  public void countIdle(int row, int taken) {
    counts.add(row, taken);
  }

  /**
   * ∂loss/∂x at the clean inputs, [samples, features], the loss taken at the aimed label. Computed
   * once for all attacks that ask for it, and counted for each; not to be written into.
   */
  public Tensor gradient(AttackLoss loss, Aim aim) {
    if (gradient == null || gradientLoss != loss || !aim.equals(gradientAim)) {
      gradientLoss = loss;
      gradientAim = aim;
      boolean asks = aim.kind() == Aim.Kind.PREDICTED_LABEL;
      for (int row = 0; row < aimed.length; row++) {
        int prediction = asks ? predictions()[row] : -1;
        aimed[row] = aim.label(labels[row], prediction, classifier.classes());
      }
      tape.rewind();
      Var input = tape.variable(x, "x");
      tape.backward(loss.of(classifier.top(), classifier.logits(tape, input), aimed));
      Var dx = input.gradient();
      gradient = dx != null ? dx.value() : tape.workspace().like(x).fill(0);
    }
    for (int row = 0; row < size(); row++) {
      counts.add(row, gradient.data(), row * x.columns(), x.columns());
    }
    return gradient;
  }
}
