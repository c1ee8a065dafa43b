package advx.nn.data;

import advx.engine.InputException;
import advx.nn.io.AtomicFile;
import advx.nn.io.Checksums;
import advx.nn.io.FileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches files from the first of several mirrors that has them.
 *
 * <p>What has arrived is kept in {@code name.part} and continued from there, on another mirror or
 * at the next start (the Range header of HTTP). The file gets its name only once its length and its
 * published checksum are right. Every wait has a time-out; a mirror that cannot be reached is not
 * asked again.
 *
 * <p>{@link HttpURLConnection} because it can limit every single read; java.net.http limits only
 * the wait for the first byte.
 */
public final class Downloader {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration READ = Duration.ofSeconds(8);

  /** A mirror that delivers some bytes and breaks off is asked again so often. */
  private static final int CUTS = 5;

  /** One file as its publisher describes it. */
  public record RemoteFile(String name, long bytes, String md5) {}

  /** Is told of every piece that arrives. */
  @FunctionalInterface
  public interface Progress {
    void arrived(String file, long bytes, long of);
  }

  private final List<URI> mirrors;
  private final Progress progress;
  private final int connectMillis;
  private final int readMillis;

  /** Mirrors are folders; each address ends with a slash. */
  public Downloader(List<URI> mirrors, Progress progress) {
    this(mirrors, progress, CONNECT, READ);
  }

  Downloader(List<URI> mirrors, Progress progress, Duration connect, Duration read) {
    this.mirrors = new ArrayList<>(mirrors);
    this.progress = progress;
    this.connectMillis = Math.toIntExact(connect.toMillis());
    this.readMillis = Math.toIntExact(read.toMillis());
  }

  /**
   * Puts a file into a folder, unless it is there already with the right checksum.
   *
   * @throws InputException with a sentence that says what each mirror answered
   */
  public void fetch(RemoteFile file, Path folder) {
    Path target = folder.resolve(file.name());
    if (Files.isRegularFile(target) && Checksums.md5(target).equals(file.md5())) {
      return;
    }
    AtomicFile.createFolders(folder);
    Path part = folder.resolve(file.name() + ".part");
    try {
      fetchInto(part, file);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw FileErrors.cannotWrite(target, e);
    }
  }

  private void fetchInto(Path part, RemoteFile file) throws IOException {
    var problems = new ArrayList<String>();
    try (FileChannel out =
            FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = lock(out)) {
      if (lock == null) {
        throw new InputException(
            "Cannot download %s: another process is writing %s; wait until it is done."
                .formatted(file.name(), part));
      }
      for (URI mirror : List.copyOf(mirrors)) {
        String problem = fetchFrom(mirror, file, part, out);
        if (problem == null) {
          out.force(true);
          return;
        }
        problems.add(mirror.getHost() + " " + problem);
      }
    }
    if (Files.size(part) == 0) {
      Files.delete(part);
    }
    throw new InputException(
        "Cannot download %s: %s; check the network, or put the file into %s yourself."
            .formatted(
                file.name(),
                problems.isEmpty() ? "no mirror can be reached" : String.join(", ", problems),
                part.toAbsolutePath().getParent()));
  }

  private static java.nio.channels.FileLock lock(FileChannel out) throws IOException {
    try {
      return out.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Null once the whole file is there, else what went wrong with this mirror. */
  private String fetchFrom(URI mirror, RemoteFile file, Path part, FileChannel out)
      throws IOException {
    String problem = null;
    for (int attempt = 0; attempt < CUTS; attempt++) {
      if (out.size() > file.bytes()) {
        out.truncate(0);
      }
      long before = out.size();
      if (before < file.bytes()) {
        problem = transfer(mirror, file, out);
      }
      if (out.size() == file.bytes()) {
        if (Checksums.md5(part).equals(file.md5())) {
          return null;
        }
        out.truncate(0);
        problem = "sends a file with a wrong checksum";
        if (before == 0) {
          return problem;
        }
      } else if (out.size() <= before) {
        return problem;
      }
    }
    return problem;
  }

  /** Appends what the mirror sends; null if the connection ended as it should. */
  private String transfer(URI mirror, RemoteFile file, FileChannel out) throws IOException {
    HttpURLConnection http = open(mirror.resolve(file.name()));
    long have = out.size();
    if (have > 0) {
      http.setRequestProperty("Range", "bytes=" + have + "-");
    }
    try {
      int status = connect(http);
      boolean continues =
          status == HttpURLConnection.HTTP_PARTIAL
              && String.valueOf(http.getHeaderField("Content-Range"))
                  .startsWith("bytes " + have + "-");
      if (!continues && status != HttpURLConnection.HTTP_OK) {
        return "answers " + status;
      }
      out.truncate(continues ? have : 0);
      return copy(http, file, out);
    } catch (java.net.SocketTimeoutException | TimeoutException e) {
      mirrors.remove(mirror);
      return "does not answer in time";
    } catch (UnknownHostException e) {
      mirrors.remove(mirror);
      return "is not known to this network";
    } catch (java.net.ConnectException | java.net.NoRouteToHostException e) {
      mirrors.remove(mirror);
      return "refuses the connection";
    } catch (MirrorException e) {
      return "breaks off (" + e.getMessage() + ")";
    } finally {
      http.disconnect();
    }
  }

  private HttpURLConnection open(URI address) throws IOException {
    var http = (HttpURLConnection) address.toURL().openConnection();
    http.setConnectTimeout(connectMillis);
    http.setReadTimeout(readMillis);
    http.setRequestProperty("User-Agent", "advx");
    http.setRequestProperty("Accept-Encoding", "identity");
    return http;
  }

  /** The status. On a thread of its own, since looking up a host's name has no time-out. */
  private int connect(HttpURLConnection http) throws IOException, TimeoutException {
    var status = new FutureTask<>(http::getResponseCode);
    Thread.ofPlatform().daemon().name("advx-connect").start(status);
    try {
      return status.get(connectMillis + (long) readMillis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw isAboutTheWay(cause) ? cause : new MirrorException(cause);
      }
      throw new MirrorException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimeoutException();
    }
  }

  private static boolean isAboutTheWay(IOException e) {
    return Set.of(
            java.net.SocketTimeoutException.class,
            UnknownHostException.class,
            java.net.ConnectException.class,
            java.net.NoRouteToHostException.class)
        .contains(e.getClass());
  }

  private String copy(HttpURLConnection http, RemoteFile file, FileChannel out) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long at = out.size();
    try (InputStream in = stream(http)) {
      for (int n = read(in, buffer); n >= 0; n = read(in, buffer)) {
        ByteBuffer piece = ByteBuffer.wrap(buffer, 0, n);
        while (piece.hasRemaining()) {
          at += out.write(piece, at);
        }
        progress.arrived(file.name(), at, file.bytes());
        if (at > file.bytes()) {
          out.truncate(0);
          return "sends more than the file's %d bytes".formatted(file.bytes());
        }
      }
    }
    return at == file.bytes() ? null : "breaks off after %d bytes".formatted(at);
  }

  private static InputStream stream(HttpURLConnection http) throws MirrorException {
    try {
      return http.getInputStream();
    } catch (IOException e) {
      throw new MirrorException(e);
    }
  }

  /** Keeps the network's failures apart from the disk's. */
  private static int read(InputStream in, byte[] buffer) throws IOException {
    try {
      return in.read(buffer);
    } catch (java.net.SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      throw new MirrorException(e);
    }
  }

  /** The connection failed, not the disk. */
  private static final class MirrorException extends IOException {
    private static final long serialVersionUID = 1L;

    MirrorException(Throwable cause) {
      super(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    }
  }
}
