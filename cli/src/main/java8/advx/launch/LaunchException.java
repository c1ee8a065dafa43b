package advx.launch;

/** The program cannot be started; the message is the whole sentence for the user. */
final class LaunchException extends Exception {
  private static final long serialVersionUID = 1L;

  LaunchException(String message) {
    super(message);
  }
}
