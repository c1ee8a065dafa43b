package advx.cli.console;

import advx.nn.TrainingListener;
import java.io.PrintWriter;
import java.util.function.Supplier;

/**
 * The terminal, or the two pipes in its place. Results and progress never mix: the live line is
 * erased before anything else is written, and written again by whoever owns it.
 */
public final class Console {
  private static final String ERASE = "\r\033[K";

  private final PrintWriter out;
  private final PrintWriter err;
  private final Look look;
  private boolean lineShown;
  private boolean stopped;

  public Console(PrintWriter out, PrintWriter err, Look look) {
    this.out = out;
    this.err = err;
    this.look = look;
  }

  public Look look() {
    return look;
  }

  /** Writes text that ends with a line feed: a result. */
  public synchronized void result(String text) {
    if (!stopped) {
      clear();
      out.print(text);
      out.flush();
    }
  }

  /** Writes a line of results. */
  public void resultLine(String line) {
    result(line + "\n");
  }

  /** Writes a line of progress that stays; nothing if quiet. */
  public synchronized void progress(String line) {
    if (!stopped && !look.quiet()) {
      clear();
      err.print(line + "\n");
      err.flush();
    }
  }

  /** Shows this as the live line, cut to the terminal's width; nothing without a terminal. */
  public synchronized void live(String line) {
    if (!stopped && look.live()) {
      int room = look.columns() - 1;
      boolean fits = line.codePointCount(0, line.length()) <= room;
      err.print(ERASE + (fits ? line : line.substring(0, line.offsetByCodePoints(0, room))));
      err.flush();
      lineShown = true;
    }
  }

  /** Erases the live line. */
  public synchronized void clear() {
    if (lineShown) {
      err.print(ERASE);
      err.flush();
      lineShown = false;
    }
  }

  /** What shows how a training run of this name goes on. */
  public TrainingListener training(String name) {
    return look.quiet() ? TrainingListener.NONE : new TrainingProgress(this, name);
  }

  /**
   * Does the work. Ctrl-C in the middle (or any other orderly end from outside) erases the live
   * line and says the farewell; whatever the interrupted work still writes is dropped.
   */
  public void interruptible(Supplier<String> farewell, Runnable work) {
    Thread hook = new Thread(() -> stop(farewell.get()), "advx-farewell");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      work.run();
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The end has begun: the hook is running, and says what there is to say.
        stop();
      }
    }
  }

  private synchronized void stop() {
    stopped = true;
  }

  private synchronized void stop(String farewell) {
    if (look.live()) {
      err.print(ERASE); // also over the ^C that the terminal wrote
    }
    err.print(farewell + "\n");
    err.flush();
    stop();
  }
}
