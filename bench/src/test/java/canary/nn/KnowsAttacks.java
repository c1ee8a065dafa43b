package canary.nn;

import jdk.incubator.vector.FloatVector;

/** A network that knows an attack, and vectors. */
public final class KnowsAttacks {
  /** An attack. */
  public Object attack() {
    return new canary.attacks.KnowsTheTerminal();
  }

  /** Lanes. */
  public int lanes() {
    return FloatVector.SPECIES_PREFERRED.length();
  }
}
