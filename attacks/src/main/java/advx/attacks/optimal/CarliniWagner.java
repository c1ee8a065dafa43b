package advx.attacks.optimal;

import advx.attacks.Aim;
import advx.attacks.Attack;
import advx.attacks.Batch;
import advx.attacks.Box;
import advx.attacks.ThreatModel;
import advx.engine.InputException;
import java.util.Locale;

/**
 * The attack of Carlini and Wagner in L2, and what was built on it: Adam looks for the image that
 * minimises
 *
 * <pre>
 *  ‖x' − x‖² + c·Σₚ max(−κ, −aₚ)        x' = middle + half·tanh w
 *
 *  aₚ = max {z[j] : j ≠ label} − z[label]        at the point x' + vₚ, away from a label
 *  aₚ = z[target] − max {z[j] : j ≠ target}      towards a class
 * </pre>
 *
 * <p>and a binary search, for each sample, the smallest c whose optimum succeeds (Carlini, Wagner:
 * Towards Evaluating the Robustness of Neural Networks, 2017, §V; He, Li, Song: Decision Boundary
 * Analysis of Adversarial Examples, 2018, §3). An image succeeds if every aₚ is κ or more; of all
 * images on the way, over all c, the nearest one that succeeds counts, never simply the last.
 * Distances are measured in widths of the box, so that c means the same for pixels from 0 to 1 and
 * from 0 to 255.
 *
 * <p>A sample that reaches the aim when clean stays as it is. One for which nothing succeeds, or
 * nothing within the budget, stays as it is too: there is no second best. Without success no
 * perturbed input is handed out, so a fooled sample is one whose margin is what was asked for.
 *
 * <p>Samples go their own ways: each has its own c, its own Adam, its own early end ({@link
 * Search}). Whoever is done makes room for the next. The points vₚ are the same for all samples.
 *
 * @param kind what it is called
 * @param kappa κ, by how much the aimed logit has to lead
 * @param points v₁ … vₚ, the last of them 0
 * @param seed of the points' directions
 */
public record CarliniWagner(
    Kind kind,
    ThreatModel threat,
    Aim aim,
    double kappa,
    MarginPoints points,
    Search search,
    Quirks quirks,
    long seed)
    implements Attack {
  /** The names under which it is known. */
  public enum Kind {
    /** As Carlini and Wagner published it. */
    CW,
    /** One point, κ 0: the nearest image that fools the model, by a hair. */
    OPTBRITTLE,
    /** One point, κ 40: an image that fools it with high confidence. */
    OPTSTRONG,
    /** An image that fools it with all its neighbours. */
    OPTMARGIN
  }

  /** κ of OPTSTRONG. */
  public static final double STRONG = 40;

  /** Boxes up to this width are those of pixels from 0 to 1. */
  private static final float NARROW = 4;

  public CarliniWagner {
    TanhBox.check(kind.name().toLowerCase(Locale.ROOT), threat.box());
    if (!(kappa >= 0 && kappa <= Float.MAX_VALUE)) {
      throw new InputException(
          "Kappa is %s, but it is the lead that the aimed logit has to have: give a number from 0 up."
              .formatted(kappa));
    }
  }

  /**
   * With the usual settings: those of He, Li and Song for OPT*, on MNIST where the box is narrow
   * and on CIFAR-10 where it is wide.
   */
  public static CarliniWagner of(Kind kind, ThreatModel threat, Aim aim, long seed) {
    boolean narrow = threat.box().high() - threat.box().low() <= NARROW;
    return new CarliniWagner(
        kind,
        threat,
        aim,
        kind == Kind.OPTSTRONG ? STRONG : 0,
        kind != Kind.OPTMARGIN
            ? MarginPoints.ALONE
            : narrow ? MarginPoints.MNIST : MarginPoints.CIFAR,
        kind == Kind.CW ? Search.USUAL : narrow ? Search.MNIST : Search.CIFAR,
        Quirks.NONE,
        seed);
  }

  @Override
  public String name() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** Always: the variable knows no other images. */
  @Override
  public boolean clips() {
    return true;
  }

  @Override
  public CarliniWagner withEpsilon(double epsilon) {
    return new CarliniWagner(
        kind, threat.withEpsilon(epsilon), aim, kappa, points, search, quirks, seed);
  }

  public CarliniWagner withKappa(double other) {
    return new CarliniWagner(kind, threat, aim, other, points, search, quirks, seed);
  }

  public CarliniWagner withPoints(MarginPoints other) {
    return new CarliniWagner(kind, threat, aim, kappa, other, search, quirks, seed);
  }

  public CarliniWagner withSearch(Search other) {
    return new CarliniWagner(kind, threat, aim, kappa, points, other, quirks, seed);
  }

  public CarliniWagner withQuirks(Quirks other) {
    return new CarliniWagner(kind, threat, aim, kappa, points, search, other, seed);
  }

  /** The box that points around an image are clipped to. */
  public Box pointBox() {
    return quirks.pointsOutside() ? Box.NONE : threat.box();
  }

  @Override
  public boolean minimal() {
    return true;
  }

  @Override
  public String describe() {
    return Attack.super.describe()
        + " kappa=%s %s %s %s seed=%d".formatted(kappa, points, search, quirks, seed);
  }

  @Override
  public void craft(Batch batch) {
    batch.scratch(MarginSearch.class, MarginSearch::new).run(this, batch);
  }
}
