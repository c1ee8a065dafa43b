package advx.attacks.audit;

import advx.attacks.AttackLoss;
import advx.engine.Tape;
import advx.engine.Tensor;
import advx.engine.Var;
import advx.engine.Workers;
import advx.nn.Classifier;

/**
 * Holds a model's input gradient g against differences of its loss J: along a direction v, (J(x +
 * h·v) − J(x − h·v))/2h has to be ⟨g, v⟩.
 *
 * <p>Two directions are tried, g/‖g‖ and sign(g)/√n, each with steps h from 2⁻³ to 2⁻⁹ of the
 * largest |xᵢ|; of each direction the step counts that agrees best, for a large one crosses kinks
 * and a small one drowns in rounding. What rounding of J alone can explain is no disagreement, so
 * that a model whose loss hardly moves is not blamed for it.
 */
final class FiniteDifferences {
  private static final int STEPS = 4;

  /** What rounding may do to a loss, relative: some units in the last place of the logits. */
  private static final double ROUNDING = 0x1p-20;

  private final Classifier classifier;
  private final AttackLoss loss;
  private final Tape tape;

  FiniteDifferences(Classifier classifier, AttackLoss loss, Workers workers) {
    this.classifier = classifier;
    this.loss = loss;
    this.tape = new Tape(workers);
  }

  /**
   * |difference − ⟨g, v⟩| / |⟨g, v⟩| for the sample all[at …], the larger one of the two
   * directions; NaN if the gradient is zero or not finite, and there is nothing to compare.
   */
  double disagreement(float[] all, int at, int label) {
    int n = classifier.features();
    Tensor x = Tensor.zeros(1, n);
    System.arraycopy(all, at, x.data(), 0, n);
    double[] g = gradient(x, label);
    double[] signs = new double[n];
    double squares = 0;
    for (int i = 0; i < n; i++) {
      squares += g[i] * g[i];
      signs[i] = Math.signum(g[i]) / Math.sqrt(n);
    }
    double length = Math.sqrt(squares);
    if (!(length > 0 && length < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    double[] along = new double[n];
    for (int i = 0; i < n; i++) {
      along[i] = g[i] / length;
    }
    return Math.max(disagreement(x, label, g, along), disagreement(x, label, g, signs));
  }

  private double[] gradient(Tensor x, int label) {
    tape.rewind();
    Var input = tape.variable(x, "x");
    tape.backward(loss.of(classifier.top(), classifier.logits(tape, input), new int[] {label}));
    double[] g = new double[x.size()];
    for (int i = 0; i < g.length && input.gradient() != null; i++) {
      g[i] = input.gradient().data()[i];
    }
    return g;
  }

  private double disagreement(Tensor x, int label, double[] g, double[] v) {
    int n = v.length;
    double scale = 0;
    double expected = 0;
    for (int i = 0; i < n; i++) {
      scale = Math.max(scale, Math.abs(x.data()[i]));
      expected += g[i] * v[i];
    }
    scale = scale == 0 ? 1 : scale;
    Tensor points = Tensor.zeros(2 * STEPS, n);
    for (int s = 0; s < STEPS; s++) {
      double h = step(scale, s);
      for (int i = 0; i < n; i++) {
        points.data()[2 * s * n + i] = (float) (x.data()[i] + h * v[i]);
        points.data()[(2 * s + 1) * n + i] = (float) (x.data()[i] - h * v[i]);
      }
    }
    float[] j = losses(points, label);
    double best = Double.POSITIVE_INFINITY;
    for (int s = 0; s < STEPS; s++) {
      double up = j[2 * s];
      double down = j[2 * s + 1];
      double h = step(scale, s);
      double rounding = ROUNDING * Math.max(Math.abs(up), Math.abs(down)) / (2 * h);
      double gap = Math.abs((up - down) / (2 * h) - expected) - rounding;
      best = Math.min(best, Math.max(0, gap) / Math.abs(expected));
    }
    return best;
  }

  private static double step(double scale, int s) {
    return Math.scalb(scale, -3 - 2 * s);
  }

  private float[] losses(Tensor points, int label) {
    int[] labels = new int[points.rows()];
    java.util.Arrays.fill(labels, label);
    tape.rewind();
    Var logits = classifier.logits(tape, tape.constant(points));
    return loss.of(classifier.top(), logits, labels).data();
  }
}
