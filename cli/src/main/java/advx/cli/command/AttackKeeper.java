package advx.cli.command;

import advx.attacks.RunKeeper;
import advx.cli.console.Console;
import advx.cli.report.Numbers;
import advx.engine.InputException;
import advx.nn.io.AtomicFile;
import advx.nn.io.SealedFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Keeps a long attack in a folder beside the model, which goes when the attack is done, and shows
 * how far it is: on a terminal a live line, else a line now and then.
 *
 * <p>Work is kept at most every two seconds, and takes at most a fiftieth of the time. Where
 * nothing can be written, the attack goes on all the same.
 */
final class AttackKeeper implements RunKeeper {
  private static final long LIVE_NANOS = 200_000_000L;
  private static final long LINE_NANOS = 10_000_000_000L;
  private static final long KEPT_NANOS = 2_000_000_000L;

  /** The share that has to be done before anything can be said of the rest. */
  private static final double TELLING = 0.01;

  /** How many times as long as a writing took nothing is written. */
  private static final int PAUSE = 50;

  private final Path folder;
  private final Console console;
  private final String what;
  private final long started = System.nanoTime();
  private long shown = started;
  private long nextKept = started + KEPT_NANOS;
  private double first = Double.NaN;
  private boolean resumed;
  private boolean refused;

  /**
   * For one run.
   *
   * @param what is going on, in a few words
   */
  AttackKeeper(Path folder, Console console, String what) {
    this.folder = folder;
    this.console = console;
    this.what = what;
    if (Files.isDirectory(folder)) {
      AtomicFile.sweep(folder);
    }
  }

  /** What is said when the run is interrupted. */
  String farewell() {
    return Files.isDirectory(folder)
        ? "Interrupted. The same command goes on from " + folder + "."
        : "Interrupted before anything was kept. The same command starts anew.";
  }

  @Override
  public byte[] read(String name) {
    byte[] kept = SealedFile.read(folder.resolve(name));
    if (kept != null && !resumed) {
      resumed = true;
      console.progress("  going on from " + folder);
    }
    return kept;
  }

  @Override
  public void write(String name, byte[] bytes) {
    if (refused) {
      return;
    }
    long before = System.nanoTime();
    try {
      SealedFile.write(folder.resolve(name), bytes);
    } catch (InputException e) {
      refused = true;
      console.progress(
          "  nothing is kept, and an interrupted attack starts anew: " + e.getMessage());
    }
    long after = System.nanoTime();
    nextKept = after + Math.max(KEPT_NANOS, PAUSE * (after - before));
  }

  @Override
  public boolean due() {
    return System.nanoTime() >= nextKept;
  }

  @Override
  public void progress(double share) {
    long now = System.nanoTime();
    first = Double.isNaN(first) ? share : first;
    if (now - shown >= (console.look().live() ? LIVE_NANOS : LINE_NANOS)) {
      shown = now;
      double done = share - first;
      String left =
          done < TELLING
              ? ""
              : ", %s left at most"
                  .formatted(Numbers.duration((now - started) / 1e9 * (1 - share) / done));
      String line = String.format(Locale.ROOT, "  %s: %.1f %%%s", what, 100 * share, left);
      if (console.look().live()) {
        console.live(line);
      } else {
        console.progress(line);
      }
    }
  }

  /** The attack is done: nothing of it is needed any more. */
  void done() {
    console.clear();
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      console.progress("  %s is of no use any more and can be removed".formatted(folder));
    }
  }
}
