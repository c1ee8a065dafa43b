package advx.attacks.exact;

import advx.attacks.Norm;
import advx.attacks.ThreatModel;
import advx.attacks.measure.Rate;
import advx.engine.InputException;
import advx.engine.Shapes;
import advx.engine.Tensor;
import advx.nn.Network;
import advx.nn.Parameter;

/**
 * The exact robustness of a linear model, logits Wx + b, in double.
 *
 * <p>Against class j the margin of label y is mⱼ = (w_y − w_j)ᵀx + b_y − b_j. A perturbation with
 * ‖δ‖ ≤ ε lowers it by at most ε·‖w_y − w_j‖ in the dual norm, so
 *
 * <pre>
 *  smallest distance that turns x      minⱼ mⱼ/‖w_y − w_j‖*        (0 if some mⱼ ≤ 0)
 *  worst margin within ε               minⱼ (mⱼ − ε·‖w_y − w_j‖*)
 * </pre>
 *
 * <p>For two classes this is |wᵀx + b|/‖w‖* with w = w₁ − w₀, and an error is y(wᵀx + b) ≤ ε‖w‖*:
 * of logistic regression under L∞ the fast gradient sign method is the exact worst case
 * (Goodfellow, Shlens, Szegedy 2015, §5, there for y = +1 only). A worst margin of exactly 0 counts
 * as an error: the adversary wins a tie. The box of the data is not considered.
 */
public final class LinearClosedForm {
  private final Tensor weight;
  private final Tensor bias;

  /** Weights [classes, features] and bias [classes]; not copied. */
  public LinearClosedForm(Tensor weight, Tensor bias) {
    Shapes.rank("LinearClosedForm", weight, 2);
    Shapes.check(
        bias.rank() == 1 && bias.size() == weight.rows() && bias.size() >= 2,
        "LinearClosedForm",
        bias,
        "one bias for each of the " + weight.rows() + " classes, at least two");
    this.weight = weight;
    this.bias = bias;
  }

  /** The closed form of a network of one dense layer. */
  public static LinearClosedForm of(Network network) {
    if (!network.linear()) {
      throw new InputException(
          "The network '%s' is not linear: only one of a single dense layer has a closed form."
              .formatted(network.architecture()));
    }
    Parameter weight = network.parameters().get(0);
    return new LinearClosedForm(weight.value(), network.parameters().get(1).value());
  }

  public int classes() {
    return bias.size();
  }

  /** The margin of the label over the best other class, for the input x[at …]. */
  public double margin(float[] x, int at, int label) {
    return worstMargin(x, at, label, Norm.LINF, 0);
  }

  /** The smallest margin of the label that a perturbation with ‖δ‖ ≤ ε can leave. */
  public double worstMargin(float[] x, int at, int label, Norm norm, double epsilon) {
    double[] w = new double[weight.columns()];
    double worst = Double.POSITIVE_INFINITY;
    for (int rival = 0; rival < classes(); rival++) {
      if (rival != label) {
        double margin = margin(x, at, label, rival, w);
        worst = Math.min(worst, margin - epsilon * norm.dual().of(w));
      }
    }
    return worst;
  }

  /**
   * The norm of the smallest perturbation that leaves the label no positive margin: 0 if it has
   * none, infinite if no perturbation does.
   */
  public double distance(float[] x, int at, int label, Norm norm) {
    double[] w = new double[weight.columns()];
    double least = Double.POSITIVE_INFINITY;
    for (int rival = 0; rival < classes(); rival++) {
      if (rival != label) {
        double margin = margin(x, at, label, rival, w);
        least = Math.min(least, margin <= 0 ? 0 : margin / norm.dual().of(w));
      }
    }
    return least;
  }

  /** Sets w to w_label − w_rival and returns wᵀx + b_label − b_rival. */
  private double margin(float[] x, int at, int label, int rival, double[] w) {
    int n = w.length;
    double sum = (double) bias.data()[label] - bias.data()[rival];
    for (int i = 0; i < n; i++) {
      w[i] = (double) weight.data()[label * n + i] - weight.data()[rival * n + i];
      sum += w[i] * x[at + i];
    }
    return sum;
  }

  /** The share of samples that some perturbation within the norm and ε turns, or that are wrong. */
  public Rate error(Tensor x, int[] labels, ThreatModel threat) {
    long errors = 0;
    for (int i = 0; i < labels.length; i++) {
      int at = i * x.columns();
      double worst = worstMargin(x.data(), at, labels[i], threat.norm(), threat.epsilon());
      errors += worst <= 0 ? 1 : 0;
    }
    return new Rate(errors, labels.length);
  }
}
