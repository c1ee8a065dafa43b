package advx.attacks.line;

import advx.attacks.AttackLoss;
import advx.engine.InputException;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.engine.kernel.Extremes;
import advx.nn.Classifier;

/**
 * The logits of one input moved along the sign of its gradient, x + ε·sign(∇ₓJ(θ, x, y)), for a
 * grid of ε (Goodfellow, Shlens, Szegedy 2015, figure 4: ε from −10 to 10).
 *
 * @param epsilons ascending, evenly spaced
 * @param logits [points, classes]
 * @param direction sign(∇ₓJ), sign(0) = 0
 */
public record LogitLine(double[] epsilons, Tensor logits, double[] direction) {
  /** Points in one forward pass. The number changes no result. */
  private static final int CHUNK = 500;

  /**
   * Computes the line of one input.
   *
   * @param x the input, [1, features]
   * @param points at least two; the first at {@code low}, the last at {@code high}
   */
  public static LogitLine of(
      Classifier classifier,
      Tensor x,
      int label,
      AttackLoss loss,
      double low,
      double high,
      int points,
      Workers workers) {
    if (points < 2 || !(low < high) || !Double.isFinite(high - low)) {
      throw new InputException(
          "A line from %s to %s with %d points cannot be drawn: give a low end below the high one and two points or more."
              .formatted(low, high, points));
    }
    int n = classifier.features();
    Tape tape = new Tape(workers);
    double[] direction = direction(classifier, tape, x, label, loss);
    double[] epsilons = new double[points];
    for (int i = 0; i < points; i++) {
      epsilons[i] = low + (high - low) * i / (points - 1);
    }
    int classes = classifier.classes();
    Tensor logits = Tensor.zeros(points, classes);
    for (int from = 0; from < points; from += CHUNK) {
      int rows = Math.min(CHUNK, points - from);
      Tensor moved = Tensor.zeros(rows, n);
      for (int i = 0; i < rows * n; i++) {
        double step = epsilons[from + i / n] * direction[i % n];
        moved.data()[i] = (float) (x.data()[i % n] + step);
      }
      tape.rewind();
      float[] z = classifier.logits(tape, tape.constant(moved)).data();
      System.arraycopy(z, 0, logits.data(), from * classes, rows * classes);
    }
    return new LogitLine(epsilons, logits, direction);
  }

  private static double[] direction(
      Classifier classifier, Tape tape, Tensor x, int label, AttackLoss loss) {
    tape.rewind();
    Var input = tape.variable(x, "x");
    tape.backward(loss.of(classifier.top(), classifier.logits(tape, input), new int[] {label}));
    double[] direction = new double[classifier.features()];
    for (int i = 0; i < direction.length && input.gradient() != null; i++) {
      float sign = Math.signum(input.gradient().data()[i]);
      direction[i] = Float.isNaN(sign) ? 0 : sign;
    }
    return direction;
  }

  /** The class with the largest logit at a point; of equal ones the lowest. */
  public int prediction(int point) {
    int classes = logits.columns();
    return Extremes.argmax(logits.data(), point * classes, classes);
  }

  /** How many of the points are given this class. */
  public int given(int label) {
    int count = 0;
    for (int i = 0; i < epsilons.length; i++) {
      count += prediction(i) == label ? 1 : 0;
    }
    return count;
  }
}
