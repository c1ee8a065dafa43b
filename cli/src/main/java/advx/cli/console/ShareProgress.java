package advx.cli.console;

import java.util.function.LongSupplier;

/**
 * Shows what share of some work is done and about how long the rest takes: on a terminal a live
 * line, else now and then a line.
 *
 * <pre>
 * analysing  62 %  0:12 left
 * </pre>
 */
public final class ShareProgress {
  private static final long LIVE_NANOS = 100_000_000L;
  private static final long LINE_NANOS = 5_000_000_000L;

  /** Before that, the virtual machine is still compiling, and an estimate would be far too long. */
  private static final long WARM_NANOS = 2_000_000_000L;

  private final Console console;
  private final String name;
  private final LongSupplier clock;
  private final long started;
  private long shown;
  private long warm;
  private double shareWarm;

  public ShareProgress(Console console, String name) {
    this(console, name, System::nanoTime);
  }

  /** {@code clock} counts nanoseconds. */
  ShareProgress(Console console, String name, LongSupplier clock) {
    this.console = console;
    this.name = name;
    this.clock = clock;
    this.started = clock.getAsLong();
    this.shown = started;
  }

  /** So much is done, 0 to 1. */
  public void reached(double share) {
    long now = clock.getAsLong();
    if (warm == 0 && now - started >= WARM_NANOS) {
      warm = now;
      shareWarm = share;
    }
    boolean live = console.look().live();
    if (share >= 1 || now - shown < (live ? LIVE_NANOS : LINE_NANOS)) {
      return;
    }
    shown = now;
    String text = "%s  %3d %%%s".formatted(name, (int) (100 * share), left(share, now));
    if (live) {
      console.live(text);
    } else {
      console.progress(text);
    }
  }

  /** From the speed since the virtual machine was warm. */
  private String left(double share, long now) {
    if (warm == 0 || !(share > shareWarm)) {
      return "";
    }
    double seconds = (now - warm) / 1e9 * (1 - share) / (share - shareWarm);
    return "  " + TrainingProgress.duration(Math.round(seconds)) + " left";
  }
}
