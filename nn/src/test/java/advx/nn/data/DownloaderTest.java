package advx.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import advx.engine.InputException;
import advx.nn.data.Downloader.RemoteFile;
import advx.nn.io.Checksums;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a server on the loopback interface that misbehaves in all the ways that servers do. */
@Timeout(60)
class DownloaderTest {
  /** Parts of a name have at most 63 letters: refused without asking any network. */
  static final String NO_HOST = "a".repeat(64) + ".invalid";

  /** Longer than a loaded machine takes to answer. */
  private static final Duration PATIENT = Duration.ofSeconds(30);

  /** For servers that will not. */
  private static final Duration IMPATIENT = Duration.ofSeconds(2);

  @TempDir Path folder;
  private final byte[] content = new byte[300_000];
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch end = new CountDownLatch(1);
  private RemoteFile file;
  private HttpServer server;
  private ExecutorService threads;

  @BeforeEach
  void start() throws IOException {
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31 + i / 251);
    }
    Path original = Files.write(folder.resolve("original"), content);
    file = new RemoteFile("digits.gz", content.length, Checksums.md5(original));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    serve("/good/", exchange -> send(exchange, content, true, content.length));
    serve("/norange/", exchange -> send(exchange, content, false, content.length));
    serve("/cut/", exchange -> send(exchange, content, true, 100_000));
    serve("/wrong/", exchange -> send(exchange, new byte[content.length], true, content.length));
    serve("/long/", exchange -> send(exchange, new byte[400_000], true, 400_000));
    serve("/absent/", exchange -> exchange.sendResponseHeaders(404, -1));
    serve("/stalls/", this::stall);
    serve("/silent/", exchange -> await());
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void fetchesAndReportsProgress() throws IOException {
    var seen = new ArrayList<Long>();
    new Downloader(
            mirrors("good"),
            (name, bytes, of) -> {
              assertEquals("digits.gz", name);
              assertEquals(content.length, of);
              seen.add(bytes);
            })
        .fetch(file, folder);
    complete();
    assertEquals(content.length, seen.getLast());
    downloader("good").fetch(file, folder);
    assertEquals(1, requests.size(), "a file that is there and right is not fetched again");
  }

  @Test
  void goesOnAfterACutConnection() throws IOException {
    downloader("cut").fetch(file, folder);
    complete();
    assertEquals(List.of("/cut/ null", "/cut/ bytes=100000-", "/cut/ bytes=200000-"), requests);
  }

  @Test
  void goesOnWithWhatAnEarlierRunLeft() throws IOException {
    Files.write(folder.resolve("digits.gz.part"), Arrays.copyOf(content, 123));
    downloader("good").fetch(file, folder);
    complete();
    assertEquals(List.of("/good/ bytes=123-"), requests);
  }

  @Test
  void startsAgainIfTheServerCannotContinue() throws IOException {
    Files.write(folder.resolve("digits.gz.part"), Arrays.copyOf(content, 123));
    downloader("norange").fetch(file, folder);
    complete();
  }

  @Test
  void startsAgainIfWhatWasLeftIsWrong() throws IOException {
    Files.write(folder.resolve("digits.gz.part"), new byte[123]);
    downloader("good").fetch(file, folder);
    complete();
    assertEquals(List.of("/good/ bytes=123-", "/good/ null"), requests);
    Files.delete(folder.resolve("digits.gz"));
    Files.write(folder.resolve("digits.gz.part"), new byte[content.length + 1]);
    downloader("good").fetch(file, folder);
    complete();
  }

  @Test
  void asksTheNextMirrorAndContinuesThere() throws IOException {
    downloader(mirrors("absent", "wrong", "long", "stalls", "good"), IMPATIENT).fetch(file, folder);
    complete();
    assertEquals("/good/ bytes=1000-", requests.getLast());
  }

  @Test
  void refusesAndRemovesAFileWithAWrongChecksum() throws IOException {
    var e = assertThrows(InputException.class, () -> downloader("wrong").fetch(file, folder));
    assertEquals(
        ("Cannot download digits.gz: 127.0.0.1 sends a file with a wrong checksum; check the"
                + " network, or put the file into %s yourself.")
            .formatted(folder),
        e.getMessage());
    assertEquals(List.of("original"), names());
  }

  @Test
  void replacesADamagedFile() throws IOException {
    Files.write(folder.resolve("digits.gz"), new byte[7]);
    downloader("good").fetch(file, folder);
    complete();
  }

  @Test
  void givesUpOnAServerThatStallsOrSaysNothing() throws IOException {
    var e =
        assertThrows(
            InputException.class,
            () -> downloader(mirrors("silent", "stalls"), IMPATIENT).fetch(file, folder));
    assertTrue(
        e.getMessage()
            .contains(
                "127.0.0.1 does not answer in time, 127.0.0.1 does not answer in time; check"),
        e.getMessage());
    assertEquals(List.of("digits.gz.part", "original"), names());
  }

  @Test
  void saysWhatEachMirrorAnsweredAndAsksNoUnreachableOneAgain() throws IOException {
    int closedPort;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closedPort = socket.getLocalPort();
    }
    var mirrors = new ArrayList<>(mirrors("absent"));
    mirrors.addFirst(URI.create("http://127.0.0.1:" + closedPort + "/"));
    mirrors.addFirst(URI.create("http://" + NO_HOST + "/"));
    var downloader = downloader(mirrors, PATIENT);
    var e = assertThrows(InputException.class, () -> downloader.fetch(file, folder));
    assertEquals(
        ("Cannot download digits.gz: %s is not known to this network, 127.0.0.1 refuses"
                + " the connection, 127.0.0.1 answers 404; check the network, or put the file into"
                + " %s yourself.")
            .formatted(NO_HOST, folder),
        e.getMessage());
    e = assertThrows(InputException.class, () -> downloader.fetch(file, folder));
    assertTrue(
        e.getMessage().startsWith("Cannot download digits.gz: 127.0.0.1 answers 404; check"));
    assertEquals(List.of("original"), names());
  }

  @Test
  void leavesAFileAloneThatAnotherProcessWrites() throws IOException {
    Path part = folder.resolve("digits.gz.part");
    try (var out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = out.lock()) {
      assertTrue(lock.isValid());
      var e = assertThrows(InputException.class, () -> downloader("good").fetch(file, folder));
      assertTrue(e.getMessage().contains("another process is writing " + part), e.getMessage());
    }
    assertFalse(Files.exists(folder.resolve("digits.gz")));
  }

  private void complete() throws IOException {
    assertArrayEquals(content, Files.readAllBytes(folder.resolve("digits.gz")));
    assertEquals(List.of("digits.gz", "original"), names());
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  private List<URI> mirrors(String... paths) {
    return Arrays.stream(paths)
        .map(
            path ->
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + path + "/"))
        .toList();
  }

  private Downloader downloader(String... paths) {
    return downloader(mirrors(paths), PATIENT);
  }

  private static Downloader downloader(List<URI> mirrors, Duration read) {
    return new Downloader(mirrors, (name, bytes, of) -> {}, Duration.ofSeconds(10), read);
  }

  private interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  private void serve(String path, Handler handler) {
    server.createContext(
        path,
        exchange -> {
          requests.add(path + " " + exchange.getRequestHeaders().getFirst("Range"));
          try (exchange) {
            handler.handle(exchange);
          }
        });
  }

  /** Sends at most {@code most} bytes, then cuts the connection. */
  private static void send(HttpExchange exchange, byte[] all, boolean ranges, int most)
      throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = 0;
    int status = 200;
    if (ranges && range != null) {
      from = Integer.parseInt(range.replaceAll("\\D", ""));
      status = 206;
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, all.length - 1, all.length));
    }
    exchange.sendResponseHeaders(status, all.length - from);
    exchange.getResponseBody().write(all, from, Math.min(most, all.length - from));
    exchange.getResponseBody().flush();
  }

  private void stall(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, content.length);
    exchange.getResponseBody().write(content, 0, 1000);
    exchange.getResponseBody().flush();
    await();
  }

  private void await() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
