package advx.cli.rows;

import advx.cli.result.RowResult;

/** Measures a row, or notes by name that data which it needs are not here. */
public final class Measuring {
  private Measuring() {}

  /** The row's result on the session's data; skipped if they are missing. */
  public static RowResult measure(Row row, Session session) {
    try {
      return row.run(session);
    } catch (MissingDataException e) {
      return Findings.skipped(row, session, e.getMessage());
    }
  }
}
