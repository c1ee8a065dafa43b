package advx.peers.run;

/** A peer that cannot be had, or has left; its message is the reason that the table prints. */
public final class Unavailable extends Exception {
  private static final long serialVersionUID = 1;

  Unavailable(String reason) {
    super(reason);
  }
}
