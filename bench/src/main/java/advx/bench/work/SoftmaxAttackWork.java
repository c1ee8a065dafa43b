package advx.bench.work;

import advx.attacks.AttackRun;
import advx.attacks.Fgsm;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.nn.Architecture;
import advx.nn.Network;
import advx.nn.Parameter;
import java.util.Arrays;
import java.util.List;

/**
 * The fast gradient sign method on softmax regression, 784 – 10: logits, loss, input gradient and
 * step of all images, as anybody calls it. Predictions, norms and the check of what succeeded are
 * no part of it.
 */
final class SoftmaxAttackWork extends Work {
  private static final int FEATURES = 784;
  private static final int CLASSES = 10;
  private static final float EPSILON = 0.25f;

  private final Network network;
  private final AttackRun run;
  private final float[] images;
  private final float[] adversarial;
  private final int[] labels;
  private final int[] samples;
  private final Tensor x;
  private final Tensor into;

  /** Product, its input gradient and the step; the images read, and perturbed ones written. */
  SoftmaxAttackWork(Shape shape, Workers workers) {
    super((4.0 * CLASSES + 2) * FEATURES * shape.size("rows"), 8.0 * FEATURES * shape.size("rows"));
    int rows = shape.size("rows");
    network = Architecture.parse("dense(10,init=uniform:0.05) softmax").network(FEATURES, 1);
    run = AttackRun.of(network, workers);
    images = Numbers.uniform(rows * FEATURES, 0, 0, 1);
    adversarial = new float[rows * FEATURES];
    x = Tensor.of(images, rows, FEATURES);
    into = Tensor.of(adversarial, rows, FEATURES);
    labels = Numbers.indices(rows, 1, CLASSES);
    samples = new int[rows];
    Arrays.setAll(samples, i -> i);
  }

  @Override
  public void run() {
    run.perturb(Fgsm.paper(EPSILON), x, labels, samples, into);
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
