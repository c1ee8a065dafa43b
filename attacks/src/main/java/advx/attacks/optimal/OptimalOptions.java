package advx.attacks.optimal;

import advx.attacks.DeepFool;
import advx.engine.InputException;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Settings of the attacks that look for the smallest perturbation, each of which may be left to the
 * attack.
 *
 * @param iterations at most: of Adam for each c, or of DeepFool
 * @param searches how many c are tried
 * @param constant the c that is tried first
 * @param points of OPTMARGIN, the image itself included
 * @param rms how far they are from it
 */
public record OptimalOptions(
    OptionalDouble kappa,
    OptionalInt iterations,
    OptionalDouble rate,
    OptionalInt searches,
    OptionalDouble constant,
    OptionalInt points,
    OptionalDouble rms,
    OptionalDouble overshoot,
    Quirks quirks) {
  public static final OptimalOptions USUAL =
      new OptimalOptions(
          OptionalDouble.empty(),
          OptionalInt.empty(),
          OptionalDouble.empty(),
          OptionalInt.empty(),
          OptionalDouble.empty(),
          OptionalInt.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          Quirks.NONE);

  /** The attack with what is set here. */
  public CarliniWagner on(CarliniWagner usual) {
    refuse(overshoot.isPresent(), usual.name(), "overshoot: that is deepfool");
    boolean around = points.isPresent() || rms.isPresent();
    boolean margin = usual.kind() == CarliniWagner.Kind.OPTMARGIN;
    refuse(around && !margin, usual.name(), "points around the image: that is optmargin");
    Search s = usual.search();
    MarginPoints p = usual.points();
    return usual
        .withKappa(kappa.orElse(usual.kappa()))
        .withSearch(
            new Search(
                rate.orElse(s.rate()),
                iterations.orElse(s.iterations()),
                searches.orElse(s.steps()),
                constant.orElse(s.first()),
                s.abortEarly()))
        .withPoints(new MarginPoints(points.orElse(p.count()), rms.orElse(p.rms())))
        .withQuirks(quirks);
  }

  /** The attack with what is set here. */
  public DeepFool on(DeepFool usual) {
    boolean others =
        kappa.isPresent()
            || rate.isPresent()
            || searches.isPresent()
            || constant.isPresent()
            || points.isPresent()
            || rms.isPresent()
            || !quirks.equals(Quirks.NONE);
    refuse(others, usual.name(), "settings but an overshoot and iterations");
    return usual
        .withOvershoot(overshoot.orElse(usual.overshoot()))
        .withSteps(iterations.orElse(usual.steps()));
  }

  private static void refuse(boolean given, String name, String what) {
    if (given) {
      throw new InputException("The attack %s takes no %s.".formatted(name, what));
    }
  }
}
