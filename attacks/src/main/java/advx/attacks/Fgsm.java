package advx.attacks;

import advx.engine.InputException;
import advx.engine.Tensor;
import advx.engine.Workers;
import advx.engine.kernel.BallStep;
import advx.engine.kernel.Extremes;
import advx.engine.kernel.LinearSignStep;
import advx.nn.Classifier;
import advx.nn.Network;
import advx.nn.Top;

/**
 * The fast gradient sign method: one step of the whole budget along the sign of the input gradient,
 * x' = x + ε·sign(∇ₓJ(θ, x, y)), sign(0) = 0 (Goodfellow, Shlens, Szegedy: Explaining and
 * Harnessing Adversarial Examples, 2015, §4); and its forms for L2, x' = x + ε·g/‖g‖₂, and L1, all
 * of ε on the element with the largest |g| ({@link Steps}).
 *
 * <p>As published it does not clip, and takes the true label. A sample that is wrong when clean is
 * perturbed like all others. Where the gradient is zero or has a NaN, x' = x.
 *
 * @param clip whether x' is clipped to the threat model's box. In L2 and L1, elements at the box's
 *     edge whose step would go out then get none of the budget; what clipping takes from the others
 *     is not given to anyone else
 */
public record Fgsm(ThreatModel threat, Aim aim, AttackLoss loss, boolean clip) implements Attack {
  public Fgsm {
    if (clip && !threat.box().limits()) {
      throw new InputException(
          "FGSM is set to clip, but its threat model has no box: give the box of the data, or no"
              + " clipping.");
    }
  }

  /** The published method: L∞, true label, the model's cost, not clipped. */
  public static Fgsm paper(double epsilon) {
    return new Fgsm(ThreatModel.linf(epsilon), Aim.TRUE_LABEL, AttackLoss.COST, false);
  }

  @Override
  public String name() {
    return "fgsm";
  }

  @Override
  public boolean clips() {
    return clip;
  }

  @Override
  public Fgsm withEpsilon(double epsilon) {
    return new Fgsm(threat.withEpsilon(epsilon), aim, loss, clip);
  }

  @Override
  public String describe() {
    return Attack.super.describe() + " loss=" + loss.word();
  }

  @Override
  public void craft(Batch batch) {
    float[] g = batch.gradient(loss, aim).data();
    int n = batch.x().columns();
    for (int row = 0; row < batch.size(); row++) {
      if (threat.norm() == Norm.LINF) {
        signs(batch, g, row * n, n);
      } else {
        steepest(batch, g, row * n, n);
      }
    }
  }

  /** No element knows of another one, but that a NaN anywhere leaves the sample no direction. */
  private void signs(Batch batch, float[] g, int at, int n) {
    float[] x = batch.x().data();
    float[] out = batch.adversarial().data();
    if (Float.isNaN(Extremes.magnitude(g, at, n))) {
      System.arraycopy(x, at, out, at, n);
    } else if (clip) {
      Box box = threat.box();
      BallStep.clippedStep(x, at, g, at, signedEpsilon(), box.low(), box.high(), out, at, n);
    } else {
      BallStep.step(x, at, g, at, signedEpsilon(), out, at, n);
    }
  }

  private void steepest(Batch batch, float[] g, int at, int n) {
    float[] x = batch.x().data();
    float[] out = batch.adversarial().data();
    float[] inside = batch.direction();
    double[] delta = batch.delta();
    Box box = threat.box();
    if (clip) {
      Steps.insideBox(x, at, g, at, aim.sign(), box, inside);
    } else {
      System.arraycopy(g, at, inside, 0, n);
    }
    Steps.steepest(threat.norm(), inside, 0, signedEpsilon(), delta);
    for (int i = 0; i < n; i++) {
      float moved = Steps.add(x[at + i], delta[i]);
      out[at + i] = clip ? box.clip(moved) : moved;
    }
  }

  private double signedEpsilon() {
    return aim.sign() * threat.epsilon();
  }

  /** The published method on softmax regression, and its targeted forms: {@link LinearSignStep}. */
  @Override
  public boolean shortcut(
      Classifier classifier, Workers workers, Tensor x, int[] labels, Tensor into) {
    if (threat.norm() != Norm.LINF
        || loss != AttackLoss.COST
        || aim.kind() == Aim.Kind.PREDICTED_LABEL
        || !(classifier instanceof Network network)
        || !network.linear()
        || network.top() != Top.SOFTMAX) {
      return false;
    }
    float[] w = network.parameters().get(0).value().data();
    float[] bias = network.parameters().get(1).value().data();
    if (!LinearSignStep.fits(w, bias.length)) {
      return false;
    }
    LinearSignStep.step(
        workers,
        x.data(),
        x.rows(),
        x.columns(),
        w,
        bias,
        bias.length,
        aimed(labels, bias.length),
        signedEpsilon(),
        clip ? threat.box().low() : Float.NEGATIVE_INFINITY,
        clip ? threat.box().high() : Float.POSITIVE_INFINITY,
        into.data());
    return true;
  }

  private int[] aimed(int[] labels, int classes) {
    if (aim.equals(Aim.TRUE_LABEL)) {
      return labels;
    }
    int[] aimed = new int[labels.length];
    for (int row = 0; row < aimed.length; row++) {
      aimed[row] = aim.label(labels[row], -1, classes);
    }
    return aimed;
  }
}
