package advx.peers.work;

import java.io.IOException;
import java.util.Map;

/** A library that does the subjects. Its constructor takes a {@link Setup}. */
public interface Peer extends AutoCloseable {
  /** Versions and settings as the library itself reports them, shown beside the figures. */
  Map<String, String> describe() throws IOException;

  /**
   * Makes a subject ready.
   *
   * @throws UnsupportedOperationException with the reason, if the peer cannot do it
   */
  Work work(Subject subject);

  /**
   * A limit of the machine, measured now: {@code peak} in GFLOP/s or {@code memory} in GB/s.
   *
   * @throws UnsupportedOperationException if the peer has no such measure
   */
  default double limit(String name) {
    throw new UnsupportedOperationException("no measure of " + name);
  }

  @Override
  default void close() {}
}
