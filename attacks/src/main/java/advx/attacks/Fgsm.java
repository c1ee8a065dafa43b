package advx.attacks;

import advx.engine.InputException;

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
    float[] x = batch.x().data();
    float[] out = batch.adversarial().data();
    int n = batch.x().columns();
    Box box = threat.box();
    float[] inside = batch.direction();
    double[] delta = batch.delta();
    double step = aim.sign() * threat.epsilon();
    for (int row = 0; row < batch.size(); row++) {
      int at = row * n;
      if (clip) {
        Steps.insideBox(x, at, g, at, aim.sign(), box, inside);
      } else {
        System.arraycopy(g, at, inside, 0, n);
      }
      Steps.steepest(threat.norm(), inside, 0, step, delta);
      for (int i = 0; i < n; i++) {
        float moved = Steps.add(x[at + i], delta[i]);
        out[at + i] = clip ? box.clip(moved) : moved;
      }
    }
  }
}
