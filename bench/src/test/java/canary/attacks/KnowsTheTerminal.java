package canary.attacks;

/** An attack that prints, and knows a command. */
public final class KnowsTheTerminal {
  /** A command. */
  public Object command() {
    System.out.println("attacking");
    return new canary.cli.KnowsBenchmarks();
  }
}
