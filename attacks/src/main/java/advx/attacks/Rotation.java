package advx.attacks;

import advx.engine.InputException;
import advx.engine.Trigonometry;

/**
 * Rotates an input by an angle θ towards its gradient, in the plane of the two:
 *
 * <pre>
 *  x' = ‖x‖·(cos θ·x̂ + sin θ·ĝ⊥)        g⊥ = g − x⟨x, g⟩/‖x‖², the part of g across x
 * </pre>
 *
 * <p>A rotation of the input vector, not of the picture: its length stays, ‖x' − x‖₂ = 2‖x‖·sin θ/2
 * (Goodfellow, Shlens, Szegedy: Explaining and Harnessing Adversarial Examples, 2015, §4). Where x
 * is zero, or the gradient is zero, not finite, or along x, x' = x.
 *
 * <p>Where the threat model allows less than the whole angle, the largest that keeps ‖x' − x‖ ≤ ε
 * is taken: θ = 2·arcsin(ε/2‖x‖) in L2, found by halving in every norm.
 *
 * @param angle θ in radians, the largest; in (0, π]
 * @param clip whether x' is clipped to the threat model's box; then its length does not stay
 */
public record Rotation(ThreatModel threat, double angle, Aim aim, AttackLoss loss, boolean clip)
    implements Attack {
  /** Below this share of its length, the part of a float gradient across x is rounding. */
  private static final double ROUNDING = 0x1p-22;

  /** Halvings of the interval of sin θ/2: to its last bit in double. */
  private static final int HALVINGS = 54;

  public Rotation {
    if (!(angle > 0 && angle <= Math.PI)) {
      throw new InputException(
          "The angle of the rotation is %s: give one above 0 and up to π, in radians."
              .formatted(angle));
    }
    if (clip && !threat.box().limits()) {
      throw new InputException(
          "The rotation is set to clip, but its threat model has no box: give the box of the data,"
              + " or no clipping.");
    }
  }

  /** As published: by this angle, away from the true label, however far that leads. */
  public static Rotation by(double angle) {
    ThreatModel any = new ThreatModel(Norm.L2, Float.MAX_VALUE, Box.NONE);
    return new Rotation(any, angle, Aim.TRUE_LABEL, AttackLoss.COST, false);
  }

  @Override
  public String name() {
    return "rotation";
  }

  @Override
  public boolean clips() {
    return clip;
  }

  @Override
  public Rotation withEpsilon(double epsilon) {
    return new Rotation(threat.withEpsilon(epsilon), angle, aim, loss, clip);
  }

  @Override
  public String describe() {
    return Attack.super.describe() + " angle=%s loss=%s".formatted(angle, loss.word());
  }

  @Override
  public void craft(Batch batch) {
    float[] g = batch.gradient(loss, aim).data();
    float[] x = batch.x().data();
    float[] out = batch.adversarial().data();
    int n = batch.x().columns();
    double[] delta = batch.delta();
    double[] across = batch.scratch(Room.class, Room::new).across(n);
    double whole = Trigonometry.sin(angle / 2);
    for (int row = 0; row < batch.size(); row++) {
      int at = row * n;
      if (!across(x, g, at, across)) {
        continue;
      }
      turn(x, at, across, largest(x, at, across, whole, delta), delta);
      for (int i = 0; i < n; i++) {
        float moved = Steps.add(x[at + i], delta[i]);
        out[at + i] = clip ? threat.box().clip(moved) : moved;
      }
    }
  }

  /** Sets {@code across} to ‖x‖·ĝ⊥ on the side that the aim wants; false if there is none. */
  private boolean across(float[] x, float[] g, int at, double[] across) {
    double xx = 0;
    double xg = 0;
    double gg = 0;
    for (int i = 0; i < across.length; i++) {
      xx += (double) x[at + i] * x[at + i];
      xg += (double) x[at + i] * g[at + i];
      gg += (double) g[at + i] * g[at + i];
    }
    if (!(xx > 0 && gg > 0 && xx + gg < Double.POSITIVE_INFINITY)) {
      return false;
    }
    double squares = 0;
    for (int i = 0; i < across.length; i++) {
      across[i] = g[at + i] - x[at + i] * (xg / xx);
      squares += across[i] * across[i];
    }
    if (squares <= ROUNDING * ROUNDING * gg) {
      return false;
    }
    double scale = aim.sign() * Math.sqrt(xx / squares);
    for (int i = 0; i < across.length; i++) {
      across[i] *= scale;
    }
    return true;
  }

  /** δ = (cos θ − 1)·x + sin θ·across = −2s²·x + 2s√(1−s²)·across for s = sin θ/2. */
  private static void turn(float[] x, int at, double[] across, double s, double[] delta) {
    double along = -2 * s * s;
    double sine = 2 * s * Math.sqrt(1 - s * s);
    for (int i = 0; i < delta.length; i++) {
      delta[i] = along * x[at + i] + sine * across[i];
    }
  }

  /** The sine of half the angle that the budget lets. */
  private double largest(float[] x, int at, double[] across, double whole, double[] delta) {
    double inside = 0;
    double outside = whole;
    turn(x, at, across, whole, delta);
    if (threat.norm().of(delta) <= threat.epsilon()) {
      return whole;
    }
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (inside + outside) / 2;
      turn(x, at, across, middle, delta);
      if (threat.norm().of(delta) <= threat.epsilon()) {
        inside = middle;
      } else {
        outside = middle;
      }
    }
    return inside;
  }

  /** Scratch for one sample. */
  private static final class Room {
    private double[] across = {};

    private double[] across(int n) {
      if (across.length != n) {
        across = new double[n];
      }
      return across;
    }
  }
}
