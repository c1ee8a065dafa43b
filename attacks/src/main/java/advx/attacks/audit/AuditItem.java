package advx.attacks.audit;

import java.util.Locale;

/**
 * One question that an evaluation has to stand, and its answer.
 *
 * @param name in a few words
 * @param figures what was measured, in one line
 */
public record AuditItem(String name, Outcome outcome, String figures) {
  /** How it came out. */
  public enum Outcome {
    PASS,
    FAIL,
    /** Worth knowing, but no rule decides it for this model. */
    NOTE
  }

  static AuditItem of(String name, boolean passed, String figures) {
    return new AuditItem(name, passed ? Outcome.PASS : Outcome.FAIL, figures);
  }

  static AuditItem note(String name, String figures) {
    return new AuditItem(name, Outcome.NOTE, figures);
  }

  public boolean failed() {
    return outcome == Outcome.FAIL;
  }

  /** {@code pass noise is not stronger: …}. */
  @Override
  public String toString() {
    return "%-4s  %s: %s".formatted(outcome.name().toLowerCase(Locale.ROOT), name, figures);
  }
}
