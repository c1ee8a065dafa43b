package advx.attacks;

import advx.engine.InputException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The attacks that can be asked for by name: one line each. */
public final class AttackTable {
  /**
   * What is set for every attack; an attack reads what concerns it.
   *
   * @param clip whether to keep to the threat model's box
   */
  public record Options(Aim aim, AttackLoss loss, boolean clip, long seed) {
    /** The papers' choices: true label, the model's cost, no clipping. */
    public static final Options PAPER = new Options(Aim.TRUE_LABEL, AttackLoss.COST, false, 0);
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
              Map.entry("noise", (t, o) -> new RandomNoise(t, o.clip(), o.seed()))));

  private AttackTable() {}

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
