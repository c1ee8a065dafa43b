package advx.nn.io;

import advx.engine.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A file that this program writes for itself, to go on from later: its bytes, then their SHA-256.
 * What a disk or a copy has damaged is told apart from what was kept.
 */
public final class SealedFile {
  private static final int SEAL = 32;

  private SealedFile() {}

  /** Writes the bytes and their seal, whole or not at all ({@link AtomicFile}). */
  public static void write(Path file, byte[] bytes) {
    byte[] seal = Checksums.sha256().digest(bytes);
    AtomicFile.write(
        file,
        out -> {
          out.write(bytes);
          out.write(seal);
        });
  }

  /**
   * The bytes that were written, or null if there is no such file.
   *
   * @throws InputException if the file is not as it was written
   */
  public static byte[] read(Path file) {
    if (!Files.isRegularFile(file)) {
      return null;
    }
    byte[] all;
    try {
      all = Files.readAllBytes(file);
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
    int length = Math.max(0, all.length - SEAL);
    byte[] bytes = Arrays.copyOf(all, length);
    byte[] seal = Arrays.copyOfRange(all, length, all.length);
    if (!MessageDigest.isEqual(seal, Checksums.sha256().digest(bytes))) {
      throw new InputException(
          "%s is damaged: its %d bytes do not match their checksum; delete it, and its content is computed again."
              .formatted(file, all.length));
    }
    return bytes;
  }
}
