package advx.bench.work;

import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Architecture;
import advx.nn.CleanObjective;
import advx.nn.Network;
import advx.nn.Parameter;
import advx.nn.Pass;
import advx.nn.Sgd;
import java.util.Arrays;
import java.util.List;

/**
 * A training step of the convolutional network on MNIST's images (He, Li, Song 2018): gradients,
 * then momentum and update.
 */
final class ConvolutionStepWork extends Work {
  private static final String ARCHITECTURE =
      "image(1,28,28) conv(32,5x5,pad=same) relu maxpool(2) conv(64,5x5,pad=same) relu maxpool(2)"
          + " dense(1024) relu dense(10) softmax";
  private static final int SIDE = 28;
  private static final int KERNEL = 5;
  private static final int TAPS = KERNEL * KERNEL;

  /** Channels of the image and of both convolutions, then the dense layers. */
  private static final int[] CHANNELS = {1, 32, 64};

  private static final int HIDDEN = 1024;
  private static final int CLASSES = 10;
  private static final int FLAT = CHANNELS[2] * (SIDE / 4) * (SIDE / 4);

  private final Workers workers;
  private final Network network = Architecture.parse(ARCHITECTURE).network(SIDE * SIDE, 1);
  private final Pass pass;
  private final CleanObjective objective = new CleanObjective();
  private final Sgd sgd = new Sgd(Sgd.Schedule.constant(0.01, 0.5));
  private final Tensor x;
  private final int[] labels;
  private final int[] samples;
  private int step;

  ConvolutionStepWork(Shape shape, Workers workers) {
    super(flops(shape), bytes(shape));
    this.workers = workers;
    pass = Pass.training(new Tape(workers), 1);
    int batch = shape.size("batch");
    x = Tensor.of(Numbers.uniform(batch * SIDE * SIDE, 0, 0, 1), batch, SIDE * SIDE);
    labels = Numbers.indices(batch, 1, CLASSES);
    samples = new int[batch];
    Arrays.setAll(samples, i -> i);
  }

  /**
   * Multiply-adds that the formulas ask for: all positions forward; backward one winner of each
   * window and, behind a ReLU, half of those; no gradient of the image. Then the update.
   */
  private static double flops(Shape shape) {
    double first = (double) SIDE * SIDE * CHANNELS[1] * TAPS;
    double second = SIDE / 2.0 * SIDE / 2 * CHANNELS[2] * CHANNELS[1] * TAPS;
    double dense = (double) FLAT * HIDDEN + HIDDEN * CLASSES;
    double backward = first / 8 + second / 4 + 2 * dense;
    return 2 * shape.size("batch") * (first + second + dense + backward) + 4 * weights();
  }

  /** Weights read forward and backward, and the update's five streams; images and hidden layers. */
  private static double bytes(Shape shape) {
    double hidden = SIDE * SIDE + SIDE * SIDE / 4.0 * CHANNELS[1] + FLAT + HIDDEN;
    return 4 * (7 * weights() + 3 * shape.size("batch") * hidden);
  }

  private static double weights() {
    return (CHANNELS[0] * CHANNELS[1] + CHANNELS[1] * CHANNELS[2]) * TAPS
        + (double) FLAT * HIDDEN
        + HIDDEN * CLASSES;
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
    float[] values = Arrays.copyOf(x.data(), SIDE * SIDE);
    for (int layer = 0; layer < 4; layer++) {
      float[] w = parameters.get(2 * layer).value().data();
      float[] bias = parameters.get(2 * layer + 1).value().data();
      values =
          layer < 2
              ? Layers.pooled(values, SIDE >> layer, w, bias, KERNEL)
              : Layers.outputs(values, values.length, w, bias, 1);
      for (int i = 0; layer < 3 && i < values.length; i++) {
        values[i] = Math.max(values[i], 0);
      }
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
