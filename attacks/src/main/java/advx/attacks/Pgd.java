package advx.attacks;

import advx.engine.InputException;

/**
 * Projected gradient descent: many small steps of steepest ascent of the loss, each projected back
 * into the ball and the box,
 *
 * <pre>
 *  x₀ = x + a random point of the ball, or x
 *  xₜ₊₁ = Π(xₜ + α·step(∇ₓJ(θ, xₜ, y)))        step as in {@link Steps}: sign in L∞, g/‖g‖₂ in L2
 * </pre>
 *
 * <p>(Madry et al.: Towards Deep Learning Models Resistant to Adversarial Attacks, 2018, §2.1.)
 * Without the random start it is the basic iterative method, BIM (Kurakin et al. 2017, §2.2); with
 * momentum, v ← μ·v + g/‖g‖₁ and a step along v, MIM (Dong et al. 2018, algorithm 1).
 *
 * <p>Of all points that a sample visits, over all restarts, one that reaches the aim counts, and
 * among equals the one with the largest loss: never simply the last. A sample that reaches the aim
 * leaves at once, also when it does so clean, and costs no more gradients. The bounds of L∞ are
 * rounded towards x first, so that no sum leaves the ball; in L2 and L1 the ball comes first, then
 * the box, which holds x and so leads no point out of the ball.
 *
 * <p>Random starts are uniform in the ball, drawn from (seed, sample, restart, element).
 *
 * @param clip whether all points are clipped to the threat model's box, the start included
 */
public record Pgd(ThreatModel threat, Aim aim, AttackLoss loss, boolean clip, Walk walk, long seed)
    implements Attack {
  public Pgd {
    if (clip && !threat.box().limits()) {
      throw new InputException(
          "PGD is set to clip, but its threat model has no box: give the box of the data, or no"
              + " clipping.");
    }
  }

  /** Away from the true label, along the model's cost; clipped if the threat model has a box. */
  public static Pgd of(ThreatModel threat, Walk walk, long seed) {
    return new Pgd(threat, Aim.TRUE_LABEL, AttackLoss.COST, threat.box().limits(), walk, seed);
  }

  @Override
  public String name() {
    return walk.momentum() > 0 ? "mim" : walk.randomStart() ? "pgd" : "bim";
  }

  @Override
  public boolean clips() {
    return clip;
  }

  @Override
  public Pgd withEpsilon(double epsilon) {
    return new Pgd(threat.withEpsilon(epsilon), aim, loss, clip, walk, seed);
  }

  public Pgd withWalk(Walk other) {
    return new Pgd(threat, aim, loss, clip, other, seed);
  }

  @Override
  public String describe() {
    return Attack.super.describe() + " loss=%s %s seed=%d".formatted(loss.word(), walk, seed);
  }

  @Override
  public void craft(Batch batch) {
    ActiveSet active = batch.scratch(ActiveSet.class, ActiveSet::new);
    PgdMoves moves = batch.scratch(PgdMoves.class, PgdMoves::new);
    active.open(batch, aim, walk.untilBroken());
    for (int restart = 0; restart < walk.restarts() && active.begin(); restart++) {
      moves.start(this, active, restart);
      int step = 0;
      while (active.visit(loss, restart * walk.steps() + step) && step < walk.steps()) {
        moves.step(this, active);
        active.shrink();
        step++;
      }
    }
  }
}
