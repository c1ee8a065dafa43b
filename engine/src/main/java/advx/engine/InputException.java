package advx.engine;

/**
 * Says in one sentence what was wrong with something a user gave, where, and what to do about it.
 * The message is the whole sentence; the command line prints it and ends with exit code 2.
 */
public class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InputException(String sentence) {
    super(sentence);
  }

  public InputException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
