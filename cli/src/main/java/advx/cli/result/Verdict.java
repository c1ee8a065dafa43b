package advx.cli.result;

/** What a row says about the paper, by its stated rule and nothing else. */
public enum Verdict {
  /** The claim is true here, and every compared figure lies within its tolerance. */
  MATCHES("matches"),
  /** The claim is true here, a figure differs. */
  HOLDS("holds"),
  /** The claim is not true here. */
  DIFFERS("differs"),
  /** Measured on data that the paper did not use. */
  NOT_COMPARABLE("not comparable"),
  /** Not measured: data that it needs are not here. */
  SKIPPED("skipped");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
