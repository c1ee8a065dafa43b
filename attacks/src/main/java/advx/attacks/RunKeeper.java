package advx.attacks;

/**
 * Where a long run keeps what it has done, so that it can be killed at any moment and go on with
 * the same bits, and whom it tells how far it is. What is kept is found again by its name, so a
 * keeper serves one run: the same attacks, model and samples.
 */
public interface RunKeeper {
  /** What was kept under this name, or null. */
  byte[] read(String name);

  /** Keeps bytes under a name, whole or not at all, in place of what was there. */
  void write(String name, byte[] bytes);

  /** Whether it is time to keep work that is not finished. */
  boolean due();

  /** Told now and then: the share of all work that is done, as far as one can tell; 0 to 1. */
  void progress(double share);
}
