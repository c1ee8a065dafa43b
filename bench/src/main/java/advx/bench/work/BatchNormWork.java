package advx.bench.work;

import advx.engine.InputException;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.engine.op.BatchNorm;

/**
 * Batch normalisation of images, channels last: in training, in training with its gradient, or in
 * inference.
 */
final class BatchNormWork extends Work {
  private static final float EPSILON = 1e-5f;

  private final Tape tape;
  private final String pass;
  private final int channels;
  private final Tensor x;
  private final Tensor dy;
  private final Tensor gamma;
  private final Tensor beta;
  private final Tensor mean;
  private final Tensor variance;
  private Var input;
  private Var result;

  BatchNormWork(Shape shape, Workers workers) {
    super(flops(shape), bytes(shape));
    tape = new Tape(workers);
    pass = shape.word("pass");
    channels = shape.size("channels");
    int image = shape.size("image");
    int[] sizes = {shape.size("samples"), image, image, channels};
    int n = elements(shape);
    x = Tensor.of(Numbers.uniform(n, 0), sizes);
    dy = Tensor.of(Numbers.uniform(n, 1), sizes);
    gamma = Tensor.of(Numbers.uniform(channels, 2), channels);
    beta = Tensor.of(Numbers.uniform(channels, 3), channels);
    mean = Tensor.of(Numbers.uniform(channels, 4), channels);
    variance = Tensor.of(Numbers.uniform(channels, 5, 0.5f, 1.5f), channels);
  }

  private static int elements(Shape shape) {
    return shape.size("samples")
        * shape.size("image")
        * shape.size("image")
        * shape.size("channels");
  }

  /**
   * A number takes part in the mean, is centred, squared, added up, scaled and shifted; its
   * gradient in three sums, of dy, of dy·x̂ and of dx, with two products and two differences.
   */
  private static double flops(Shape shape) {
    return switch (shape.word("pass")) {
      case "inference" -> 3.0 * elements(shape);
      case "training" -> 6.0 * elements(shape);
      case "gradient" -> 13.0 * elements(shape);
      default ->
          throw new InputException(
              "shapes.txt: '%s' has pass=%s: give training, gradient or inference."
                  .formatted(shape.name(), shape.word("pass")));
    };
  }

  /** x read, y written; with the gradient dy read and dx written. */
  private static double bytes(Shape shape) {
    return (shape.word("pass").equals("gradient") ? 16.0 : 8.0) * elements(shape);
  }

  @Override
  public void run() {
    tape.rewind();
    boolean gradient = pass.equals("gradient");
    input = gradient ? tape.variable(x, "x") : tape.constant(x);
    Var g = gradient ? tape.variable(gamma, "gamma") : tape.constant(gamma);
    Var b = gradient ? tape.variable(beta, "beta") : tape.constant(beta);
    if (pass.equals("inference")) {
      result = BatchNorm.inference(input, g, b, mean, variance, EPSILON);
    } else {
      result = BatchNorm.training(input, g, b, EPSILON);
    }
    if (gradient) {
      tape.backward(result, tape.constant(dy), false);
    }
  }

  /** y, and dx = γ/σ·(dy − mean(dy) − x̂·mean(dy·x̂)), of the first and the last channel. */
  @Override
  public void check() {
    run();
    check(0);
    check(channels - 1);
  }

  private void check(int channel) {
    float[] a = x.data();
    double n = (double) a.length / channels;
    double m = 0;
    double v = 0;
    for (int i = channel; i < a.length; i += channels) {
      m += a[i] / n;
    }
    for (int i = channel; i < a.length; i += channels) {
      v += (a[i] - m) * (a[i] - m) / n;
    }
    if (pass.equals("inference")) {
      m = mean.data()[channel];
      v = variance.data()[channel];
    }
    double deviation = Math.sqrt(v + EPSILON);
    double first = 0;
    double second = 0;
    for (int i = channel; i < a.length; i += channels) {
      double hat = (a[i] - m) / deviation;
      double y = gamma.data()[channel] * hat + beta.data()[channel];
      Numbers.expect("batch normalisation", i, y, result.data()[i], 1e-4);
      first += dy.data()[i] / n;
      second += dy.data()[i] * hat / n;
    }
    for (int i = channel; pass.equals("gradient") && i < a.length; i += channels) {
      double hat = (a[i] - m) / deviation;
      double dx = gamma.data()[channel] / deviation * (dy.data()[i] - first - hat * second);
      Numbers.expect("its gradient", i, dx, input.gradient().data()[i], 1e-4);
    }
  }

  @Override
  public boolean taped() {
    return true;
  }
}
