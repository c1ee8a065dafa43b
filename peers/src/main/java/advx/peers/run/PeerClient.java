package advx.peers.run;

import advx.peers.work.PeerProcess;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A peer's process, seen from the harness. */
final class PeerClient implements AutoCloseable {
  private static final long ANSWER_SECONDS = 180;
  private static final long SETTLE_MILLIS = 50;
  private static final int SETTLE_TURNS = 20;

  private final Process process;
  private final BufferedWriter requests;
  private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();
  private final Path log;
  private final Map<String, String> settings = new TreeMap<>();

  /** Starts the process and waits until it is ready. */
  PeerClient(List<String> command, Map<String, String> environment, Path log)
      throws IOException, Unavailable, InterruptedException {
    this.log = log;
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().putAll(environment);
    process = builder.start();
    requests = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "answers");
    reader.setDaemon(true);
    reader.start();
    for (String line = next(); !line.equals("ready"); line = next()) {
      int cut = line.indexOf('=');
      settings.put(line.substring(0, cut), line.substring(cut + 1));
    }
  }

  /** What the peer says of itself. */
  Map<String, String> settings() {
    return settings;
  }

  boolean alive() {
    return process.isAlive();
  }

  private void read() {
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith(PeerProcess.MARK)) {
          answers.add(Optional.of(line.substring(PeerProcess.MARK.length())));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      answers.add(Optional.empty());
    }
  }

  /** Waits until the peer's threads have fallen asleep, a second at most. */
  void settle() throws InterruptedException {
    Optional<Duration> before = process.info().totalCpuDuration();
    for (int i = 0; i < SETTLE_TURNS; i++) {
      Thread.sleep(SETTLE_MILLIS);
      Optional<Duration> now = process.info().totalCpuDuration();
      if (before.isPresent()
          && now.isPresent()
          && now.get().minus(before.get()).toMillis() < SETTLE_MILLIS / 2) {
        return;
      }
      before = now;
    }
  }

  /** Sends a request; a refusal comes as {@link Unavailable}, like the end of the process. */
  String ask(String request) throws Unavailable, InterruptedException {
    try {
      requests.write(request);
      requests.newLine();
      requests.flush();
    } catch (IOException e) {
      throw ended();
    }
    String answer = next();
    if (answer.startsWith("no ")) {
      throw new Unavailable(answer.substring("no ".length()));
    }
    return answer;
  }

  private String next() throws Unavailable, InterruptedException {
    Optional<String> answer = answers.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
    if (answer == null) {
      process.destroyForcibly();
      throw new Unavailable("no answer within %d seconds".formatted(ANSWER_SECONDS));
    }
    return answer.orElseThrow(this::ended);
  }

  private Unavailable ended() {
    try {
      int code = process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
      String why =
          Files.readString(log, StandardCharsets.ISO_8859_1)
              .lines()
              .filter(line -> line.contains("Exception") || line.contains("Error"))
              .findFirst()
              .orElse("its log is " + log.getFileName());
      return new Unavailable("its process ended with exit code %d: %s".formatted(code, why));
    } catch (IOException e) {
      return new Unavailable("its process ended");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Unavailable("its process ended");
    }
  }

  @Override
  public void close() {
    try {
      requests.write("quit\n");
      requests.flush();
      if (process.waitFor(5, TimeUnit.SECONDS)) {
        return;
      }
    } catch (IOException e) {
      // It has ended already.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
