package advx.attacks;

import advx.attacks.optimal.CarliniWagner;
import advx.attacks.optimal.CarliniWagner.Kind;
import advx.attacks.optimal.OptimalOptions;
import advx.engine.InputException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The attacks that can be asked for by name: one line each. */
public final class AttackTable {
  /**
   * What is set for every attack; an attack reads what concerns it.
   *
   * @param clip whether to keep to the threat model's box
   * @param walk how an attack of many steps goes, where it is not to go as it usually does
   * @param optimal the same of attacks that look for the smallest perturbation
   */
  public record Options(
      Aim aim, AttackLoss loss, boolean clip, long seed, WalkOptions walk, OptimalOptions optimal) {
    /** The papers' choices: true label, the model's cost, no clipping. */
    public static final Options PAPER = new Options(Aim.TRUE_LABEL, AttackLoss.COST, false, 0);

    /** Attacks of many steps go as they usually do. */
    public Options(Aim aim, AttackLoss loss, boolean clip, long seed) {
      this(aim, loss, clip, seed, WalkOptions.USUAL, OptimalOptions.USUAL);
    }
  }

  /**
   * Settings of a {@link Walk}, each of which may be left to the attack.
   *
   * @param size of a step, in the data's own units
   */
  public record WalkOptions(
      OptionalInt count, OptionalDouble size, OptionalInt restarts, OptionalDouble momentum) {
    public static final WalkOptions USUAL =
        new WalkOptions(
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalInt.empty(),
            OptionalDouble.empty());

    private Walk pgd() {
      return set(Walk.pgd(count.orElse(Walk.STEPS), restarts.orElse(1)), "pgd");
    }

    private Walk bim() {
      refuse(restarts.isPresent(), "bim", "restarts, for it starts at the clean input");
      return set(Walk.bim(count.orElse(Walk.STEPS)), "bim");
    }

    private Walk mim() {
      refuse(restarts.isPresent(), "mim", "restarts, for it starts at the clean input");
      Walk usual = Walk.mim(count.orElse(Walk.STEPS));
      double kept = momentum.orElse(usual.momentum());
      refuse(kept == 0, "mim", "momentum 0: that is bim");
      return sized(usual.withMomentum(kept));
    }

    private Walk set(Walk usual, String name) {
      refuse(momentum.isPresent(), name, "momentum: that is mim");
      return sized(usual);
    }

    private Walk sized(Walk usual) {
      return size.isPresent() ? usual.withSize(StepSize.of(size.getAsDouble())) : usual;
    }

    private static void refuse(boolean given, String name, String what) {
      if (given) {
        throw new InputException("The attack %s takes no %s.".formatted(name, what));
      }
    }
  }

  /** Makes one attack. */
  @FunctionalInterface
  interface Maker {
    Attack make(ThreatModel threat, Options options);
  }

  private static final Map<String, Maker> TABLE =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("fgsm", (t, o) -> new Fgsm(t, o.aim(), o.loss(), o.clip())),
              Map.entry("pgd", (t, o) -> pgd(t, o, o.walk().pgd())),
              Map.entry("bim", (t, o) -> pgd(t, o, o.walk().bim())),
              Map.entry("mim", (t, o) -> pgd(t, o, o.walk().mim())),
              Map.entry("cw", (t, o) -> optimal(Kind.CW, t, o)),
              Map.entry("optbrittle", (t, o) -> optimal(Kind.OPTBRITTLE, t, o)),
              Map.entry("optstrong", (t, o) -> optimal(Kind.OPTSTRONG, t, o)),
              Map.entry("optmargin", (t, o) -> optimal(Kind.OPTMARGIN, t, o)),
              Map.entry("deepfool", AttackTable::deepFool),
              Map.entry(
                  "rotation", (t, o) -> new Rotation(t, Math.PI, o.aim(), o.loss(), o.clip())),
              Map.entry("onepixel", (t, o) -> OnePixel.of(t, o.aim(), o.seed())),
              Map.entry("noise", (t, o) -> new RandomNoise(t, o.clip(), o.seed()))));

  private AttackTable() {}

  private static Pgd pgd(ThreatModel threat, Options o, Walk walk) {
    return new Pgd(threat, o.aim(), o.loss(), o.clip(), walk, o.seed());
  }

  private static CarliniWagner optimal(Kind kind, ThreatModel threat, Options o) {
    return o.optimal().on(CarliniWagner.of(kind, threat, o.aim(), o.seed()));
  }

  private static DeepFool deepFool(ThreatModel threat, Options o) {
    return o.optimal()
        .on(new DeepFool(threat, o.aim(), o.clip(), DeepFool.OVERSHOOT, DeepFool.STEPS));
  }

  /** All names, in alphabetical order. */
  public static List<String> names() {
    return List.copyOf(TABLE.keySet());
  }

  /** The attack of this name. */
  public static Attack make(String name, ThreatModel threat, Options options) {
    Maker maker = TABLE.get(name);
    if (maker == null) {
      throw new InputException(
          "The attack '%s' is not known: give one of %s."
              .formatted(name, String.join(", ", TABLE.keySet())));
    }
    return maker.make(threat, options);
  }
}
