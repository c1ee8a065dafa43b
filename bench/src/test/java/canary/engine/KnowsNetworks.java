package canary.engine;

/** An engine that knows a network. */
public final class KnowsNetworks {
  /** A network. */
  public Object network() {
    return new canary.nn.KnowsAttacks();
  }
}
