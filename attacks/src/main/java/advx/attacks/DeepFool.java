package advx.attacks;

import advx.engine.InputException;

/**
 * DeepFool: again and again, the step to the nearest boundary of the model as it looks from here,
 * each boundary taken for a plane,
 *
 * <pre>
 *  f_k = z[k] − z[label], w_k = ∂f_k/∂x       at x + (1 + η)·r
 *  l   = argmin |f_k|/‖w_k‖₂                  over all classes but the label
 *  r  ← r + (|f_l|/‖w_l‖₂ + ν)·w_l/‖w_l‖₂
 * </pre>
 *
 * <p>until x + (1 + η)·r gets another class (Moosavi-Dezfooli, Fawzi, Frossard: DeepFool: a simple
 * and accurate method to fool deep neural networks, 2016, algorithm 2; ν as in the authors' code).
 * The smallest perturbation of a linear model is found in one step; of others it is an estimate
 * from above. With an aim at a class only the boundary to that class counts, from whichever other
 * class leads.
 *
 * <p>A sample that reaches the aim when clean stays as it is, and so does one that takes more steps
 * than allowed or ends outside the budget. All boundaries of a sample are looked at in one pass.
 *
 * @param clip whether all points are clipped to the threat model's box; if not, only the model's
 *     boundaries count
 * @param overshoot η, how much farther than the boundary
 * @param steps at most
 */
public record DeepFool(ThreatModel threat, Aim aim, boolean clip, double overshoot, int steps)
    implements Attack {
  /** The published numbers. */
  public static final double OVERSHOOT = 0.02;

  public static final int STEPS = 50;

  /** ν as a share of the box: without it, rounding may leave a point on the boundary for ever. */
  static final double NUDGE = 1e-5;

  public DeepFool {
    if (clip && !threat.box().limits()) {
      throw new InputException(
          "DeepFool is set to clip, but its threat model has no box: give the box of the data, or"
              + " no clipping.");
    }
    if (!(overshoot >= 0 && overshoot <= Float.MAX_VALUE)) {
      throw new InputException(
          "DeepFool's overshoot is %s: give 0 to stop at the boundary, or a small number above."
              .formatted(overshoot));
    }
    if (steps < 1) {
      throw new InputException("DeepFool has %d steps: give one or more.".formatted(steps));
    }
  }

  /** With the published numbers, clipped if the threat model has a box. */
  public static DeepFool of(ThreatModel threat, Aim aim) {
    return new DeepFool(threat, aim, threat.box().limits(), OVERSHOOT, STEPS);
  }

  @Override
  public String name() {
    return "deepfool";
  }

  @Override
  public boolean clips() {
    return clip;
  }

  @Override
  public DeepFool withEpsilon(double epsilon) {
    return new DeepFool(threat.withEpsilon(epsilon), aim, clip, overshoot, steps);
  }

  public DeepFool withOvershoot(double other) {
    return new DeepFool(threat, aim, clip, other, steps);
  }

  public DeepFool withSteps(int other) {
    return new DeepFool(threat, aim, clip, overshoot, other);
  }

  @Override
  public boolean minimal() {
    return true;
  }

  @Override
  public String describe() {
    return Attack.super.describe() + " overshoot=%s steps=%d".formatted(overshoot, steps);
  }

  @Override
  public void craft(Batch batch) {
    batch.scratch(NearestPlanes.class, NearestPlanes::new).run(this, batch);
  }
}
