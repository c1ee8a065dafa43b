package advx.cli.rows;

import advx.engine.InputException;

/**
 * Says that a data set other than the run's own is not here, and where it was looked for. The row
 * that needs it then stands among the results as skipped, with this sentence.
 */
public final class MissingDataException extends InputException {
  private static final long serialVersionUID = 1L;

  public MissingDataException(String sentence) {
    super(sentence);
  }
}
