package advx.nn.io;

import advx.engine.InputException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a file whole or not at all, also when the machine stops in the middle: under a temporary
 * name in the same folder, forced to the disk, then moved over the target in one step.
 *
 * <p>A temporary name is {@code .name.PID.N.tmp}. A process that dies leaves its file behind;
 * {@link #sweep} removes what belongs to no process that still runs.
 */
public final class AtomicFile {
  private static final Pattern TEMPORARY = Pattern.compile("\\..+\\.(\\d{1,18})\\.\\d+\\.tmp");
  private static final AtomicInteger COUNTER = new AtomicInteger();
  private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();

  private AtomicFile() {}

  /** What writes the content; the stream is buffered and closed by the caller. */
  @FunctionalInterface
  public interface Writer {
    void write(OutputStream out) throws IOException;
  }

  /**
   * Writes the target, creating the folders above it; a link is followed, and a device or pipe is
   * written directly. If anything fails, the temporary file is deleted and an older target stays as
   * it was.
   *
   * @throws InputException with a sentence that says what could not be written, why, and what to do
   */
  public static void write(Path target, Writer body) {
    write(target, body, out -> out);
  }

  /** As above; {@code device} stands between the buffer and the file, for tests of full disks. */
  static void write(Path target, Writer body, UnaryOperator<OutputStream> device) {
    Path absolute = followLinks(target);
    Path folder = absolute.getParent();
    if (folder == null || Files.isDirectory(absolute)) {
      throw new InputException(
          "Cannot write " + target + ": there is a folder of that name; choose another name.");
    }
    if (isDevice(absolute)) {
      writeToDevice(target, body, device);
      return;
    }
    createFolders(folder);
    long pid = ProcessHandle.current().pid();
    Path temporary =
        folder.resolve(
            ".%s.%d.%d.tmp".formatted(absolute.getFileName(), pid, COUNTER.getAndIncrement()));
    IN_USE.add(temporary);
    boolean done = false;
    try {
      writeAndForce(temporary, body, device);
      Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE);
      done = true;
      forceFolder(folder);
    } catch (IOException e) {
      throw FileErrors.cannotWrite(target, e);
    } finally {
      if (!done) {
        deleteQuietly(temporary);
      }
      IN_USE.remove(temporary);
    }
  }

  /** A link stays a link: the file that it names is replaced. */
  private static Path followLinks(Path target) {
    try {
      return target.toRealPath();
    } catch (IOException e) {
      return target.toAbsolutePath().normalize();
    }
  }

  private static boolean isDevice(Path path) {
    return Files.exists(path) && !Files.isRegularFile(path);
  }

  /** A terminal, a pipe or /dev/full is no file that could be replaced. */
  private static void writeToDevice(Path target, Writer body, UnaryOperator<OutputStream> device) {
    try (OutputStream out =
        new BufferedOutputStream(device.apply(Files.newOutputStream(target)), 1 << 16)) {
      body.write(out);
    } catch (IOException e) {
      throw FileErrors.cannotWrite(target, e);
    }
  }

  private static void writeAndForce(Path temporary, Writer body, UnaryOperator<OutputStream> device)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      OutputStream out =
          new BufferedOutputStream(device.apply(Channels.newOutputStream(channel)), 1 << 16);
      body.write(out);
      out.flush();
      channel.force(true);
    }
  }

  /** Makes the new name itself durable; Windows cannot open a folder, and needs no such step. */
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The content is already on the disk; only the time at which the name gets there is unknown.
      return;
    }
  }

  /**
   * Creates a folder and those above it where they are missing.
   *
   * @throws InputException if a part of the path is a regular file, or permission is missing
   */
  public static void createFolders(Path folder) {
    Path existing = folder.toAbsolutePath().normalize();
    while (existing != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
      existing = existing.getParent();
    }
    if (existing != null && !Files.isDirectory(existing)) {
      throw new InputException(
          "Cannot create the folder %s: %s is not a folder; choose another path or remove that file."
              .formatted(folder, existing));
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw FileErrors.cannotWrite(folder, e);
    }
  }

  /**
   * Removes the temporary files of dead processes from a folder that this process alone writes to.
   * A file is kept if its process runs and began before the file was last written; what cannot be
   * deleted stays.
   */
  public static void sweep(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*.tmp")) {
      for (Path file : files) {
        Matcher name = TEMPORARY.matcher(file.getFileName().toString());
        if (name.matches() && isLeftOver(file, Long.parseLong(name.group(1)))) {
          deleteQuietly(file);
        }
      }
    } catch (IOException e) {
      throw FileErrors.cannotRead(folder, e);
    }
  }

  /** A process number may have been given to another process since: then the file is older. */
  private static boolean isLeftOver(Path file, long pid) throws IOException {
    if (pid == ProcessHandle.current().pid()) {
      return !IN_USE.contains(file.toAbsolutePath().normalize());
    }
    var started = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    if (started.isEmpty()) {
      return true;
    }
    var since = started.get().info().startInstant();
    return since.isPresent() && Files.getLastModifiedTime(file).toInstant().isBefore(since.get());
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The next sweep tries again.
      return;
    }
  }
}
