package advx.nn;

import advx.engine.Tensor;
import advx.nn.io.Checksums;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * A trained network and how it came about.
 *
 * @param history one entry an epoch
 * @param keptEpoch the epoch whose weights these are
 */
public record Trained(Network network, List<Epoch> history, int keptEpoch) {
  /** The SHA-256 over names and bits of all weights: one flipped bit changes it. */
  public String fingerprint() {
    return fingerprint(network);
  }

  /** The same for any network. */
  public static String fingerprint(Network network) {
    MessageDigest digest = Checksums.sha256();
    for (Parameter p : network.parameters()) {
      digest.update((p.name() + p.value().shapeString()).getBytes(StandardCharsets.UTF_8));
      digest.update(bytes(p.value()));
    }
    return Checksums.hex(digest.digest());
  }

  private static byte[] bytes(Tensor t) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * t.size()).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(t.data());
    return buffer.array();
  }
}
