package advx.bench.work;

import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.engine.kernel.SignStep;
import advx.nn.Architecture;
import advx.nn.Network;
import advx.nn.Parameter;
import java.util.List;

/**
 * The fast gradient sign method on softmax regression, 784 – 10: logits, loss, input gradient and
 * step of all images, in chunks as an attack takes them. Predictions, norms and the check of what
 * succeeded are no part of it.
 */
final class SoftmaxAttackWork extends Work {
  private static final int FEATURES = 784;
  private static final int CLASSES = 10;
  private static final int CHUNK = 500;
  private static final float EPSILON = 0.25f;

  private final Network network;
  private final Tape tape;
  private final float[] images;
  private final float[] adversarial;
  private final int[] labels;
  private final int[] chunkLabels;
  private final Tensor chunk;

  /** Product, its input gradient and the step; the images read, and perturbed ones written. */
  SoftmaxAttackWork(Shape shape, Workers workers) {
    super((4.0 * CLASSES + 2) * FEATURES * shape.size("rows"), 8.0 * FEATURES * shape.size("rows"));
    int rows = shape.size("rows");
    network = Architecture.parse("dense(10,init=uniform:0.05) softmax").network(FEATURES, 1);
    tape = new Tape(workers);
    images = Numbers.uniform(rows * FEATURES, 0, 0, 1);
    adversarial = new float[rows * FEATURES];
    labels = Numbers.indices(rows, 1, CLASSES);
    int size = Math.min(CHUNK, rows);
    if (rows % size != 0) {
      throw new advx.engine.InputException(
          "shapes.txt: '%s' has rows=%d: give a multiple of %d."
              .formatted(shape.name(), rows, CHUNK));
    }
    chunk = Tensor.zeros(size, FEATURES);
    chunkLabels = new int[size];
  }

  @Override
  public void run() {
    int size = chunkLabels.length;
    for (int from = 0; from < labels.length; from += size) {
      int at = from * FEATURES;
      System.arraycopy(images, at, chunk.data(), 0, chunk.size());
      System.arraycopy(labels, from, chunkLabels, 0, size);
      tape.rewind();
      Var x = tape.variable(chunk, "x");
      tape.backward(network.top().loss(network.logits(tape, x), chunkLabels));
      float[] g = x.gradient().data();
      SignStep.step(chunk.data(), 0, g, 0, EPSILON, adversarial, at, chunk.size());
    }
  }

  /** x + ε·sign(Wᵀ(p − onehot)), where the gradient is far enough from zero to have a sign. */
  @Override
  public void check() {
    run();
    List<Parameter> parameters = network.parameters();
    float[] w = parameters.get(0).value().data();
    float[] bias = parameters.get(1).value().data();
    for (int row = 0; row < labels.length; row += Numbers.stride(labels.length * 10)) {
      double[] p = new double[CLASSES];
      double sum = 0;
      for (int c = 0; c < CLASSES; c++) {
        p[c] = StrictMath.exp(Layers.piece(images, row, FEATURES, w, bias, c));
        sum += p[c];
      }
      for (int i = 0; i < FEATURES; i++) {
        double g = 0;
        for (int c = 0; c < CLASSES; c++) {
          g += w[c * FEATURES + i] * (p[c] / sum - (c == labels[row] ? 1 : 0));
        }
        if (Math.abs(g) > 1e-5) {
          int at = row * FEATURES + i;
          double expected = images[at] + EPSILON * Math.signum(g);
          Numbers.expect("perturbed image", at, expected, adversarial[at], 1e-6);
        }
      }
    }
  }

  @Override
  public boolean taped() {
    return true;
  }
}
