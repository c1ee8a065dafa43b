package advx.peers.work;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The program of a peer's process: reads a request a line, answers each with one line that begins
 * with {@link #MARK}, since native libraries print where they like.
 *
 * <pre>
 *  at the start                     | name=value (any number), ready
 *  limit peak                       | 230.1
 *  check sgemm/nn/256x256x256       | 0.25 −1.5 … (the result), or: no reason
 *  open sgemm/nn/256x256x256        | ok, or: no reason
 *  run 0.25                         | calls seconds (of all calls together)
 *  close                            | ok
 *  quit
 * </pre>
 */
public final class PeerProcess {
  /** Begins every answer. */
  public static final String MARK = "@peer ";

  /** The clock is read once in about this time: reading it after every call would be measured. */
  private static final double STRIDE_SECONDS = 0.001;

  private final Peer peer;
  private final PrintStream out;
  private Work work;
  private int stride = 1;

  private PeerProcess(Peer peer, PrintStream out) {
    this.peer = peer;
    this.out = out;
  }

  /** Arguments: the peer's class, its variant, the number of threads, the file of digits. */
  public static void main(String[] args) throws Exception {
    PrintStream out = System.out;
    System.setOut(System.err);
    Setup setup = new Setup(args[1], Integer.parseInt(args[2]), Path.of(args[3]));
    try (Peer peer = make(args[0], setup)) {
      new PeerProcess(peer, out).serve();
    }
    // A native library may keep threads of its own that no one ends.
    Runtime.getRuntime().halt(0);
  }

  private static Peer make(String name, Setup setup) throws Exception {
    try {
      return Class.forName(name)
          .asSubclass(Peer.class)
          .getDeclaredConstructor(Setup.class)
          .newInstance(setup);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private void serve() throws Exception {
    peer.describe().forEach((name, value) -> answer(name + "=" + value));
    answer("ready");
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("quit")) {
        return;
      }
      answer(reply(words));
    }
  }

  private void answer(String text) {
    out.println(MARK + text.replace('\n', ' '));
    out.flush();
  }

  private String reply(String[] words) {
    try {
      return switch (words[0]) {
        case "limit" -> Double.toString(peer.limit(words[1]));
        case "check" -> check(Subject.parse(words[1]));
        case "open" -> {
          work = peer.work(Subject.parse(words[1]));
          stride = 1;
          yield "ok";
        }
        case "run" -> run(Double.parseDouble(words[1]));
        case "close" -> {
          if (work != null) {
            work.close();
            work = null;
          }
          yield "ok";
        }
        default -> "no such request: " + words[0];
      };
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      e.printStackTrace();
      return "no "
          + (e instanceof UnsupportedOperationException ? "" : e.getClass().getSimpleName() + ": ")
          + e.getMessage();
    }
  }

  private String check(Subject subject) {
    try (Work checked = peer.work(subject.checked())) {
      for (int i = 0; i < subject.checkedCalls(); i++) {
        checked.call();
      }
      StringBuilder text = new StringBuilder();
      for (float x : checked.result()) {
        text.append(x).append(' ');
      }
      return text.toString().trim();
    }
  }

  private String run(double seconds) {
    long begin = System.nanoTime();
    long calls = 0;
    double taken;
    do {
      for (int i = 0; i < stride; i++) {
        work.call();
      }
      calls += stride;
      taken = (System.nanoTime() - begin) * 1e-9;
    } while (taken < seconds);
    stride = (int) Math.clamp(STRIDE_SECONDS * calls / taken, 1, 10_000);
    return calls + " " + taken;
  }
}
