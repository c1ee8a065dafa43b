package advx.bench.work;

import advx.attacks.train.AdversarialObjective;
import advx.engine.InputException;
import advx.engine.Purpose;
import advx.engine.RandomStream;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Architecture;
import advx.nn.CleanObjective;
import advx.nn.Network;
import advx.nn.Objective;
import advx.nn.Parameter;
import advx.nn.Pass;
import advx.nn.Sgd;
import advx.nn.data.Dataset;
import advx.nn.data.Mnist;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A training step of the maxout network 784–units×5–units×5–10: gradients of the clean cost, or of
 * the clean and the adversarial one, then momentum, update and norm limit.
 */
final class TrainingStepWork extends Work {
  private static final int FEATURES = 784;
  private static final int CLASSES = 10;
  private static final int PIECES = 5;
  private static final double KEPT = 0.5;

  /** MNIST's share of pixels that are not zero. */
  private static final float MNIST_SHARE = 0.19f;

  private final Workers workers;
  private final Network network;
  private final Pass pass;
  private final Objective objective;
  private final Sgd sgd = new Sgd(Sgd.Schedule.constant(0.01, 0.5));
  private final Tensor x;
  private final int[] labels;
  private final int[] samples;
  private int step;

  TrainingStepWork(Shape shape, Workers workers) {
    super(flops(shape), bytes(shape));
    this.workers = workers;
    String layer =
        "maxout(%d,%d,init=uniform:0.05,limit=1.9365) dropout(%s) "
            .formatted(shape.size("units"), PIECES, KEPT);
    network =
        Architecture.parse(
                "dropout(0.8,unscaled) %s%sdense(%d) softmax".formatted(layer, layer, CLASSES))
            .network(FEATURES, 1);
    pass = Pass.training(new Tape(workers), 1);
    objective = adversarial(shape) ? new AdversarialObjective(0.5, 0.25) : new CleanObjective();
    int batch = shape.size("batch");
    x = Tensor.zeros(batch, FEATURES);
    labels = new int[batch];
    samples = new int[batch];
    for (int i = 0; i < batch; i++) {
      samples[i] = i;
      labels[i] = i % CLASSES;
    }
    switch (shape.word("pixels")) {
      case "dense" ->
          System.arraycopy(Numbers.uniform(x.size(), 0, 0, 1), 0, x.data(), 0, x.size());
      case "sparse" -> sparse(x.data());
      case "mnist" -> mnist(shape);
      default ->
          throw new InputException(
              "shapes.txt: '%s' has pixels=%s: give dense, sparse or mnist."
                  .formatted(shape.name(), shape.word("pixels")));
    }
  }

  private static void sparse(float[] pixels) {
    RandomStream random = new RandomStream(1, Purpose.TEST, 3, 0, 0);
    for (int i = 0; i < pixels.length; i++) {
      boolean zero = random.uniform() >= MNIST_SHARE;
      pixels[i] = zero ? 0 : random.uniform();
    }
  }

  private void mnist(Shape shape) {
    Mnist.Found found = Mnist.find(Mnist.DIGITS, Mnist.Search.ofProcess(Optional.empty()));
    if (found.folder().isEmpty()) {
      throw new InputException(
          "'%s' trains on MNIST: %s Set ADVX_DATA to a folder that holds it, or choose other shapes with -p shape=…."
              .formatted(shape.name(), found.sentence()));
    }
    Dataset train = Mnist.load(Mnist.DIGITS, found.folder().get()).train();
    train.images(0, labels.length, x);
    for (int i = 0; i < labels.length; i++) {
      labels[i] = train.label(i);
    }
  }

  private static boolean adversarial(Shape shape) {
    return switch (shape.word("objective")) {
      case "clean" -> false;
      case "adversarial" -> true;
      default ->
          throw new InputException(
              "shapes.txt: '%s' has objective=%s: give clean or adversarial."
                  .formatted(shape.name(), shape.word("objective")));
    };
  }

  /**
   * Multiply-adds that the formulas ask for: all pieces forward; backward the winners of the units
   * that were kept. The adversarial step takes both twice, and the first layer's input gradient.
   * Then the update.
   */
  private static double flops(Shape shape) {
    double units = shape.size("units");
    double first = FEATURES * units;
    double second = units * units;
    double top = units * CLASSES;
    double forward = PIECES * (first + second) + top;
    double backward = KEPT * (first + 2 * second) + 2 * top;
    double passes =
        adversarial(shape) ? 2 * (forward + backward) + KEPT * first : forward + backward;
    return 2 * shape.size("batch") * passes + 7 * weights(shape);
  }

  /** Weights read in each forward and backward pass, and the update's five streams. */
  private static double bytes(Shape shape) {
    double streams = (adversarial(shape) ? 4 : 2) + 5;
    return 4 * (streams * weights(shape) + 2.0 * shape.size("batch") * FEATURES);
  }

  private static double weights(Shape shape) {
    double units = shape.size("units");
    return PIECES * units * (FEATURES + units) + units * CLASSES;
  }

  @Override
  public void run() {
    pass.start(step, samples);
    double sum = objective.gradients(network, pass, x, labels);
    if (!Double.isFinite(sum)) {
      throw new IllegalStateException("the cost of step " + step + " is " + sum);
    }
    sgd.update(workers, network.parameters(), pass, 1, step++);
  }

  /**
   * The weights are finite, and one sample's logits those of the definition. What a step computes
   * bit for bit is the business of the tests.
   */
  @Override
  public void check() {
    run();
    List<Parameter> parameters = network.parameters();
    for (Parameter p : parameters) {
      for (float weight : p.value().data()) {
        if (!Float.isFinite(weight)) {
          throw new IllegalStateException(p.name() + " holds " + weight);
        }
      }
    }
    Tape tape = new Tape(workers);
    float[] logits = network.logits(tape, tape.constant(x)).data();
    float[] values = Arrays.copyOf(x.data(), FEATURES);
    for (int i = 0; i < parameters.size(); i += 2) {
      float[] w = parameters.get(i).value().data();
      float[] bias = parameters.get(i + 1).value().data();
      int pieces = i + 2 < parameters.size() ? PIECES : 1;
      values = Layers.outputs(values, values.length, w, bias, pieces);
    }
    for (int c = 0; c < CLASSES; c++) {
      Numbers.expect("logit", c, values[c], logits[c], 1e-3);
    }
  }

  @Override
  public boolean taped() {
    return true;
  }
}
