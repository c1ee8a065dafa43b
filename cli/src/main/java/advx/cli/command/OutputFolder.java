package advx.cli.command;

import advx.engine.InputException;
import advx.nn.io.AtomicFile;
import advx.nn.io.FileErrors;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folder that a run writes to, locked against a second run.
 *
 * <p>The lock is the operating system's, on the file {@code .lock}: it goes with the process, even
 * one that is killed; the file itself stays and means nothing.
 */
record OutputFolder(Path path, FileChannel channel) implements AutoCloseable {
  /** Creates the folder if need be, locks it, and removes what a killed run left half-written. */
  static OutputFolder open(Path path) {
    AtomicFile.createFolders(path);
    Path file = path.resolve(".lock");
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) != null) {
        AtomicFile.sweep(path);
        return new OutputFolder(path, channel);
      }
      channel.close();
    } catch (IOException e) {
      throw FileErrors.cannotWrite(file, e);
    }
    throw new InputException(
        "Another run is writing to %s: wait until it is done, or choose another folder with --out."
            .formatted(path));
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // by another run in this very process
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw FileErrors.cannotWrite(path.resolve(".lock"), e);
    }
  }
}
