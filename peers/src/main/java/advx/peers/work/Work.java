package advx.peers.work;

/** A subject that a peer has made ready: all inputs loaded, all buffers made. */
public interface Work extends AutoCloseable {
  /** Does it once, completely: when it returns the result is there. */
  void call();

  /** What the calls so far have made, or an even sample of it, in the subject's order. */
  float[] result();

  /** Lets go of what lies outside the heap. */
  @Override
  default void close() {}
}
